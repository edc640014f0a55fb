-- 名称: 准入·准入
-- 单位: 件
-- 口径: 流量
-- 定义: 本期内审查的申请中，期末的结论为准入的
SELECT a.id, a.name, a.village, a.kind AS category, a.decision AS state, a.on_day,
       NULL AS deadline, a.number, a.reasons AS note, 0 AS people, 0 AS opening
FROM review a
WHERE a.decision = '准入'
ORDER BY a.on_day, a.serial, a.id
