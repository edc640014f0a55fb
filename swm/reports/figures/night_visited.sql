-- 名称: 夜查家次
-- 单位: 家次
-- 口径: 流量
-- 定义: 本期内各次夜查所到的企业，同一次到同一家的计一家次
SELECT o.id, (SELECT f.name FROM place f WHERE f.id = o.id) AS name,
       (SELECT f.village FROM place f WHERE f.id = o.id) AS village,
       COALESCE(o.category, '待定') AS category, o.state, o.on_day, NULL AS deadline, o.number,
       o.kind || '，' || o.result AS note, 0 AS people, o.opening
FROM call o
WHERE o.kind = '夜查'
ORDER BY o.on_day, LENGTH(o.id), o.id, o.trip
