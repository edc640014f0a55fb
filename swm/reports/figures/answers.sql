-- 名称: 反馈
-- 单位: 件
-- 口径: 流量
-- 定义: 移送的事项中对方在本期内反馈的
SELECT t.id, f.name, f.village, '' AS category, '' AS state, t.answered_on AS on_day,
       NULL AS deadline, t.number, t.to_agency || '：' || t.matter AS note, 0 AS people, 0 AS opening
FROM transfer t
JOIN place f ON f.id = t.id
WHERE t.answered_on >= :start AND t.answered_on <= :end
ORDER BY t.answered_on, f.serial, t.id, t.number
