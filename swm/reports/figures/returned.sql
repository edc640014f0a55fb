-- 名称: 区验收退回
-- 单位: 件
-- 口径: 流量
-- 定义: 本期内区里验收未通过、退回的
SELECT a.id, f.name, f.village, COALESCE(a.after_category, '待定') AS category, a.after_state AS state,
       a.on_day, a.after_deadline AS deadline, a.number, COALESCE(a.reason, '') AS note, 0 AS people, a.opening
FROM act a
JOIN place f ON f.id = a.id
WHERE a.action = '区验收退回' AND a.on_day >= :start AND a.on_day <= :end
ORDER BY a.on_day, f.serial, a.id, a.seq
