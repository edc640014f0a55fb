-- The period's visits, each with the outing (次) it belongs to.
SELECT trip, id, number, on_day, kind, result, people, state, category, opening, unlawful,
       rebound, police_at, reported_at, patrol, again,
       outside, official, police_came, officers_came
FROM visit
WHERE on_day >= :start AND on_day <= :end
