-- 名称: 有效
-- 单位: 份
-- 口径: 存量
-- 定义: 期末在有效期内、没有作废、不存疑（签订后房东、承租人没有变动）的保证书；一份保几处厂房的计一份，其中一处有效即算
SELECT l.number AS id, MIN(l.address) AS name, MIN(l.village) AS village, '' AS category,
       MIN(l.kind) AS state, MIN(l.on_day) AS on_day,
       CASE WHEN MIN(l.until_day) = '9999-12-31' THEN NULL ELSE MIN(l.until_day) END AS deadline,
       NULL AS number, CAST(COUNT(DISTINCT l.premises) AS VARCHAR(9)) || '处厂房' AS note,
       0 AS people, 0 AS opening
FROM valid l
GROUP BY l.number
ORDER BY l.number
