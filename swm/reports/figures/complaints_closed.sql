-- 名称: 举报办结
-- 单位: 件
-- 口径: 流量
-- 定义: 本期内办结的举报和交办事项
SELECT g.id, g.name, g.village, '' AS category, g.state, g.closed_on AS on_day, g.deadline, NULL AS number,
       CASE WHEN g.closed_on > g.deadline THEN '超期办结' ELSE '' END AS note, 0 AS people, 0 AS opening
FROM grievance g
WHERE g.closed_on >= :start AND g.closed_on <= :end
ORDER BY g.closed_on, g.id
