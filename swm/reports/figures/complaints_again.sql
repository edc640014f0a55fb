-- 名称: 举报收到·重复
-- 单位: 件
-- 口径: 流量
-- 定义: 举报收到中的重复件
SELECT g.id, g.name, g.village, '' AS category, g.state, g.on_day AS on_day, g.deadline, NULL AS number,
       '与 ' || g.duplicate_of || ' 重复' AS note, 0 AS people, 0 AS opening
FROM grievance g
WHERE g.on_day >= :start AND g.duplicate_of IS NOT NULL
ORDER BY g.on_day, g.id
