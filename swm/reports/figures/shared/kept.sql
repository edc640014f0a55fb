-- The month since which the ledger is kept, and that of its last entry: one row. A month is a number
-- here and in other sets: twelve times its year, and its place in it from 0.
SELECT CAST(substr(f.day, 1, 4) AS INTEGER) * 12 + CAST(substr(f.day, 6, 2) AS INTEGER) - 1
         + CASE WHEN CAST(substr(f.day, 9, 2) AS INTEGER) > :cutoff THEN 1 ELSE 0 END AS first_month,
       CAST(substr(l.day, 1, 4) AS INTEGER) * 12 + CAST(substr(l.day, 6, 2) AS INTEGER) - 1
         + CASE WHEN CAST(substr(l.day, 9, 2) AS INTEGER) > :cutoff THEN 1 ELSE 0 END AS last_month
FROM (SELECT MIN(day) AS day
      FROM (SELECT MIN(on_day) AS day FROM step WHERE type IN ('登记', '期初')
            UNION ALL
            SELECT opening_date FROM base) b) f
CROSS JOIN (SELECT MAX(day) AS day
            FROM (SELECT MAX(entered_day) AS day FROM step
                  UNION ALL
                  SELECT MAX(entered_day) FROM activity) e) l
