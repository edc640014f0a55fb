-- 名称: 联合执法家数
-- 单位: 家
-- 口径: 流量
-- 定义: 本期内联合执法所涉及的企业；改期未实施的不计，申请法院强制执行的另计
SELECT a.id, f.name, f.village, COALESCE(a.after_category, '待定') AS category, a.after_state AS state,
       a.on_day, a.after_deadline AS deadline, a.number, COALESCE(a.outcome, '') AS note, 0 AS people, a.opening
FROM (
  SELECT x.id, MAX(x.seq) AS seq
  FROM act x
  WHERE x.action = '联合执法' AND COALESCE(x.nature, '') <> '申请法院强制执行'
    AND COALESCE(x.outcome, '') <> '改期'
    AND x.on_day >= :start AND x.on_day <= :end
  GROUP BY x.id) last
JOIN act a ON a.id = last.id AND a.seq = last.seq
JOIN place f ON f.id = a.id
ORDER BY f.serial, a.id
