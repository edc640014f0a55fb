-- 名称: 零报告
-- 单位: 份
-- 口径: 流量
-- 定义: 各村就本期所报的“没有新发现”；以后补报的仍算在所报的期间
SELECT h.id, h.title AS name, h.home AS village, '' AS category, COALESCE(h.form, '') AS state,
       h.counted_day AS on_day, NULL AS deadline, NULL AS number,
       COALESCE(h.period, '') || '，' || h.on_day || '报' AS note, 0 AS people, 0 AS opening
FROM held h
WHERE h.kind = '零报告'
ORDER BY h.counted_day, h.serial, h.id
