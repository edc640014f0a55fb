-- 留存: id
-- Every enterprise as it stood on the evening of :end, under the village it is then counted in.
SELECT s.id, e.serial, e.name, COALESCE(v.counted_as, e.village) AS village,
       COALESCE(s.category, '待定') AS category, s.state, s.number, s.round, s.round_day,
       s.deadline, s.awaiting, s.since_day, s.listed_on, s.delisted_on, s.opening,
       s.is_listed, s.is_delisted, s.must_stop
FROM standing s
JOIN enterprise e ON e.id = s.id
LEFT JOIN village v ON v.name = e.village AND v.since <= :end AND :end <= v.until
WHERE s.on_day <= :end AND :end < s.until_day
