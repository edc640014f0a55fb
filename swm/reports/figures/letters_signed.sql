-- 名称: 本月签订
-- 单位: 份
-- 口径: 流量
-- 定义: 本期内签订、期末没有作废的保证书
SELECT l.number AS id, MIN(l.address) AS name, MIN(l.village) AS village, '' AS category,
       MIN(l.kind) AS state, MIN(l.on_day) AS on_day,
       CASE WHEN MIN(l.until_day) = '9999-12-31' THEN NULL ELSE MIN(l.until_day) END AS deadline,
       NULL AS number, CAST(COUNT(DISTINCT l.premises) AS VARCHAR(9)) || '处厂房' AS note,
       0 AS people, 0 AS opening
FROM signed_letter l
GROUP BY l.number
ORDER BY l.number
