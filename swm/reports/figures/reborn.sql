-- 名称: 原址再生
-- 单位: 家
-- 口径: 流量
-- 定义: 本月新增中，所在厂房（或同村同一地址）此前有另一经营者的企业已经销号的
SELECT f.id, f.name, f.village, f.category, f.state, f.entered_on AS on_day, f.deadline,
       f.entry_number AS number, COALESCE(f.source, '') AS note, 0 AS people, 0 AS opening
FROM fresh f
WHERE EXISTS (
  SELECT 1
  FROM enterprise o
  JOIN place p ON p.id = o.id
  JOIN standing t ON t.id = o.id AND t.is_delisted = 1 AND t.on_day <= f.entered_on
  WHERE o.id <> f.id
    AND (o.premises = f.premises OR (p.village = f.village AND o.address = f.address))
    AND o.operator <> f.operator)
ORDER BY f.serial, f.id
