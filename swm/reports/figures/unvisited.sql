-- 名称: 应查未查
-- 单位: 家
-- 口径: 存量
-- 定义: 期末未销号、列入已超过“巡查间隔”日数，而在该日数内没有任何巡查记录（各种方式均算）的企业
SELECT f.id, f.name, f.village, f.category, f.state, MAX(v.on_day) AS on_day, f.deadline,
       f.number, CASE WHEN MAX(v.on_day) IS NULL THEN '没有巡查记录'
                      ELSE '最近巡查' || MAX(v.on_day) END AS note,
       0 AS people, f.opening
FROM unfinished f
LEFT JOIN visit v ON v.id = f.id AND v.on_day <= :end
WHERE f.round_day < :visited_since
GROUP BY f.id, f.serial, f.name, f.village, f.category, f.state, f.deadline, f.number, f.opening
HAVING MAX(v.on_day) IS NULL OR MAX(v.on_day) < :visited_since
ORDER BY f.serial, f.id
