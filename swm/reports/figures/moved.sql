-- 名称: 异地转移
-- 单位: 家
-- 口径: 流量
-- 定义: 本月新增中，同一经营者（姓名相同，双方都有电话的电话也相同）此前已在别处列入台账的，以及登记时写明异地转移的
SELECT f.id, f.name, f.village, f.category, f.state, f.entered_on AS on_day, f.deadline,
       f.entry_number AS number, COALESCE(f.source, '') AS note, 0 AS people, 0 AS opening
FROM fresh f
WHERE f.id IN (
  SELECT n.id FROM fresh n
  JOIN stock t ON t.operator = n.operator
  WHERE t.id <> n.id
    AND (t.phone = n.phone OR t.phone IS NULL OR n.phone IS NULL)
    AND (t.listed_on < n.entered_on OR (t.listed_on = n.entered_on AND t.serial < n.serial))
    AND COALESCE(t.premises, t.id) <> COALESCE(n.premises, n.id)
    AND NOT (t.village = n.village AND COALESCE(t.address, '') = COALESCE(n.address, ''))
  UNION
  SELECT k.id FROM link k WHERE k.kind = '异地转移')
ORDER BY f.serial, f.id
