-- 名称: 往月补录列入
-- 单位: 家
-- 口径: 流量
-- 归期: 录入
-- 定义: 首次列入的日期在本期以前、本期内才录入的企业（不含期初）；计入列入当月，不计入本月新增
SELECT f.id, f.name, f.village, f.category, f.state, s.on_day, f.deadline, s.number,
       s.entered_day || '录入' AS note, 0 AS people, 0 AS opening
FROM step s
JOIN stand f ON f.id = s.id
WHERE s.first_entry = 1 AND s.type <> '期初'
  AND s.entered_day > s.on_day AND s.entered_day >= :start AND s.entered_day <= :end AND s.on_day < :start
ORDER BY f.serial, f.id
