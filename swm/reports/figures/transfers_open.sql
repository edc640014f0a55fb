-- 名称: 移送未反馈
-- 单位: 件
-- 口径: 存量
-- 定义: 期末已经移送、对方尚未反馈的事项
SELECT t.id, f.name, f.village, '' AS category, '' AS state, t.on_day, NULL AS deadline, t.number,
       t.to_agency || '：' || t.matter AS note, 0 AS people, 0 AS opening
FROM transfer t
JOIN place f ON f.id = t.id
WHERE t.on_day <= :end AND (t.answered_on IS NULL OR t.answered_on > :end)
ORDER BY t.on_day, f.serial, t.id, t.number
