-- 名称: 本月新增
-- 单位: 家
-- 口径: 流量
-- 定义: 本期内首次列入台账的企业；期初、回潮的不在内；类别、状态为期末的
SELECT f.id, f.name, f.village, f.category, f.state, f.entered_on AS on_day, f.deadline,
       f.entry_number AS number, COALESCE(f.source, '') AS note, 0 AS people, 0 AS opening
FROM fresh f
ORDER BY f.serial, f.id
