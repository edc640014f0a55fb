-- Which enterprise of the ledger uses which 厂房, from when to when: by its lease, else its own file.
SELECT t.premises, t.name AS id, t.since, t.until
FROM tenant t
JOIN enterprise e ON e.id = t.name
UNION ALL
SELECT t.premises, e.id, t.since, t.until
FROM enterprise e
JOIN tenant t ON t.premises = e.premises AND t.name = e.name
UNION ALL
SELECT e.premises, e.id, '0001-01-01', '9999-12-31'
FROM enterprise e
WHERE e.premises IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM tenant t WHERE t.premises = e.premises AND t.name IN (e.id, e.name))
