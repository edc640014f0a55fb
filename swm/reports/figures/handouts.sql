-- 名称: 宣传材料
-- 单位: 份
-- 口径: 流量
-- 计数: 人数
-- 定义: 本期内各项活动发放的宣传材料份数之和
SELECT h.id, h.title AS name, h.home AS village, '' AS category, COALESCE(h.form, '') AS state,
       h.counted_day AS on_day, NULL AS deadline, NULL AS number,
       CAST(h.copies AS VARCHAR(9)) || '份' AS note, h.copies AS people, 0 AS opening
FROM held h
WHERE h.copies IS NOT NULL
ORDER BY h.counted_day, h.serial, h.id
