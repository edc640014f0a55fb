-- 名称: 原址再生
-- 单位: 家
-- 口径: 流量
-- 定义: 本月新增中，所在厂房（或同村同一地址）此前有另一经营者的企业已经销号的，以及登记时写明原址再生的
SELECT f.id, f.name, f.village, f.category, f.state, f.entered_on AS on_day, f.deadline,
       f.entry_number AS number, COALESCE(f.source, '') AS note, 0 AS people, 0 AS opening
FROM fresh f
WHERE f.id IN (SELECT k.id FROM link k WHERE k.kind = '原址再生')
  OR EXISTS (SELECT 1 FROM enterprise c
             WHERE c.premises = f.premises AND c.operator <> f.operator
               AND c.cleared_on <= f.entered_on)
  OR EXISTS (SELECT 1 FROM enterprise c
             LEFT JOIN village v ON v.name = c.village AND v.since <= :end AND :end <= v.until
             WHERE c.address = f.address AND COALESCE(v.counted_as, c.village) = f.village
               AND c.operator <> f.operator AND c.cleared_on <= f.entered_on)
ORDER BY f.serial, f.id
