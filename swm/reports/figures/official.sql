-- 名称: 行政检查
-- 单位: 家次
-- 口径: 流量
-- 定义: 本期内由有职权的机关作行政检查、记入台账的家次（计入巡查家次，另行列明）
SELECT o.id, f.name, f.village, o.category, o.state, o.on_day, NULL AS deadline, o.number,
       o.kind || '，' || o.result AS note, 0 AS people, o.opening
FROM (
  SELECT id, trip, MIN(on_day) AS on_day, MIN(number) AS number, MIN(kind) AS kind,
         MAX(result) AS result, MAX(COALESCE(category, '待定')) AS category,
         MAX(state) AS state, MAX(opening) AS opening
  FROM outing
  WHERE official = 1
  GROUP BY id, trip
  ) o
JOIN place f ON f.id = o.id
ORDER BY o.on_day, f.serial, o.id, o.trip
