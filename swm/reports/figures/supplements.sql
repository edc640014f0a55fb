-- 名称: 补录
-- 单位: 条
-- 口径: 流量
-- 归期: 录入
-- 定义: 本期内录入、事情发生在本期以前的企业记录（期初、更正、撤销不在内）
SELECT s.id, f.name, f.village, COALESCE(s.after_category, '待定') AS category,
       s.after_state AS state, s.on_day, s.after_deadline AS deadline, s.number,
       s.label || '，' || s.entered_day || '录入' AS note, 0 AS people, s.opening
FROM step s
JOIN place f ON f.id = s.id
WHERE s.entered_day > s.on_day AND s.entered_day >= :start AND s.entered_day <= :end AND s.on_day < :start AND s.type <> '期初'
ORDER BY s.on_day, f.serial, s.id, s.seq
