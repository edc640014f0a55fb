-- 名称: 按期完成
-- 单位: 家
-- 口径: 流量
-- 定义: 到期应完成中不晚于期限销号的企业
SELECT d.id, f.name, f.village, d.category, d.state, d.deadline AS on_day,
       d.deadline, d.number,
       CASE WHEN d.met = 1 THEN d.done_on || '按期完成' ELSE '届满未完成' END AS note, 0 AS people, d.opening
FROM due_last d
JOIN place f ON f.id = d.id
WHERE d.place = 1 AND d.met = 1
ORDER BY f.serial, d.id
