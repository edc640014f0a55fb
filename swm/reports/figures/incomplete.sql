-- 名称: 档案缺项
-- 单位: 家
-- 口径: 存量
-- 定义: 期末列入台账的企业中，档案里证照情况、经营者、地址、行业有一项没有填写的（以现在的档案为准）
SELECT f.id, f.name, f.village, f.category, f.state, NULL AS on_day, f.deadline, f.number,
       '缺' || SUBSTR(f.lacking, 2) AS note, 0 AS people, f.opening
FROM (
  SELECT s.*, CASE WHEN e.licence IS NULL AND e.uscc IS NULL THEN '、证照情况' ELSE '' END
           || CASE WHEN e.operator IS NULL THEN '、经营者' ELSE '' END
           || CASE WHEN e.address IS NULL THEN '、地址' ELSE '' END
           || CASE WHEN e.industry IS NULL THEN '、行业' ELSE '' END AS lacking
  FROM stock s JOIN enterprise e ON e.id = s.id) f
WHERE f.lacking <> ''
ORDER BY f.serial, f.id
