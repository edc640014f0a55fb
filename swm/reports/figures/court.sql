-- 名称: 申请法院
-- 单位: 件
-- 口径: 流量
-- 定义: 本期内申请人民法院强制执行的案件
SELECT a.id, f.name, f.village, COALESCE(a.after_category, '待定') AS category, a.after_state AS state,
       a.on_day, a.after_deadline AS deadline, a.number, COALESCE(a.paper_number, '') AS note, 0 AS people, a.opening
FROM act a
JOIN place f ON f.id = a.id
WHERE a.action = '联合执法' AND a.nature = '申请法院强制执行' AND a.on_day >= :start AND a.on_day <= :end
ORDER BY a.on_day, f.serial, a.id, a.seq
