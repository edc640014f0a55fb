-- 名称: 待核查
-- 单位: 家
-- 口径: 存量
-- 定义: 期末有线索、尚未核查的企业，不在底数内
SELECT id, name, village, category, state, since_day AS on_day, deadline, number,
       '' AS note, 0 AS people, opening
FROM stand
WHERE state = '待核查'
ORDER BY serial, id
