-- 名称: 底数
-- 单位: 家
-- 口径: 存量
-- 定义: 期末列入台账（登记列入、核查列入或期初）且未核减的企业；待核查、不予列入的不在内
SELECT id, name, village, category, state, listed_on AS on_day, deadline, number,
       '' AS note, 0 AS people, opening
FROM stock
ORDER BY serial, id
