-- 名称: 村级上报
-- 单位: 家
-- 口径: 流量
-- 定义: 本期内由村主动上报（来源为村级上报）登记的企业
SELECT e.id, e.name, COALESCE(v.counted_as, e.village) AS village, '' AS category, e.state, s.on_day, NULL AS deadline, s.number,
       '村级上报' AS note, 0 AS people, 0 AS opening
FROM step s
JOIN enterprise e ON e.id = s.id AND e.source = '村级上报'
LEFT JOIN village v ON v.name = e.village AND v.since <= :end AND :end <= v.until
WHERE s.type = '登记' AND s.on_day >= :start AND s.on_day <= :end
ORDER BY s.on_day, e.serial, e.id
