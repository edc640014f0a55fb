-- 名称: 处置超期
-- 单位: 件
-- 口径: 存量
-- 定义: 期末已过期限、没有完成记录的处置；期限当日不算超期
SELECT d.id, f.name, f.village, '' AS category, '' AS state, d.on_day, d.deadline, d.number,
       CASE WHEN d.of_number IS NULL THEN '' ELSE '第' || CAST(d.of_number AS VARCHAR(9)) || '条发现的违法生产' END AS note, 0 AS people, 0 AS opening
FROM disposal d
JOIN place f ON f.id = d.id
WHERE d.on_day <= :end AND d.deadline < :end AND (d.done_on IS NULL OR d.done_on > :end)
ORDER BY d.deadline, f.serial, d.id, d.number
