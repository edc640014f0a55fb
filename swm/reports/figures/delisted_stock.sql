-- 名称: 已销号
-- 单位: 家
-- 口径: 存量
-- 定义: 期末在底数内、已经验收销号（含期初已销号）的企业
SELECT id, name, village, category, state, delisted_on AS on_day, deadline, number,
       '' AS note, 0 AS people, opening
FROM stock
WHERE is_delisted = 1
ORDER BY serial, id
