-- 名称: 标语推送
-- 单位: 条
-- 口径: 流量
-- 计数: 人数
-- 定义: 本期内各项活动的条幅、标语、网络和微信推送条数之和
SELECT h.id, h.title AS name, h.home AS village, '' AS category, COALESCE(h.form, '') AS state,
       h.counted_day AS on_day, NULL AS deadline, NULL AS number,
       CAST(h.pieces AS VARCHAR(9)) || '条' AS note, h.pieces AS people, 0 AS opening
FROM held h
WHERE h.pieces IS NOT NULL
ORDER BY h.counted_day, h.serial, h.id
