-- 名称: 厂房巡查
-- 单位: 次
-- 口径: 流量
-- 定义: 本期内成组巡查看过的厂房，一次走到一处计一次
SELECT s.patrol AS id, s.place AS name, COALESCE(v.counted_as, s.village, '') AS village,
       '' AS category, '' AS state, s.on_day, NULL AS deadline, s.number, s.result AS note,
       0 AS people, 0 AS opening
FROM spot s
LEFT JOIN village v ON v.name = s.village AND v.since <= :end AND :end <= v.until
WHERE s.kind = '厂房' AND s.on_day >= :start AND s.on_day <= :end
ORDER BY s.on_day, s.patrol, s.number
