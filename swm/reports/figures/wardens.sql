-- 名称: 已明确网格员
-- 单位: 家
-- 口径: 存量
-- 定义: 期末在底数内，有网格员包保的企业
SELECT s.id, s.name, s.village, s.category, s.state, s.listed_on AS on_day, s.deadline, s.number,
       '' AS note, 0 AS people, s.opening
FROM stock s
WHERE s.id IN (SELECT a.id FROM assignment a
               WHERE a.role = '网格员' AND a.since <= :end AND :end <= a.until)
ORDER BY s.serial, s.id
