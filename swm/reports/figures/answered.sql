-- 名称: 已落实包保
-- 单位: 家
-- 口径: 存量
-- 定义: 期末在底数内，制度规定必须落实的包保角色都有人的企业
SELECT s.id, s.name, s.village, s.category, s.state, s.listed_on AS on_day, s.deadline, s.number,
       '' AS note, 0 AS people, s.opening
FROM stock s
WHERE s.id NOT IN (SELECT u.id FROM uncovered u WHERE u.since <= :end AND :end <= u.until)
ORDER BY s.serial, s.id
