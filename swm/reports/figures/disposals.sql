-- 名称: 处置
-- 单位: 件
-- 口径: 流量
-- 定义: 本期内对现场发现的违法生产作出的处置
SELECT d.id, f.name, f.village, '' AS category, '' AS state, d.on_day, d.deadline, d.number,
       CASE WHEN d.of_number IS NULL THEN '' ELSE '第' || CAST(d.of_number AS VARCHAR(9)) || '条发现的违法生产' END AS note, 0 AS people, 0 AS opening
FROM disposal d
JOIN place f ON f.id = d.id
WHERE d.on_day >= :start AND d.on_day <= :end
ORDER BY d.on_day, f.serial, d.id, d.number
