"""The names of the smaller templates: 公示, as `public.context` gives them, and 巡查路线."""

from __future__ import annotations

from swm.render.templatenames import LIST, NUMBER, TEXT, Name, names

_SHOWN = names(
    TEXT,
    行="序号，从1起", 名称="企业名称", 村="村", 措施="整治类别的上报名称", 结果="正在整治，或销号的状态",
)  # fmt: skip
PUBLIC = (
    Name("镇", TEXT, "镇名", "俵口镇"),
    Name("标题", TEXT, "公示的标题，一行"),
    Name("期间名", TEXT, "标题里的期间；周报不写起止日期", "2026年第三季度"),
    Name("起止", TEXT, "一周或一段日子的起止日期；其他的为空", "2026年10月5日至10月11日"),
    Name("再次", TEXT, "同一期再次公示的，是第几次；第一次的为空", "第2次公示"),
    Name("再次原因", TEXT, "再次公示的原因；第一次的为空"),
    Name("期末", TEXT, "期间的最后一天", "2026年10月31日"),
    Name("本期词", TEXT, "本月、本季度、本年、本周或本期", "本月"),
    Name("落款", TEXT, "署名", "俵口镇“散乱污”企业专项整治工作领导小组办公室"),
    Name("成文日期", TEXT, "成文日期，没有写的是期末，再次公示是公示的那一天", "2026年11月5日"),
    Name("反馈", TEXT, "联系方式，swm.yaml 没有写的为空"),
    Name("整治数", TEXT, "正在整治的家数和单位", "3家"),
    Name("完成数", TEXT, "本期完成整治的家数和单位", "2家"),
    Name("整治名单", LIST, "正在整治的企业", inside=_SHOWN),
    Name("完成名单", LIST, "本期完成整治、期末仍已销号的企业", inside=_SHOWN),
    Name("版本", TEXT, "台账版本，整个的", "3f9a1c7e5b2d40868f1e0c9b7a6d5e4f3c2b1a09"),
    Name("程序", TEXT, "程序版本", "swm 0.1.0"),
    Name("文件信息", LIST, "公示自己的来历，也写在 Word 文件的属性里", inside=names(
        TEXT, 名称="期间、口径、台账版本等", 文="内容"
    )),
)  # fmt: skip
ROUTE = (
    Name("镇名", TEXT, "镇名", "俵口镇"),
    Name("日期", TEXT, "夜查的日期", "2026-10-12"),
    Name("星期", TEXT, "星期几", "周一"),
    Name("带班", TEXT, "带班领导和组员"),
    Name("处所", LIST, "要去的处所，按走的先后", inside=(
        Name("序号", NUMBER, "第几处"),
        *names(
            TEXT, 编号="编号", 名称="企业名称", 村="村", 地址="地址", 状态="整治状态",
            理由="为什么去",
        ),
    )),
)  # fmt: skip
