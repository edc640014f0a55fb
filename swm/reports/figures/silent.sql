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
  SELECT COALESCE(w.counted_as, e.village)
  FROM step s
  JOIN enterprise e ON e.id = s.id
  LEFT JOIN village w ON w.name = e.village AND w.since <= :end AND :end <= w.until
  WHERE s.type = '登记' AND s.on_day >= :start AND s.on_day <= :end
  UNION
  SELECT COALESCE(w.counted_as, e.village)
  FROM visit x
  JOIN enterprise e ON e.id = x.id
  LEFT JOIN village w ON w.name = e.village AND w.since <= :end AND :end <= w.until
  WHERE x.kind = '村级排查' AND x.on_day >= :start AND x.on_day <= :end)
ORDER BY v.name
