-- Which village, as counted on :end, said anything in which month: by 零报告, 登记 or 村级排查.
SELECT DISTINCT d.home,
       CAST(substr(d.day, 1, 4) AS INTEGER) * 12 + CAST(substr(d.day, 6, 2) AS INTEGER) - 1
         + CASE WHEN CAST(substr(d.day, 9, 2) AS INTEGER) > :cutoff THEN 1 ELSE 0 END AS month
FROM (
  SELECT h.home, h.counted_day AS day FROM held h WHERE h.kind = '零报告'
  UNION
  SELECT COALESCE(w.counted_as, e.village), s.on_day
  FROM step s
  JOIN enterprise e ON e.id = s.id
  LEFT JOIN village w ON w.name = e.village AND w.since <= :end AND :end <= w.until
  WHERE s.type = '登记' AND s.on_day >= :start AND s.on_day <= :end
  UNION
  SELECT COALESCE(w.counted_as, e.village), x.on_day
  FROM visit x
  JOIN enterprise e ON e.id = x.id
  LEFT JOIN village w ON w.name = e.village AND w.since <= :end AND :end <= w.until
  WHERE x.kind = '村级排查' AND x.on_day >= :start AND x.on_day <= :end) d
