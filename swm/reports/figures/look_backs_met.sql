-- 名称: 回头看按期
-- 单位: 家次
-- 口径: 流量
-- 定义: 回头看应查中在到期当日以前（含当日）已经做了的
SELECT l.id, (SELECT f.name FROM place f WHERE f.id = l.id) AS name,
       (SELECT f.village FROM place f WHERE f.id = l.id) AS village, COALESCE(l.category, '待定') AS category, l.state,
       l.due_on AS on_day, NULL AS deadline, l.number,
       l.name || '回头看' || '，' || l.done_on || '已做' AS note, 0 AS people, l.opening
FROM lookback l
WHERE l.due_on >= :start AND l.due_on <= :end AND l.done_on <= l.due_on
ORDER BY l.due_on, LENGTH(l.id), l.id
