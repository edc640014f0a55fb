-- 名称: 违法生产·通知派出所
-- 单位: 家次
-- 口径: 流量
-- 定义: 违法生产中已记有通知派出所时间的家次
SELECT o.id, MIN(o.name) AS name, MIN(o.village) AS village, MAX(o.category) AS category, MAX(o.state) AS state,
       MIN(o.on_day) AS on_day, NULL AS deadline, MIN(o.number) AS number,
       MIN(o.kind) || '，' || MAX(o.result) AS note, 0 AS people, MAX(o.opening) AS opening
FROM outing o
WHERE o.unlawful = 1
GROUP BY o.trip, o.id
HAVING MAX(o.police_at) IS NOT NULL
ORDER BY MIN(o.on_day), MIN(o.serial), o.id, o.trip
