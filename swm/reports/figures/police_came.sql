-- 名称: 违法生产·派出所到场
-- 单位: 家次
-- 口径: 流量
-- 定义: 违法生产中已记有派出所到场时间的家次
SELECT o.id, f.name, f.village, o.category, o.state, o.on_day, NULL AS deadline, o.number,
       o.kind || '，' || o.result AS note, 0 AS people, o.opening
FROM (
  SELECT id, trip, MIN(on_day) AS on_day, MIN(number) AS number, MIN(kind) AS kind,
         MAX(result) AS result, MAX(COALESCE(category, '待定')) AS category,
         MAX(state) AS state, MAX(opening) AS opening
  FROM outing
  WHERE unlawful = 1
  GROUP BY id, trip
  HAVING MAX(police_came) IS NOT NULL) o
JOIN place f ON f.id = o.id
ORDER BY o.on_day, f.serial, o.id, o.trip
