-- 名称: 举报涉及企业
-- 单位: 家
-- 口径: 流量
-- 定义: 举报收到中所涉及的企业，每家计一次
SELECT p.id, MIN(p.name) AS name, MIN(p.village) AS village, '' AS category, '' AS state,
       MAX(g.on_day) AS on_day, NULL AS deadline, NULL AS number,
       CAST(COUNT(*) AS VARCHAR(9)) || '件' AS note, 0 AS people, 0 AS opening
FROM grievance g
JOIN complaint_about a ON a.id = g.id
JOIN place p ON p.id = a.enterprise
WHERE g.on_day >= :start
GROUP BY p.id
ORDER BY MAX(g.on_day), p.id
