-- 名称: 举报属实
-- 单位: 件
-- 口径: 流量
-- 定义: 本期内核查，以期末最近一次核查为准，属实或部分属实的举报和交办事项
SELECT g.id, g.name, g.village, '' AS category, g.state, k.on_day, g.deadline, k.number,
       k.conclusion AS note, 0 AS people, 0 AS opening
FROM complaint_check k
JOIN grievance g ON g.id = k.id
WHERE k.on_day >= :start AND k.on_day <= :end AND :end < k.until_day AND k.is_true = 1
ORDER BY k.on_day, g.id
