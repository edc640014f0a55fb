-- 厂房 in the ledger by :end, under the village it is then counted in.
SELECT p.id, p.serial, p.address, p.use, p.registered, COALESCE(v.counted_as, p.village) AS village
FROM premises p
LEFT JOIN village v ON v.name = p.village AND v.since <= :end AND :end <= v.until
WHERE p.registered <= :end
