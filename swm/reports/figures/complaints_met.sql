-- 名称: 举报按期办结
-- 单位: 件
-- 口径: 流量
-- 定义: 举报到期应办结中不晚于期限办结的
SELECT g.id, g.name, g.village, '' AS category, g.state, g.deadline AS on_day, g.deadline, NULL AS number,
       '' AS note, 0 AS people, 0 AS opening
FROM grievance g
WHERE g.deadline >= :start AND g.deadline <= :end AND g.closed_on <= g.deadline
ORDER BY g.deadline, g.id
