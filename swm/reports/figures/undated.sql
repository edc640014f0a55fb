-- 名称: 列入满30日未下达期限
-- 单位: 家
-- 口径: 存量
-- 定义: 期末仍为待整治、没有期限也没有待送达的文书，且自列入（回潮的自回潮）之日起已满30日的企业
SELECT id, name, village, category, state, round_day AS on_day, deadline, number,
       '' AS note, 0 AS people, opening
FROM unfinished
WHERE state = '待整治' AND deadline IS NULL AND awaiting IS NULL AND round_day <= :days_ago_30
ORDER BY serial, id
