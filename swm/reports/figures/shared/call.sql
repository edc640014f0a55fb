-- The period's visits, each enterprise once an outing (家次).
SELECT id, trip, on_day, number, kind, result, category, state, opening
FROM visit
WHERE again = 0 AND on_day >= :start AND on_day <= :end
