-- 举报、上级交办 received by :end, under the village they are then counted in. Neither the source
-- nor what was said is among the columns: lists go upwards.
SELECT c.id, c.serial, '交办事项' AS name, COALESCE(v.counted_as, c.village) AS village,
       c.on_day, c.entered_day, c.assigned, c.duplicate_of, c.deadline, c.checked_on, c.closed_on,
       c.answered_on,
       CASE WHEN c.closed_on <= :end THEN '已办结' WHEN c.checked_on <= :end THEN '办理中' ELSE '待核查' END AS state
FROM complaint c
LEFT JOIN village v ON v.name = c.village AND v.since <= :end AND :end <= v.until
WHERE c.on_day <= :end
