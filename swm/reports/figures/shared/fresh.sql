-- 留存
-- 本月新增: listed for the first time in the period, not by an old list. That somebody complained
-- never leaves the house: such a lead is told as 线索核查.
SELECT f.*, s.on_day AS entered_on, s.number AS entry_number,
       CASE WHEN e.source IN ('群众举报', '上级交办') THEN '线索核查' ELSE e.source END AS source,
       e.operator, e.phone, e.premises, e.address
FROM step s
JOIN stand f ON f.id = s.id
JOIN enterprise e ON e.id = s.id
WHERE s.first_entry = 1 AND s.type <> '期初' AND s.on_day >= :start AND s.on_day <= :end
