-- 名称: 准入审查
-- 单位: 件
-- 口径: 流量
-- 定义: 本期内审查的入驻、出租、接电、接水和执照申请
SELECT a.id, a.name, a.village, a.kind AS category, a.decision AS state, a.on_day,
       NULL AS deadline, a.number, a.reasons AS note, 0 AS people, 0 AS opening
FROM review a
ORDER BY a.on_day, a.serial, a.id
