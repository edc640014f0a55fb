-- Deadlines that end in the period: still running on the evening of the last day (met = 0), or
-- delisted not later than that day (met = 1). An unserved paper has no deadline yet.
SELECT id, round, deadline, 0 AS met, NULL AS done_on, number,
       COALESCE(category, '待定') AS category, state, opening
FROM standing
WHERE deadline >= :start AND deadline <= :end AND awaiting IS NULL
  AND is_listed = 1 AND is_delisted = 0
  AND on_day <= deadline AND deadline < until_day
UNION ALL
SELECT id, round, before_deadline, 1, on_day, number,
       COALESCE(after_category, '待定'), after_state, opening
FROM act
WHERE now_delisted = 1 AND was_delisted = 0
  AND before_deadline >= :start AND before_deadline <= :end AND before_awaiting IS NULL
  AND on_day <= before_deadline
