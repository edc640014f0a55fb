-- The months about which villages owed their word: whole in the period, not before the ledger, and
-- over. One is over when the ledger has an entry of a later one; that with which the period ends,
-- when it has one of the same; where it is the only one, the period is taken at its word.
WITH RECURSIVE counted (month) AS (
  SELECT CASE WHEN k.first_month > :first_month THEN k.first_month ELSE :first_month END
  FROM kept k
  WHERE k.first_month IS NOT NULL
  UNION ALL
  SELECT month + 1 FROM counted WHERE month < :last_month)
SELECT c.month
FROM counted c
CROSS JOIN kept k
WHERE c.month <= :last_month
  AND (c.month < k.last_month
       OR c.month = :end_month AND (c.month = k.last_month OR :first_month = :last_month))
