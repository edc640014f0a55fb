-- 名称: 应报未报
-- 单位: 村次
-- 口径: 存量
-- 定义: 期末在册的村，在本期已经过完的各月中，当月既没有零报告、也没有登记企业、也没有村级排查记录的；一村缺一个月为一村次
SELECT v.home AS id, v.home AS name, v.home AS village, '' AS category, '' AS state,
       NULL AS on_day, NULL AS deadline, NULL AS number,
       CASE WHEN :first_month = :last_month THEN ''
            ELSE CAST(o.month / 12 AS TEXT) || '年' || CAST(o.month % 12 + 1 AS TEXT) || '月'
       END || '没有零报告，也没有登记和排查' AS note, 0 AS people, 0 AS opening
FROM owed_month o
JOIN (
  SELECT w.counted_as AS home,
         MIN(CAST(substr(n.since, 1, 4) AS INTEGER) * 12 + CAST(substr(n.since, 6, 2) AS INTEGER) - 1
           + CASE WHEN CAST(substr(n.since, 9, 2) AS INTEGER) > :cutoff THEN 1 ELSE 0 END) AS month
  FROM village w
  JOIN village n ON n.name = w.name
  WHERE w.since <= :end AND :end <= w.until
  GROUP BY w.counted_as) v ON v.month <= o.month
WHERE NOT EXISTS (SELECT 1 FROM spoken s WHERE s.home = v.home AND s.month = o.month)
ORDER BY v.home, o.month
