-- Where an operator's enterprise was delisted by :end, and since when.
SELECT e.operator, e.premises, p.village, e.address, MIN(s.on_day) AS cleared_on
FROM standing s
JOIN enterprise e ON e.id = s.id
JOIN place p ON p.id = s.id
WHERE s.is_delisted = 1 AND s.on_day <= :end
GROUP BY e.operator, e.premises, p.village, e.address
