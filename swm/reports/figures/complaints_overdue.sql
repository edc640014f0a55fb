-- 名称: 举报超期
-- 单位: 件
-- 口径: 存量
-- 定义: 期末未办结、期限早于期末日的举报和交办事项
SELECT g.id, g.name, g.village, '' AS category, g.state, g.deadline AS on_day, g.deadline, NULL AS number,
       '' AS note, 0 AS people, 0 AS opening
FROM grievance g
WHERE g.deadline < :end AND (g.closed_on IS NULL OR g.closed_on > :end)
ORDER BY g.deadline, g.id
