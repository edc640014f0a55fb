-- 名称: 排查总数
-- 单位: 家
-- 口径: 存量
-- 定义: 期末登记在册的企业，包括待核查和不予列入的，不包括已核减的
SELECT id, name, village, category, state, since_day AS on_day, deadline, number,
       '' AS note, 0 AS people, opening
FROM stand
WHERE state NOT IN ('', '已核减')
ORDER BY serial, id
