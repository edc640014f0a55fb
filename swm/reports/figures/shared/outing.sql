-- 留存：几个数字都要用，先算一遍
-- The period's visits, each with the outing (次) it belongs to.
SELECT v.trip, v.id, v.number, v.on_day, v.kind, v.result, v.people, v.state,
       COALESCE(v.category, '待定') AS category, v.opening, v.unlawful, v.rebound, v.patrol,
       v.police_at, v.reported_at, f.serial, f.name, f.village
FROM visit v
JOIN place f ON f.id = v.id
WHERE v.on_day >= :start AND v.on_day <= :end
