-- 名称: 下月到期
-- 单位: 家
-- 口径: 存量
-- 定义: 期末未销号、文书已送达、期限在期末当日至下月末之间的企业
SELECT id, name, village, category, state, since_day AS on_day, deadline, number,
       '' AS note, 0 AS people, opening
FROM unfinished
WHERE awaiting IS NULL AND deadline >= :end AND deadline <= :next_end
ORDER BY serial, id
