-- 留存
-- What shows in the period that an enterprise is, or is again, 散乱污: listed for the first time,
-- relapsed, found producing unlawfully.
SELECT s.id, s.on_day, s.number, '列入' AS what
FROM step s
WHERE s.first_entry = 1 AND s.type <> '期初' AND s.on_day >= :start AND s.on_day <= :end
UNION ALL
SELECT a.id, a.on_day, a.number, '回潮'
FROM act a
WHERE a.action = '回潮' AND a.on_day >= :start AND a.on_day <= :end
UNION ALL
SELECT v.id, v.on_day, v.number, '违法生产'
FROM visit v
WHERE v.unlawful = 1 AND v.on_day >= :start AND v.on_day <= :end
