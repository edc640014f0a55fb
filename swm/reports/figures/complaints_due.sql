-- 名称: 举报到期应办结
-- 单位: 件
-- 口径: 流量
-- 定义: 办结期限（经批准的延期计算在内）在本期内的举报和交办事项
SELECT g.id, g.name, g.village, '' AS category, g.state, g.deadline AS on_day, g.deadline, NULL AS number,
       CASE WHEN g.closed_on <= g.deadline THEN '按期办结' WHEN g.closed_on <= :end THEN '超期办结' ELSE '未办结' END AS note, 0 AS people, 0 AS opening
FROM grievance g
WHERE g.deadline >= :start AND g.deadline <= :end
ORDER BY g.deadline, g.id
