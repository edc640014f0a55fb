-- 名称: 应报未报
-- 单位: 个村
-- 口径: 存量
-- 定义: 期末在册的村中，本期既没有零报告、也没有登记企业、也没有村级排查记录的村
SELECT v.name AS id, v.name, v.name AS village, '' AS category, '' AS state, NULL AS on_day,
       NULL AS deadline, NULL AS number, '没有零报告，也没有登记和排查' AS note, 0 AS people,
       0 AS opening
FROM (SELECT DISTINCT name FROM village
      WHERE name = counted_as AND since <= :end AND :end <= until) v
WHERE v.name NOT IN (
  SELECT h.home FROM held h WHERE h.kind = '零报告'
  UNION
  SELECT f.village FROM step s JOIN place f ON f.id = s.id
  WHERE s.type = '登记' AND s.on_day >= :start AND s.on_day <= :end
  UNION
  SELECT f.village FROM outing o JOIN place f ON f.id = o.id WHERE o.kind = '村级排查')
ORDER BY v.name
