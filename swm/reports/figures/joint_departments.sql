-- 名称: 联合执法部门次
-- 单位: 次
-- 口径: 流量
-- 定义: 本期内各次联合执法参加的部门数之和；同一天、相同部门参加的为一次，改期未实施的不计
SELECT MIN(t.id) AS id, MIN(f.name) AS name,
       CASE WHEN MIN(f.village) = MAX(f.village) THEN MIN(f.village) ELSE '' END AS village,
       '' AS category, '' AS state, t.on_day, NULL AS deadline, NULL AS number,
       t.department AS note, 0 AS people, 0 AS opening
FROM taking_part t
JOIN place f ON f.id = t.id
WHERE t.on_day >= :start AND t.on_day <= :end
GROUP BY t.on_day, t.departments, t.department
ORDER BY t.on_day, t.departments, t.department
