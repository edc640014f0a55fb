-- 名称: 举报答复
-- 单位: 件
-- 口径: 流量
-- 定义: 本期内最近一次答复的举报和交办事项
SELECT g.id, g.name, g.village, '' AS category, g.state, g.answered_on AS on_day, g.deadline, NULL AS number,
       '' AS note, 0 AS people, 0 AS opening
FROM grievance g
WHERE g.answered_on >= :start AND g.answered_on <= :end
ORDER BY g.answered_on, g.id
