-- 名称: 应查未查
-- 单位: 家
-- 口径: 存量
-- 定义: 期末未销号、列入已超过“巡查间隔”日数，而在该日数内没有任何巡查记录（各种方式均算）的企业
SELECT c.id, c.name, c.village, c.category, c.state, c.last_on AS on_day, c.deadline, c.number,
       CASE WHEN c.last_on IS NULL THEN '没有巡查记录'
            ELSE '最近巡查' || c.last_on END AS note, 0 AS people, c.opening
FROM cover c
WHERE c.last_on IS NULL OR c.last_on < :visited_since
ORDER BY c.serial, c.id
