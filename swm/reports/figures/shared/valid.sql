-- 留存: premises
-- 有效 on :end: a letter for one of its premises, in force and not 存疑.
SELECT s.premises, s.number, l.kind, l.on_day, l.until_day, y.serial, y.address, y.village
FROM letter_status s
JOIN letter l ON l.premises = s.premises AND l.number = s.number
JOIN yard y ON y.id = s.premises
WHERE s.status = '有效' AND s.since <= :end AND :end <= s.until
