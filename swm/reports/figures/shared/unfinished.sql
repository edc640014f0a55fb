-- 未销号 on the evening of :end.
SELECT * FROM stand WHERE is_listed = 1 AND is_delisted = 0
