-- 名称: 本月延期
-- 单位: 家次
-- 口径: 流量
-- 定义: 本期内办理的延期
SELECT a.id, f.name, f.village, COALESCE(a.after_category, '待定') AS category,
       a.after_state AS state, a.on_day, a.after_deadline AS deadline, a.number,
       COALESCE(a.reason, '') AS note, 0 AS people, a.opening
FROM act a
JOIN place f ON f.id = a.id
WHERE a.action = '延期' AND a.on_day >= :start AND a.on_day <= :end
ORDER BY f.serial, a.id, a.seq
