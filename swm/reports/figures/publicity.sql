-- 名称: 宣传
-- 单位: 场
-- 口径: 流量
-- 定义: 本期内开展的宣传活动（各种形式）
SELECT h.id, h.title AS name, h.home AS village, '' AS category, COALESCE(h.form, '') AS state,
       h.counted_day AS on_day, NULL AS deadline, NULL AS number, COALESCE(h.place, '') AS note, 0 AS people,
       0 AS opening
FROM held h
WHERE h.kind = '宣传'
ORDER BY h.counted_day, h.serial, h.id
