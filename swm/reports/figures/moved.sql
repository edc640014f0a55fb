-- 名称: 异地转移
-- 单位: 家
-- 口径: 流量
-- 定义: 本月新增中，同一经营者（姓名相同，双方都有电话的电话也相同）此前已在别处列入台账的，以及登记时写明异地转移的
SELECT f.id, f.name, f.village, f.category, f.state, f.entered_on AS on_day, f.deadline,
       f.entry_number AS number, COALESCE(f.source, '') AS note, 0 AS people, 0 AS opening
FROM fresh f
WHERE f.id IN (SELECT k.id FROM link k WHERE k.kind = '异地转移')
  OR EXISTS (SELECT 1 FROM enterprise e
             JOIN stock t ON t.id = e.id
             WHERE e.operator = f.operator AND e.id <> f.id
               AND (e.phone = f.phone OR e.phone IS NULL OR f.phone IS NULL)
               AND (t.listed_on < f.entered_on
                    OR (t.listed_on = f.entered_on AND t.serial < f.serial))
               AND COALESCE(e.premises, e.id) <> COALESCE(f.premises, f.id)
               AND NOT (t.village = f.village
                        AND COALESCE(e.address, '') = COALESCE(f.address, '')))
ORDER BY f.serial, f.id
