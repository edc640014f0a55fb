-- 名称: 举报收到
-- 单位: 件
-- 口径: 流量
-- 定义: 本期内收到的群众举报和上级交办事项，重复件在内
SELECT g.id, g.name, g.village, '' AS category, g.state, g.on_day AS on_day, g.deadline, NULL AS number,
       CASE WHEN g.duplicate_of IS NULL THEN '' ELSE '与 ' || g.duplicate_of || ' 重复' END AS note, 0 AS people, 0 AS opening
FROM grievance g
WHERE g.on_day >= :start
ORDER BY g.on_day, g.id
