-- 名称: 典型案例曝光
-- 单位: 件
-- 口径: 流量
-- 定义: 本期内作为典型案例曝光的企业，曝光一次计一件
SELECT f.id, f.name, f.village, '' AS category, h.kind AS state, h.counted_day AS on_day, NULL AS deadline,
       NULL AS number, h.id || ' ' || h.title AS note, 0 AS people, 0 AS opening
FROM held h
JOIN exposure x ON x.activity = h.id
JOIN place f ON f.id = x.enterprise
ORDER BY h.counted_day, h.serial, h.id, f.serial, f.id
