"""What the desk asks the facts, as they stand after all records; :today is the clerk's."""

from __future__ import annotations

_OPEN = "is_listed = 1 AND is_delisted = 0"
_WHO = "e.id, e.name, e.village"

STOCK = """
SELECT COALESCE(SUM(is_listed), 0), COALESCE(SUM(is_listed * is_delisted), 0) FROM enterprise
"""

OVERDUE = f"""
SELECT id, name, village, state, deadline FROM enterprise
WHERE {_OPEN} AND awaiting IS NULL AND deadline < :today
"""

DUE = f"""
SELECT id, name, village, state, deadline FROM enterprise
WHERE {_OPEN} AND awaiting IS NULL AND deadline >= :first AND deadline <= :last
"""

UNSERVED = f"""
SELECT {_WHO}, e.awaiting, a.action, a.on_day FROM enterprise e
JOIN act a ON a.id = e.id AND a.number = e.awaiting
WHERE e.is_listed = 1 AND e.is_delisted = 0
"""

PENDING = f"""
SELECT {_WHO}, p.number, p.label, p.on_day FROM pending p JOIN enterprise e ON e.id = p.id
"""

BEARS_ON = "(p.on_day <= :end OR p.type IN ('更正', '撤销'))"
"""Which of what is pending bears on the numbers up to :end. 更正 and 撤销 change what was recorded for
earlier days, whenever they are made."""

UNDATED = f"""
SELECT id, name, village, category, round_day FROM enterprise
WHERE {_OPEN} AND state = '待整治' AND deadline IS NULL AND awaiting IS NULL AND round_day <= :since
"""

UNREPORTED = f"""
SELECT {_WHO}, v.number, v.kind, v.on_day, v.result, v.police_at, v.reported_at
FROM visit v JOIN enterprise e ON e.id = v.id
WHERE v.unlawful = 1 AND (v.police_at IS NULL OR v.reported_at IS NULL)
"""

REBOUNDS = f"""
SELECT {_WHO}, e.state, v.kind, v.result, MAX(v.on_day) AS on_day
FROM enterprise e JOIN visit v ON v.id = e.id AND v.round = e.round AND v.rebound = 1
WHERE e.is_delisted = 1 AND v.on_day >= e.delisted_on
GROUP BY e.id
"""

SUSPECTS = """
SELECT id, name, village, source, since_day FROM enterprise WHERE state = '待核查'
"""

UNVISITED = f"""
SELECT id, name, village, state, last_visit_on FROM enterprise
WHERE {_OPEN} AND round_day < :since AND (last_visit_on IS NULL OR last_visit_on < :since)
"""

_LANDLORD = """
(SELECT MIN(o.name) FROM owner o WHERE o.premises = p.id AND o.since <= :today
   AND :today <= o.until) AS landlord
"""
_OWES = "JOIN owes ON owes.premises = p.id AND owes.since <= :today AND :today <= owes.until"
_HOLDS = "s.status = '有效' AND s.since <= :today AND :today <= s.until"

EXPIRING = f"""
SELECT p.id, p.address AS name, p.village, l.number, MAX(l.until_day) AS until_day, {_LANDLORD}
FROM premises p {_OWES}
JOIN letter_status s ON s.premises = p.id AND {_HOLDS}
JOIN letter l ON l.premises = p.id AND l.number = s.number
GROUP BY p.id
HAVING MAX(l.until_day) <= :last
"""

UNSIGNED = f"""
SELECT p.id, p.address AS name, p.village, p.use, {_LANDLORD},
  EXISTS (SELECT 1 FROM letter_status s JOIN letter l ON l.premises = s.premises
            AND l.number = s.number
          WHERE s.premises = p.id AND s.status = '存疑' AND s.since <= :today
            AND :today <= s.until AND :today <= l.until_day
            AND (l.voided_on IS NULL OR l.voided_on > :today)) AS doubtful
FROM premises p {_OWES}
WHERE NOT EXISTS (SELECT 1 FROM letter_status s WHERE s.premises = p.id AND {_HOLDS})
"""

HALF_SIGNED = f"""
SELECT p.id, p.address AS name, p.village, p.use, o.name AS landlord, o.kind, 0 AS doubtful
FROM owner b
JOIN premises p ON p.id = b.premises {_OWES}
JOIN owner o ON o.premises = p.id AND o.since <= :today AND :today <= o.until
WHERE b.kind = '二手房东' AND b.since <= :today AND :today <= b.until
  AND EXISTS (SELECT 1 FROM letter_status s WHERE s.premises = p.id AND {_HOLDS})
  AND NOT EXISTS (SELECT 1 FROM letter_status s
                  JOIN letter l ON l.premises = s.premises AND l.number = s.number
                  WHERE s.premises = p.id AND l.landlord = o.name AND {_HOLDS})
GROUP BY p.id, o.name
"""
"""Who lets sublet premises and has signed nothing that holds, where another one has."""
