-- 名称: 本月核减
-- 单位: 家
-- 口径: 流量
-- 定义: 本期内移出底数的企业；核减本来不在底数内的线索不计
SELECT a.id, f.name, f.village, COALESCE(a.before_category, '待定') AS category, a.before_state AS state,
       a.on_day, a.before_deadline AS deadline, a.number, COALESCE(a.reason, '') AS note, 0 AS people, a.opening
FROM (
  SELECT x.id, MAX(x.seq) AS seq
  FROM act x
  WHERE x.was_listed = 1 AND x.now_listed = 0
    AND x.on_day >= :start AND x.on_day <= :end
  GROUP BY x.id) last
JOIN act a ON a.id = last.id AND a.seq = last.seq
JOIN place f ON f.id = a.id
ORDER BY f.serial, a.id
