-- 名称: 仅外围查看
-- 单位: 家
-- 口径: 存量
-- 定义: 巡查覆盖的企业中，在“巡查间隔”日数内只从外面查看过、没有进门的
SELECT c.id, c.name, c.village, c.category, c.state, c.last_on AS on_day, c.deadline, c.number,
       '最近巡查' || c.last_on AS note, 0 AS people, c.opening
FROM cover c
WHERE c.last_on >= :visited_since AND (c.inside_on IS NULL OR c.inside_on < :visited_since)
ORDER BY c.serial, c.id
