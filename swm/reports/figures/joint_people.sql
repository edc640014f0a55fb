-- 名称: 联合执法人次
-- 单位: 人次
-- 口径: 流量
-- 计数: 人数
-- 定义: 本期内各次联合执法出动的人数之和，以记录写明的为准；同一天、相同部门参加的为一次，改期未实施的不计，只计一遍
SELECT MIN(a.id) AS id, MIN(f.name) AS name,
       CASE WHEN MIN(f.village) = MAX(f.village) THEN MIN(f.village) ELSE '' END AS village,
       '' AS category, '' AS state, a.on_day, NULL AS deadline, NULL AS number,
       a.departments AS note, MAX(a.heads) AS people, 0 AS opening
FROM act a
JOIN place f ON f.id = a.id
WHERE a.action = '联合执法' AND a.on_day >= :start AND a.on_day <= :end
  AND COALESCE(a.nature, '') <> '申请法院强制执行' AND COALESCE(a.outcome, '') <> '改期'
GROUP BY a.on_day, a.departments
ORDER BY a.on_day, a.departments
