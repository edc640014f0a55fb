-- 名称: 空置
-- 单位: 处
-- 口径: 存量
-- 定义: 期末用途为空置待租的厂房
SELECT y.id, y.address AS name, y.village, '' AS category, y.use AS state,
       y.registered AS on_day, NULL AS deadline, NULL AS number, '' AS note, 0 AS people,
       0 AS opening
FROM yard y
WHERE y.use = '空置待租'
ORDER BY y.serial, y.id
