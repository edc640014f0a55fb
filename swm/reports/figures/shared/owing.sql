-- 应签 on :end: rented, sublet or empty for rent.
SELECT y.* FROM yard y
JOIN owes o ON o.premises = y.id AND o.since <= :end AND :end <= o.until
