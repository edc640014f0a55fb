-- 名称: 二手房东
-- 单位: 处
-- 口径: 存量
-- 定义: 期末有二手房东转租的厂房
SELECT y.id, y.address AS name, y.village, '' AS category, y.use AS state,
       y.registered AS on_day, NULL AS deadline, NULL AS number, '' AS note, 0 AS people,
       0 AS opening
FROM yard y
WHERE y.id IN (SELECT o.premises FROM owner o
               WHERE o.kind = '二手房东' AND o.since <= :end AND :end <= o.until)
ORDER BY y.serial, y.id
