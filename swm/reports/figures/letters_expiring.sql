-- 名称: 30日内到期
-- 单位: 份
-- 口径: 存量
-- 定义: 有效的保证书中，期末当日至其后30日内到期、所保厂房没有到期更晚的有效保证书的
SELECT l.number AS id, MIN(l.address) AS name, MIN(l.village) AS village, '' AS category,
       MIN(l.kind) AS state, MIN(l.on_day) AS on_day,
       CASE WHEN MIN(l.until_day) = '9999-12-31' THEN NULL ELSE MIN(l.until_day) END AS deadline,
       NULL AS number, CAST(COUNT(DISTINCT l.premises) AS VARCHAR(9)) || '处厂房' AS note,
       0 AS people, 0 AS opening
FROM valid l
WHERE l.until_day <= :days_on_30
  AND NOT EXISTS (SELECT 1 FROM valid n WHERE n.premises = l.premises AND n.until_day > l.until_day)
GROUP BY l.number
ORDER BY l.number
