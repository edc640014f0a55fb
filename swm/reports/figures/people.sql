-- 名称: 巡查人次
-- 单位: 人次
-- 口径: 流量
-- 计数: 人数
-- 定义: 本期内各次巡查（日常、夜查、核查、复查、回头看、验收、村级排查）到场的人数之和，带班领导在内；同一次只计一遍
SELECT t.id,
       COALESCE(t.title, (SELECT e.name FROM enterprise e WHERE e.id = t.id)) AS name,
       COALESCE((SELECT v.counted_as FROM village v
                 WHERE v.name = t.home AND v.since <= :end AND :end <= v.until), t.home) AS village,
       '' AS category, '' AS state, t.on_day, NULL AS deadline, NULL AS number,
       t.kind || '，' || CASE WHEN t.firms > 0 THEN CAST(t.firms AS VARCHAR(9)) || '家'
                             ELSE CAST(t.spots AS VARCHAR(9)) || '处' END AS note,
       t.people, 0 AS opening
FROM trip t
ORDER BY t.on_day, t.id, t.trip
