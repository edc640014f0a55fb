-- 名称: 巡查家次
-- 单位: 家次
-- 口径: 流量
-- 定义: 本期内各次巡查（各种方式）所到的企业，同一次到同一家的计一家次
SELECT o.id, f.name, f.village, COALESCE(o.category, '待定') AS category, o.state, o.on_day,
       NULL AS deadline, o.number, o.kind || '，' || o.result AS note, 0 AS people, o.opening
FROM call o
JOIN place f ON f.id = o.id
ORDER BY o.on_day, f.serial, o.id, o.trip
