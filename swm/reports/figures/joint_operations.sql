-- 名称: 联合执法次数
-- 单位: 次
-- 口径: 流量
-- 定义: 本期内的联合执法，同一天、相同部门参加的为一次；改期未实施的不计，申请法院强制执行的另计
SELECT MIN(a.id) AS id, MIN(f.name) AS name,
       CASE WHEN MIN(f.village) = MAX(f.village) THEN MIN(f.village) ELSE '' END AS village,
       '' AS category, '' AS state, a.on_day, NULL AS deadline, NULL AS number,
       a.departments || '，' || CAST(COUNT(DISTINCT a.id) AS VARCHAR(9)) || '家' AS note,
       0 AS people, 0 AS opening
FROM act a
JOIN place f ON f.id = a.id
WHERE a.action = '联合执法' AND a.on_day >= :start AND a.on_day <= :end
  AND COALESCE(a.nature, '') <> '申请法院强制执行' AND COALESCE(a.outcome, '') <> '改期'
GROUP BY a.on_day, a.departments
ORDER BY a.on_day, a.departments
