-- 名称: 异地转移
-- 单位: 家
-- 口径: 流量
-- 定义: 本月新增中，同一经营者（姓名相同，双方都有电话的电话也相同）此前已在别处列入台账的
SELECT f.id, f.name, f.village, f.category, f.state, f.entered_on AS on_day, f.deadline,
       f.entry_number AS number, COALESCE(f.source, '') AS note, 0 AS people, 0 AS opening
FROM fresh f
WHERE EXISTS (
  SELECT 1
  FROM enterprise o
  JOIN stock t ON t.id = o.id
  WHERE o.id <> f.id AND o.operator = f.operator
    AND (o.phone = f.phone OR o.phone IS NULL OR f.phone IS NULL)
    AND (t.listed_on < f.entered_on OR (t.listed_on = f.entered_on AND o.serial < f.serial))
    AND COALESCE(o.premises, o.id) <> COALESCE(f.premises, f.id)
    AND NOT (t.village = f.village AND COALESCE(o.address, '') = COALESCE(f.address, '')))
ORDER BY f.serial, f.id
