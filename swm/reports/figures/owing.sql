-- 名称: 应签
-- 单位: 处
-- 口径: 存量
-- 定义: 期末出租、转租或空置待租，应当签订保证书的厂房
SELECT y.id, y.address AS name, y.village, '' AS category, y.use AS state,
       y.registered AS on_day, NULL AS deadline, NULL AS number, '' AS note, 0 AS people,
       0 AS opening
FROM owing y
ORDER BY y.serial, y.id
