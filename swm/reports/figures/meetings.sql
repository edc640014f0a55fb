-- 名称: 会议
-- 单位: 次
-- 口径: 流量
-- 定义: 本期内召开的领导小组会议和其他会议
SELECT h.id, h.title AS name, h.home AS village, '' AS category, COALESCE(h.form, '') AS state,
       h.counted_day AS on_day, NULL AS deadline, NULL AS number,
       '议定事项' || CAST(h.decisions AS VARCHAR(9)) || '项' AS note, COALESCE(h.people, 0) AS people, 0 AS opening
FROM held h
WHERE h.kind = '会议'
ORDER BY h.counted_day, h.serial, h.id
