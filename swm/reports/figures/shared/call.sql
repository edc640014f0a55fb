-- The period's visits, each enterprise once an outing (家次). Only a patrol can come to an
-- enterprise on two days, or for two reasons; of other visits the facts know the repeats.
SELECT id, trip, on_day, number, kind, result, category, state, opening
FROM outing
WHERE patrol IS NULL AND again = 0
UNION ALL
SELECT id, trip, MIN(on_day), MIN(number), MIN(kind), MAX(result), MAX(category), MAX(state),
       MAX(opening)
FROM outing
WHERE patrol IS NOT NULL
GROUP BY id, trip
