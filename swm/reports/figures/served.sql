-- 名称: 本月送达
-- 单位: 件
-- 口径: 流量
-- 定义: 镇里制发的文书在本期内送达的，公告的以期满视为送达之日为准
SELECT p.id, f.name, f.village, '' AS category, '' AS state, p.served_on AS on_day, NULL AS deadline,
       p.number, p.name || '，' || COALESCE(p.served_by, '') AS note, 0 AS people, 0 AS opening
FROM paper p
JOIN place f ON f.id = p.id
WHERE p.withdrawn = 0 AND p.of_act = 1 AND p.own = 1
  AND p.served_on >= :start AND p.served_on <= :end
ORDER BY p.served_on, f.serial, p.id, p.number
