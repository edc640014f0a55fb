-- 名称: 未报送
-- 单位: 家
-- 口径: 存量
-- 定义: 期末已经清退、还没有报送专项整治工作办公室的企业
SELECT c.tenant AS id, f.name, MIN(y.village) AS village, '' AS category, '未报送' AS state,
       MIN(c.cleared_on) AS on_day, NULL AS deadline, NULL AS number, '厂房' || MIN(y.id) AS note,
       0 AS people, 0 AS opening
FROM clearing c
JOIN yard y ON y.id = c.premises
JOIN place f ON f.id = c.tenant
WHERE c.cleared_on <= :end AND (c.reported_on IS NULL OR c.reported_on > :end)
GROUP BY c.tenant, f.name
ORDER BY c.tenant
