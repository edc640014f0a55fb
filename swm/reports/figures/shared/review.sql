-- Applications of the period, each with the ruling that stood on the evening of :end.
SELECT a.id, a.serial, a.name, COALESCE(v.counted_as, a.village) AS village, a.kind, a.on_day,
       r.decision, r.number, r.reasons
FROM admission a
JOIN ruling r ON r.id = a.id AND r.on_day <= :end AND :end <= r.until_day
LEFT JOIN village v ON v.name = a.village AND v.since <= :end AND :end <= v.until
WHERE a.on_day >= :start AND a.on_day <= :end
