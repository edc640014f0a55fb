-- 留存
-- The period's outings (次), each once; a patrol that came to no enterprise is one too.
SELECT o.trip, MIN(o.id) AS id, MIN(f.name) AS name, MIN(f.serial) AS serial,
       CASE WHEN MIN(f.village) = MAX(f.village) THEN MIN(f.village) ELSE '' END AS village,
       MIN(o.on_day) AS on_day, MIN(o.kind) AS kind, COUNT(DISTINCT o.id) AS firms,
       0 AS spots, MAX(o.people) AS people
FROM outing o
JOIN place f ON f.id = o.id
GROUP BY o.trip
UNION ALL
SELECT p.trip, p.id, p.title, p.serial,
       p.village, p.on_day, p.kind, 0, p.spots, p.people
FROM patrol p
WHERE p.firms = 0 AND p.on_day >= :start AND p.on_day <= :end
