-- 名称: 上级交办
-- 单位: 件
-- 口径: 流量
-- 定义: 举报收到中由上级交办的事项
SELECT g.id, g.name, g.village, '' AS category, g.state, g.on_day AS on_day, g.deadline, NULL AS number,
       '' AS note, 0 AS people, 0 AS opening
FROM grievance g
WHERE g.on_day >= :start AND g.assigned = 1
ORDER BY g.on_day, g.id
