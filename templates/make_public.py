"""Builds 公示.docx, the Word template of the public notice: firm, village, measure, result.

    python templates/make_public.py

The names between braces are those of `swm/render/public.py`. The wording is that of 公示.html.j2,
sentence by sentence; a test compares the two.
"""

from __future__ import annotations

from pathlib import Path

from gbt9704 import build, paragraph, section, table, when

TEMPLATE = Path(__file__).with_name("公示.docx")
TITLE = "{{ 镇 }}{{ 期间名 }}\n“散乱污”企业整治情况公示"
COLUMNS = (
    ("序号", 700, "表文", "{{ 项.行 }}"),
    ("企业名称", 3744, "表文左", "{{ 项.名称 }}"),
    ("村", 1400, "表文", "{{ 项.村 }}"),
    ("整治措施", 1600, "表文", "{{ 项.措施 }}"),
    ("结果", 1400, "表文", "{{ 项.结果 }}"),
)


def text(*sentences: str) -> str:
    """One paragraph of the body."""
    return paragraph("公文正文", "".join(sentences))


BODY = (
    paragraph("公文标题", TITLE),
    *when("再次", [paragraph("公文副题", "（{{ 再次 }}）")]),
    *when("起止", [paragraph("公文副题", "（{{ 起止 }}）")]),
    text(
        "为接受社会监督，现将截至{{ 期末 }}全镇“散乱污”企业整治情况公示如下：",
        "{% if 整治名单 %}列入整治、正在整治的企业{{ 整治数 }}；",
        "{% else %}没有正在整治的企业；{% endif %}",
        "{% if 完成名单 %}{{ 本期词 }}完成整治的企业{{ 完成数 }}。",
        "{% else %}{{ 本期词 }}没有企业完成整治。{% endif %}",
        "{% if 整治名单 or 完成名单 %}名单附后。{% endif %}",
    ),
    *when("再次原因", [text("再次公示的原因：{{ 再次原因 }}。")]),
    text("单位和个人对公示内容有异议的，或者发现未列入的“散乱污”企业，请向{{ 落款 }}反映。"),
    *when("反馈", [text("联系方式：{{ 反馈 }}")]),
    paragraph("公文署名", "{{ 落款 }}"),
    paragraph("公文成文日期", "{{ 成文日期 }}", section()),
    paragraph("附件标题", "{{ 镇 }}“散乱污”企业整治情况名单"),
    paragraph("表题", "一、正在整治的企业（{{ 整治数 }}）"),
    *when(
        "整治名单",
        [table("项 in 整治名单", COLUMNS)],
        [paragraph("说明文", "没有正在整治的企业。")],
    ),
    paragraph("表题", "二、{{ 本期词 }}完成整治的企业（{{ 完成数 }}）"),
    *when(
        "完成名单",
        [table("项 in 完成名单", COLUMNS)],
        [paragraph("说明文", "{{ 本期词 }}没有企业完成整治。")],
    ),
    paragraph("版本行", "本公示依据台账版本 {{ 版本 }} 生成，程序版本 {{ 程序 }}。"),
)


def make() -> bytes:
    """公示.docx, the same bytes each time."""
    return build(BODY, "公示")


if __name__ == "__main__":
    TEMPLATE.write_bytes(make())
