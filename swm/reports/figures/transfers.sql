-- 名称: 移送
-- 单位: 件
-- 口径: 流量
-- 定义: 本期内移送其他机关的事项
SELECT t.id, f.name, f.village, '' AS category, '' AS state, t.on_day AS on_day,
       NULL AS deadline, t.number, t.to_agency || '：' || t.matter AS note, 0 AS people, 0 AS opening
FROM transfer t
JOIN place f ON f.id = t.id
WHERE t.on_day >= :start AND t.on_day <= :end
ORDER BY t.on_day, f.serial, t.id, t.number
