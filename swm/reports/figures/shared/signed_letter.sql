-- Letters signed in the period and not void on :end.
SELECT l.premises, l.number, l.kind, l.on_day, l.until_day, y.address, y.village
FROM letter l
JOIN yard y ON y.id = l.premises
WHERE l.on_day >= :start AND l.on_day <= :end AND (l.voided_on IS NULL OR l.voided_on > :end)
