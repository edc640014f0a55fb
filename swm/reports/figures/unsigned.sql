-- 名称: 应签未签
-- 单位: 处
-- 口径: 存量
-- 定义: 应签的厂房中期末没有有效保证书的
SELECT y.id, y.address AS name, y.village, '' AS category, y.use AS state,
       y.registered AS on_day, NULL AS deadline, NULL AS number, '' AS note, 0 AS people,
       0 AS opening
FROM owing y
WHERE NOT EXISTS (SELECT 1 FROM valid l WHERE l.premises = y.id)
ORDER BY y.serial, y.id
