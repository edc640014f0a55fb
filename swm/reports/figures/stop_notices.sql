-- 名称: 停租告知
-- 单位: 家
-- 口径: 流量
-- 定义: 本期内已告知房东停止出租的“散乱污”企业
SELECT c.tenant AS id, f.name, y.village, '' AS category, '停租告知' AS state, c.noticed_on AS on_day,
       NULL AS deadline, NULL AS number, '厂房' || y.id AS note, 0 AS people, 0 AS opening
FROM (
  SELECT x.*, ROW_NUMBER() OVER (PARTITION BY x.tenant ORDER BY x.noticed_on DESC, x.premises) AS place
  FROM clearing x
  WHERE x.noticed_on >= :start AND x.noticed_on <= :end) c
JOIN yard y ON y.id = c.premises
JOIN place f ON f.id = c.tenant
WHERE c.place = 1
ORDER BY y.serial, c.tenant
