-- The period's outings by night (次), each once.
SELECT t.trip, t.id, t.title, t.home, t.on_day, t.kind, t.firms, t.spots, t.people
FROM outing_total t
WHERE t.kind = '夜查' AND t.on_day >= :start AND t.on_day <= :end
