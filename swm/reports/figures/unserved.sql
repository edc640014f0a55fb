-- 名称: 已作出未送达
-- 单位: 家
-- 口径: 存量
-- 定义: 期末限期文书已作出、尚未送达的企业；期限未起算，不算超期
SELECT id, name, village, category, state, since_day AS on_day, deadline, number,
       '第' || CAST(awaiting AS VARCHAR(9)) || '条文书待送达' AS note, 0 AS people, opening
FROM unfinished
WHERE awaiting IS NOT NULL
ORDER BY serial, id
