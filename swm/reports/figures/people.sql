-- 名称: 巡查人次
-- 单位: 人次
-- 口径: 流量
-- 计数: 人数
-- 定义: 本期内各次巡查（日常、夜查、核查、复查、回头看、验收、村级排查）到场的人数之和，带班领导在内；同一次只计一遍
SELECT MIN(o.id) AS id, MIN(f.name) AS name,
       CASE WHEN MIN(f.village) = MAX(f.village) THEN MIN(f.village) ELSE '' END AS village,
       '' AS category, '' AS state, MIN(o.on_day) AS on_day, NULL AS deadline, NULL AS number,
       MIN(o.kind) || '，' || CAST(COUNT(DISTINCT o.id) AS VARCHAR(9)) || '家' AS note,
       MAX(o.people) AS people, 0 AS opening
FROM outing o
JOIN place f ON f.id = o.id
GROUP BY o.trip
ORDER BY MIN(o.on_day), MIN(f.serial), o.trip
