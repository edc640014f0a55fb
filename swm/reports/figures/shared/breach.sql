-- 违反保证 in the period: after its signing, while it ran and the signer still let the 厂房, a
-- letter's premises held an enterprise that offended; of each letter and enterprise the last time.
SELECT l.number AS letter, o.id, o.on_day, o.number, o.what, u.premises, l.landlord, l.kind,
       ROW_NUMBER() OVER (PARTITION BY l.number, o.id
                          ORDER BY o.on_day DESC, o.number DESC, u.premises) AS place
FROM offence o
JOIN occupied u ON u.id = o.id AND u.since <= o.on_day AND o.on_day <= u.until
JOIN letter l ON l.premises = u.premises AND l.on_day < o.on_day AND o.on_day <= l.until_day
  AND (l.voided_on IS NULL OR l.voided_on > o.on_day)
JOIN premises p ON p.id = u.premises AND p.registered <= :end
WHERE EXISTS (SELECT 1 FROM owner w WHERE w.premises = l.premises AND w.name = l.landlord
                AND w.since <= o.on_day AND o.on_day <= w.until)
