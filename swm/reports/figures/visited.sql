-- 名称: 巡查家次
-- 单位: 家次
-- 口径: 流量
-- 定义: 本期内各次巡查（各种方式）所到的企业，同一次到同一家的计一家次
SELECT o.id, MIN(o.name) AS name, MIN(o.village) AS village, MAX(o.category) AS category, MAX(o.state) AS state,
       MIN(o.on_day) AS on_day, NULL AS deadline, MIN(o.number) AS number,
       MIN(o.kind) || '，' || MAX(o.result) AS note, 0 AS people, MAX(o.opening) AS opening
FROM outing o
GROUP BY o.trip, o.id
ORDER BY MIN(o.on_day), MIN(o.serial), o.id, o.trip
