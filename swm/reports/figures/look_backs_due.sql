-- 名称: 回头看应查
-- 单位: 家次
-- 口径: 流量
-- 定义: 本期内到期的回头看（按制度的间隔自销号之日起推算，期初已销号的不早于建账基准日），到期当日仍为已销号的企业
SELECT l.id, (SELECT f.name FROM place f WHERE f.id = l.id) AS name,
       (SELECT f.village FROM place f WHERE f.id = l.id) AS village, COALESCE(l.category, '待定') AS category, l.state,
       l.due_on AS on_day, NULL AS deadline, l.number,
       l.name || '回头看' || CASE WHEN l.done_on IS NULL OR l.done_on > :end THEN '，未做'
                                WHEN l.late = 1 THEN '，' || l.done_on || '补做'
                      ELSE '，' || l.done_on || '已做' END AS note,
       0 AS people, l.opening
FROM lookback l
WHERE l.due_on >= :start AND l.due_on <= :end
ORDER BY l.due_on, LENGTH(l.id), l.id
