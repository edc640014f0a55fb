"""Options that several commands share, each written once."""

from __future__ import annotations

from typing import Annotated

import typer


def text(option: str, metavar: str, help: str) -> typer.models.OptionInfo:
    """An option with one value, kept as typed."""
    made: typer.models.OptionInfo = typer.Option(option, metavar=metavar, help=help)
    return made


EXACT = frozenset(
    {"日期", "时间", "时刻", "月", "月份", "期间", "年份", "版本"}
    | {"日数", "月数", "家数", "处数", "页数", "份数", "条数", "人次", "±分", "数"}
    | {"经度", "纬度", "是/否", "镇|区", "键=值"}
    | {"类别", "状态", "方式", "结果", "结论", "来源", "性质", "用途", "身份", "格式", "口径"}
    | {"类型", "角色", "特征", "形式", "字母"}
)
"""What an option of these takes is read strictly: a blank one is refused there, since left out it
would mean something of its own (today, everything). Any other blank text is no text at all."""

Text = str | None
Many = list[str] | None

Which = Annotated[Many, typer.Argument(metavar="企业", help="编号、序号、名称的一部分或拼音首字母")]
WhichRecord = Annotated[
    Many, typer.Argument(metavar="企业 第几条", help="企业，和记录的序号（见 swm show 企业）")
]
WhichAct = Annotated[
    Many, typer.Argument(metavar="企业 [动作]", help="企业，和要办的动作（如 限期搬迁 或 xqbq）")
]
On = Annotated[Text, text("--on", "日期", "发生的日期，可带时刻；不写就是今天")]
By = Annotated[Text, text("--by", "人员", "经办人员，几人用顿号或逗号隔开")]
Note = Annotated[Many, text("--note", "文字", "备注")]
WhichPremises = Annotated[Many, typer.Argument(metavar="厂房", help="编号、序号或地址的一部分")]
Village = Annotated[Text, text("--village", "村", "村")]
InVillage = Annotated[Text, text("--village", "村", "只要这个村的")]
InPremises = Annotated[Text, text("--premises", "厂房", "只要这处厂房里的")]
At = Annotated[Text, text("--at", "版本", "看某个版本，或某一天结束时的台账")]
Why = Annotated[Text, text("--why", "原因", "原因")]
Sets = Annotated[Many, text("--set", "键=值", "改一项；可写多次")]
Phone = Annotated[Text, text("--phone", "电话", "联系电话")]
Address = Annotated[Text, text("--address", "地址", "详细地址")]
Category = Annotated[Text, text("--category", "类别", "整治类别")]
Witness = Annotated[Text, text("--witness", "见证人", "见证人，几人用顿号隔开")]
Scan = Annotated[Text, text("--scan", "文件", "原件的扫描件；存进 原件/，台账只记 SHA-256")]
ScanPages = Annotated[Text, text("--scan-pages", "页数", "原件的页数；不写就按扫描件数")]
ScanPlace = Annotated[Text, text("--scan-place", "地方", "纸件存放的地方，如 2026年第3盒")]
Approver = Annotated[Text, text("--approver", "姓名", "批准人")]
ApprovedOn = Annotated[Text, text("--approved-on", "日期", "批准日期；不写就是办理的日期")]
ApprovalPaper = Annotated[Text, text("--approval", "文件", "批准的依据：签批单、会议纪要")]
Format = Annotated[
    Text,
    text("--format", "格式", "docx、html、xlsx、pdf、json，几种用逗号隔开；不写就是 docx,html"),
]
Out = Annotated[Text, text("--out", "文件夹", "写到哪里；不写就是台账下的 输出/")]
