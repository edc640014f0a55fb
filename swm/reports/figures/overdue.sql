-- 名称: 超期
-- 单位: 家
-- 口径: 存量
-- 定义: 期末未销号、文书已送达、期限早于期末当日的企业；期限当日不算超期
SELECT id, name, village, category, state, since_day AS on_day, deadline, number,
       '' AS note, 0 AS people, opening
FROM unfinished
WHERE awaiting IS NULL AND deadline < :end
ORDER BY serial, id
