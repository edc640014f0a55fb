-- 名称: 原址再生
-- 单位: 家
-- 口径: 流量
-- 定义: 本月新增中，所在厂房（或同村同一地址）此前有另一经营者的企业已经销号的，以及登记时写明原址再生的
SELECT f.id, f.name, f.village, f.category, f.state, f.entered_on AS on_day, f.deadline,
       f.entry_number AS number, COALESCE(f.source, '') AS note, 0 AS people, 0 AS opening
FROM fresh f
WHERE f.id IN (
  SELECT n.id FROM fresh n
  JOIN cleared c ON c.premises = n.premises
  WHERE c.operator <> n.operator AND c.cleared_on <= n.entered_on
  UNION
  SELECT n.id FROM fresh n
  JOIN cleared c ON c.village = n.village AND c.address = n.address
  WHERE c.operator <> n.operator AND c.cleared_on <= n.entered_on
  UNION
  SELECT k.id FROM link k WHERE k.kind = '原址再生')
ORDER BY f.serial, f.id
