-- 名称: 巡查覆盖
-- 单位: 家
-- 口径: 存量
-- 定义: 应巡查的企业中，在“巡查间隔”日数内有巡查记录的（各种方式均算，外围查看也算）
SELECT c.id, c.name, c.village, c.category, c.state, c.last_on AS on_day, c.deadline, c.number,
       '最近巡查' || c.last_on AS note, 0 AS people, c.opening
FROM cover c
WHERE c.last_on >= :visited_since
ORDER BY c.serial, c.id
