-- 名称: 违反保证
-- 单位: 件
-- 口径: 流量
-- 定义: 本期内保证书所保厂房中的企业，在签订以后列入、回潮或者被发现违法生产的；保证书当时在有效期内、没有作废、签订人仍是房东即算（因换承租人存疑的也算）；一份保证书、一家企业计一件
SELECT b.letter AS id, f.name, y.village, '' AS category, b.what AS state, b.on_day,
       NULL AS deadline, b.number, b.id || '，厂房' || b.premises AS note, 0 AS people, 0 AS opening
FROM breach b
JOIN yard y ON y.id = b.premises
JOIN place f ON f.id = b.id
WHERE b.place = 1
ORDER BY b.letter, b.id
