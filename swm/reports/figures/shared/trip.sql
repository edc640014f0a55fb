-- 留存
-- The period's outings (次), each once.
SELECT o.trip, MIN(o.id) AS id, MIN(f.name) AS name, MIN(f.serial) AS serial,
       CASE WHEN MIN(f.village) = MAX(f.village) THEN MIN(f.village) ELSE '' END AS village,
       MIN(o.on_day) AS on_day, MIN(o.kind) AS kind, COUNT(DISTINCT o.id) AS firms,
       MAX(o.people) AS people
FROM outing o
JOIN place f ON f.id = o.id
GROUP BY o.trip
