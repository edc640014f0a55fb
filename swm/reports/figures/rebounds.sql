-- 名称: 反弹
-- 单位: 家
-- 口径: 流量
-- 定义: 本期内到已销号企业巡查（各种方式），发现恢复生产、设备回迁、恢复供电，或（已整改的）老问题反弹的企业
SELECT o.id, f.name, f.village, COALESCE(o.category, '待定') AS category, o.state, o.on_day,
       NULL AS deadline, o.number, o.kind || '，' || o.result AS note, 0 AS people, o.opening
FROM (
  SELECT x.*, ROW_NUMBER() OVER (PARTITION BY x.id ORDER BY x.on_day DESC, x.number DESC) AS place
  FROM outing x
  WHERE x.rebound = 1
) o
JOIN place f ON f.id = o.id
WHERE o.place = 1
ORDER BY f.serial, o.id
