-- 名称: 本月文书
-- 单位: 件
-- 口径: 流量
-- 定义: 本期内镇里制发的文书（告知书、通知书、申请等）；撤销的和上级机关的文书不计
SELECT p.id, f.name, f.village, '' AS category, '' AS state, p.on_day AS on_day, NULL AS deadline,
       p.number, p.name || COALESCE(' ' || p.paper_number, '') AS note, 0 AS people, 0 AS opening
FROM paper p
JOIN place f ON f.id = p.id
WHERE p.withdrawn = 0 AND p.of_act = 1 AND p.own = 1
  AND p.on_day >= :start AND p.on_day <= :end
ORDER BY p.on_day, f.serial, p.id, p.number
