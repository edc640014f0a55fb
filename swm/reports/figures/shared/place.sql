-- Every enterprise, under the village it is counted in on :end.
SELECT e.id, e.serial, e.name, COALESCE(v.counted_as, e.village) AS village
FROM enterprise e
LEFT JOIN village v ON v.name = e.village AND v.since <= :end AND :end <= v.until
