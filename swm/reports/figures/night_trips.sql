-- 名称: 夜查次数
-- 单位: 次
-- 口径: 流量
-- 定义: 本期内的夜查；一次巡查（巡查编号）为一次，单独登记的按同一天、同一方式、相同人员归为一次
SELECT MIN(o.id) AS id, MIN(f.name) AS name,
       CASE WHEN MIN(f.village) = MAX(f.village) THEN MIN(f.village) ELSE '' END AS village,
       '' AS category, '' AS state, MIN(o.on_day) AS on_day, NULL AS deadline, NULL AS number,
       MIN(o.kind) || '，' || CAST(COUNT(DISTINCT o.id) AS VARCHAR(9)) || '家' AS note,
       MAX(o.people) AS people, 0 AS opening
FROM outing o
JOIN place f ON f.id = o.id
WHERE o.kind = '夜查'
GROUP BY o.trip
ORDER BY MIN(o.on_day), MIN(f.serial), o.trip
