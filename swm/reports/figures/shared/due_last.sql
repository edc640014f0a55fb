-- 留存
-- The last of an enterprise's deadlines that end in the period.
SELECT d.*, ROW_NUMBER() OVER (PARTITION BY d.id ORDER BY d.round DESC, d.deadline DESC) AS place
FROM due d
