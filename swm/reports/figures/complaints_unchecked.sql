-- 名称: 举报未核查
-- 单位: 件
-- 口径: 存量
-- 定义: 期末还没有核查记录的举报和交办事项
SELECT g.id, g.name, g.village, '' AS category, g.state, g.on_day AS on_day, g.deadline, NULL AS number,
       '' AS note, 0 AS people, 0 AS opening
FROM grievance g
WHERE g.checked_on IS NULL OR g.checked_on > :end
ORDER BY g.on_day, g.id
