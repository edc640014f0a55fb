-- 名称: 回头看逾期
-- 单位: 家
-- 口径: 存量
-- 定义: 期末已销号、有一次以上回头看的到期日早于期末当日而期末仍未补做的企业；到期当日不算逾期
SELECT s.id, s.name, s.village, s.category, s.state, o.due_on AS on_day,
       o.due_on AS deadline, s.number,
       CASE WHEN o.times > 1 THEN '未做' || CAST(o.times AS VARCHAR(9)) || '次' ELSE '未做1次' END
         AS note, 0 AS people, s.opening
FROM (
  SELECT id, MIN(due_on) AS due_on, COUNT(*) AS times
  FROM lookback
  WHERE due_on < :end AND (done_on IS NULL OR done_on > :end) AND left_on > :end
  GROUP BY id) o
JOIN stand s ON s.id = o.id
WHERE s.is_delisted = 1
ORDER BY s.serial, s.id
