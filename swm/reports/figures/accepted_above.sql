-- 名称: 上级直接销号
-- 单位: 件
-- 口径: 流量
-- 定义: 本期内未经镇里验收、凭区级文书直接销号的
SELECT a.id, f.name, f.village, COALESCE(a.after_category, '待定') AS category, a.after_state AS state,
       a.on_day, a.after_deadline AS deadline, a.number, COALESCE(a.paper_number, '') AS note, 0 AS people, a.opening
FROM act a
JOIN place f ON f.id = a.id
WHERE a.action = '上级直接销号' AND a.was_delisted = 0 AND a.now_delisted = 1 AND a.on_day >= :start AND a.on_day <= :end
ORDER BY a.on_day, f.serial, a.id, a.seq
