-- 留存
-- 未销号 on :end that has been listed for longer than the interval of 巡查, and when it was last
-- visited: at all, and by people who got in.
SELECT f.id, f.serial, f.name, f.village, f.category, f.state, f.deadline, f.number, f.opening,
       MAX(v.on_day) AS last_on, MAX(CASE WHEN v.outside = 0 THEN v.on_day END) AS inside_on
FROM unfinished f
LEFT JOIN visit v ON v.id = f.id AND v.on_day <= :end
WHERE f.round_day < :visited_since
GROUP BY f.id, f.serial, f.name, f.village, f.category, f.state, f.deadline, f.number, f.opening
