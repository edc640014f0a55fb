"""月报 in swm.yaml: how the town's reports are headed and signed (GB/T 9704-2012)."""

from __future__ import annotations

from swm.domain.fields import NAME, PERSON, TEXT, ListOf, choice, key
from swm.frozen import declared

RED, PLAIN = "红头", "普通"
HEAD = choice("版头", PLAIN, RED)
OFFICE = "“散乱污”企业专项整治工作领导小组办公室"
"""What signs a report, after the town's name, unless the settings say otherwise."""


@declared
class ReportStyle:
    """月报: what stands above and below every report of this town."""

    head: str = key("版头", HEAD, "红头印发文机关标志、发文字号和红线", default=PLAIN)
    mark: tuple[str, ...] = key("发文机关标志", ListOf(NAME), "红头上的大字，每行一项")
    issuer: str | None = key("发文机关", NAME, "印发机关；不写就与落款相同")
    signer: str | None = key("签发人", PERSON, "上行文的签发人；写了，文号就居左、签发人居右")
    to: str | None = key("主送", NAME, "主送机关")
    copies: str | None = key("抄送", NAME, "抄送机关")
    signature: str | None = key("落款", NAME, "署名；不写就是专项整治工作领导小组办公室")
    feedback: str | None = key("公示反馈", TEXT, "公示上印的联系方式，如电话、地址")

    @property
    def red(self) -> bool:
        """Whether reports bear the red head."""
        return self.head == RED

    def signed_by(self, town: str) -> str:
        """Who signs."""
        return self.signature or town + OFFICE

    def mark_of(self, town: str) -> tuple[str, ...]:
        """The words of the red head, line by line."""
        return self.mark or (f"{town}“散乱污”企业专项整治", "工作领导小组办公室文件")
