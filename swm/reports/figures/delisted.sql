-- 名称: 本月销号
-- 单位: 家
-- 口径: 流量
-- 定义: 本期内验收销号的企业；期内几次销号的按最后一次；期初已销号的不在内；状态为销号后的状态
-- 分项: state delisted 本月销号·{}
SELECT a.id, f.name, f.village, COALESCE(a.after_category, '待定') AS category, a.after_state AS state,
       a.on_day, a.before_deadline AS deadline, a.number, COALESCE(a.method, '') AS note, 0 AS people, a.opening
FROM (
  SELECT x.id, MAX(x.seq) AS seq
  FROM act x
  WHERE x.was_delisted = 0 AND x.now_delisted = 1
    AND x.on_day >= :start AND x.on_day <= :end
  GROUP BY x.id) last
JOIN act a ON a.id = last.id AND a.seq = last.seq
JOIN place f ON f.id = a.id
ORDER BY f.serial, a.id
