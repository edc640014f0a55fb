-- 名称: 期初建账
-- 单位: 家
-- 口径: 流量
-- 定义: 本期内由期初记录列入台账的企业；计入底数，不计入本月新增
SELECT f.id, f.name, f.village, f.category, f.state, s.on_day, f.deadline, s.number,
       '' AS note, 0 AS people, 1 AS opening
FROM step s
JOIN stand f ON f.id = s.id
WHERE s.first_entry = 1 AND s.type = '期初' AND s.on_day >= :start AND s.on_day <= :end
ORDER BY f.serial, f.id
