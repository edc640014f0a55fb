-- 留存
-- 本月新增: listed for the first time in the period, not by an old list.
SELECT f.*, s.on_day AS entered_on, s.number AS entry_number
FROM step s
JOIN stand f ON f.id = s.id
WHERE s.first_entry = 1 AND s.type <> '期初' AND s.on_day >= :start AND s.on_day <= :end
