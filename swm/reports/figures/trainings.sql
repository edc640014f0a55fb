-- 名称: 培训
-- 单位: 场
-- 口径: 流量
-- 定义: 本期内举办的培训
SELECT h.id, h.title AS name, h.home AS village, '' AS category, COALESCE(h.form, '') AS state,
       h.counted_day AS on_day, NULL AS deadline, NULL AS number, h.topics AS note, COALESCE(h.people, 0) AS people,
       0 AS opening
FROM held h
WHERE h.kind = '培训'
ORDER BY h.counted_day, h.serial, h.id
