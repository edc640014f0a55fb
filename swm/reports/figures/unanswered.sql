-- 名称: 无包保责任人
-- 单位: 家
-- 口径: 存量
-- 定义: 期末在底数内（含已销号），而制度规定必须落实的包保角色有缺的企业
SELECT s.id, s.name, s.village, s.category, s.state, s.listed_on AS on_day, s.deadline, s.number,
       '缺' || u.roles AS note, 0 AS people, s.opening
FROM stock s
JOIN uncovered u ON u.id = s.id
WHERE u.since <= :end AND :end <= u.until
ORDER BY s.serial, s.id
