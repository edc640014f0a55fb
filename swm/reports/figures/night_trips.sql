-- 名称: 夜查次数
-- 单位: 次
-- 口径: 流量
-- 定义: 本期内的夜查；一次巡查（巡查编号）为一次，单独登记的按同一天、同一方式、相同人员归为一次
SELECT t.id,
       COALESCE(t.title, (SELECT e.name FROM enterprise e WHERE e.id = t.id)) AS name,
       COALESCE((SELECT v.counted_as FROM village v
                 WHERE v.name = t.home AND v.since <= :end AND :end <= v.until), t.home) AS village,
       '' AS category, '' AS state, t.on_day, NULL AS deadline, NULL AS number,
       t.kind || '，' || CASE WHEN t.firms > 0 THEN CAST(t.firms AS VARCHAR(9)) || '家'
                             ELSE CAST(t.spots AS VARCHAR(9)) || '处' END AS note,
       t.people, 0 AS opening
FROM night_trip t
ORDER BY t.on_day, t.id, t.trip
