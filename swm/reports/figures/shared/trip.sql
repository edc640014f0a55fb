-- The period's outings (次), each once; a patrol that came to no enterprise is one too.
SELECT t.trip, t.id, t.title, t.home, t.on_day, t.kind, t.firms, t.spots, t.people
FROM outing_total t
WHERE t.on_day >= :start AND t.on_day <= :end
