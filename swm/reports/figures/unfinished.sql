-- 名称: 未销号
-- 单位: 家
-- 口径: 存量
-- 定义: 期末在底数内、尚未销号的企业
-- 分项: state open {}
SELECT id, name, village, category, state, listed_on AS on_day, deadline, number,
       CASE WHEN awaiting IS NULL THEN '' ELSE '待送达' END AS note, 0 AS people, opening
FROM unfinished
ORDER BY serial, id
