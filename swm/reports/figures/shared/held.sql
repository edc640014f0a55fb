-- The period's activities, each under the village its name is counted in on :end.
SELECT a.*, COALESCE(v.counted_as, a.village, '') AS home
FROM activity a
LEFT JOIN village v ON v.name = a.village AND v.since <= :end AND :end <= v.until
WHERE a.counted_day >= :start AND a.counted_day <= :end
