-- 名称: 清退
-- 单位: 家
-- 口径: 流量
-- 定义: 本期内从厂房清退的“散乱污”企业；一家清退几次的计一家
SELECT c.tenant AS id, f.name, y.village, '' AS category, '清退' AS state, c.cleared_on AS on_day,
       NULL AS deadline, NULL AS number, '厂房' || y.id AS note, 0 AS people, 0 AS opening
FROM (
  SELECT x.*, ROW_NUMBER() OVER (PARTITION BY x.tenant ORDER BY x.cleared_on DESC, x.premises) AS place
  FROM clearing x
  WHERE x.cleared_on >= :start AND x.cleared_on <= :end) c
JOIN yard y ON y.id = c.premises
JOIN place f ON f.id = c.tenant
WHERE c.place = 1
ORDER BY y.serial, c.tenant
