-- 名称: 空置
-- 单位: 处
-- 口径: 存量
-- 定义: 期末用途为空置待租、没有承租人的厂房
SELECT y.id, y.address AS name, y.village, '' AS category, y.use AS state,
       y.registered AS on_day, NULL AS deadline, NULL AS number, '' AS note, 0 AS people,
       0 AS opening
FROM yard y
WHERE y.use = '空置待租'
  AND NOT EXISTS (SELECT 1 FROM tenant t
                  WHERE t.premises = y.id AND t.since <= :end AND :end <= t.until)
ORDER BY y.serial, y.id
