-- 底数 on the evening of :end.
SELECT * FROM stand WHERE is_listed = 1
