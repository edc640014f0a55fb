-- 名称: 成组巡查
-- 单位: 次
-- 口径: 流量
-- 定义: 本期内一次走几处、登记为一次巡查的（有巡查编号），企业、厂房、点位都算；是巡查次数的一部分
SELECT p.id, p.title AS name,
       p.village AS village,
       '' AS category, '' AS state, p.on_day, NULL AS deadline, NULL AS number,
       p.kind || '，' || CAST(p.firms AS VARCHAR(9)) || '家' AS note, p.people, 0 AS opening
FROM patrol p
WHERE p.on_day >= :start AND p.on_day <= :end
ORDER BY p.on_day, p.serial, p.id
