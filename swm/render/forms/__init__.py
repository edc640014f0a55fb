"""The forms of the office as Word files: which there are, and what each is filled from.

A form is a small module beside this one that turns records into Chinese names, and a template
that holds the wording (`templates/make_forms.py`). What the ledger does not say is left as a blank
to be written in; a form of nothing at all is the blank form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module

from swm.frozen import frozen
from swm.render.forms.values import Office, Sheet, Subject

ENTERPRISE, PREMISES, PATROL = "企业", "厂房", "巡查"
COMPLAINT, ADMISSION, SCORING = "举报", "准入", "考核"
"""What a form can be filled from."""

Fill = Callable[[Subject, Office], Sheet]


@frozen
class Form:
    """One form. Its module is loaded when it is filled."""

    name: str
    meaning: str
    sources: tuple[str, ...]
    example: str
    """What is typed after `swm form`."""
    templates: tuple[str, ...]
    module: str
    aliases: tuple[str, ...] = ()
    """Other names under which a clerk asks for it."""
    record: str = ""
    """Which record of the enterprise may be named; empty where none is."""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it is called."""
        return (self.name, *self.aliases)

    def fill(self, subject: Subject, office: Office) -> Sheet:
        """The form filled. Raises `Refused` where the record named is nothing to fill it from."""
        fill: Fill = import_module(f"swm.render.forms.{self.module}").fill
        return fill(subject, office)

    def blank(self, office: Office, variant: str = "") -> Sheet:
        """The form with nothing in it but the town's name."""
        return self.fill(Subject(variant=variant or self.name), office)

    def specimen(self, office: Office) -> Sheet:
        """The form filled from invented records, for trying a template out.

        The records name states and acts of the policy that is shipped; `office` needs it.
        """
        return self.specimens(office)[self.templates[0]]

    def specimens(self, office: Office) -> dict[str, Sheet]:
        """The same for each of its templates."""
        return {sheet.template: sheet for sheet in self._filled(office, lambda each: each)}

    def blanks(self, office: Office) -> dict[str, Sheet]:
        """Each of its templates with nothing in it."""
        sheets = [self.blank(office, variant) for variant in self.names]
        return {sheet.template: sheet for sheet in sheets}

    def odd(self, office: Office, words: Sequence[str]) -> dict[str, Sheet]:
        """The invented records with each of `words` where people may have written something."""
        odd = import_module("swm.render.forms.oddities").odd
        return {s.template: s for s in self._filled(office, lambda each: odd(each, words))}

    def _filled(self, office: Office, changed: Callable[[Subject], Subject]) -> Iterator[Sheet]:
        for subject in import_module("swm.render.forms.specimens").SUBJECTS[self.name]:
            yield self.fill(changed(subject()), office)


LETTERS = (
    "厂房出租保证书",
    "转租保证书",
    "村集体资产出租保证书",
    "闲置厂房看管保证书",
)

_ALL = (
    Form(
        name="保证书",
        meaning="房东向镇、村作出的保证；写保证书编号的按已签的填，写厂房的拟好待签；"
        "不写是哪一种的，按签订人的身份选",
        sources=(PREMISES, ENTERPRISE),
        example="保证书 CF-0001",
        templates=tuple(f"{name}.docx" for name in LETTERS),
        module="letters",
        aliases=LETTERS,
    ),
    Form(
        name="文书",
        meaning="限期清理、搬迁、整改等文书，附送达回证；作出机关无权责令的为告知书",
        sources=(ENTERPRISE,),
        example="文书 BK-0001 3",
        templates=("告知书.docx", "责令通知书.docx"),
        module="papers",
        aliases=("告知书", "通知书"),
        record="下达文书的动作；不写的，为待送达的一份或下一步的草稿",
    ),
    Form(
        name="送达回证",
        meaning="某一份文书的送达回证，已送达的填好，未送达的留空",
        sources=(ENTERPRISE,),
        example="送达回证 BK-0001 3",
        templates=("送达回证.docx",),
        module="services",
        record="下达文书的动作；不写的，为待送达的或最近的一份",
    ),
    Form(
        name="停租告知书",
        meaning="告知房东停止向“散乱污”企业出租、及时清退（方案五1）",
        sources=(PREMISES,),
        example="停租告知书 CF-0007",
        templates=("停租告知书.docx",),
        module="evictions",
        record="清退记录中的停租告知；不写的，为最近的一次或草稿",
    ),
    Form(
        name="移送函",
        meaning="把有关问题移送有权处理的机关",
        sources=(ENTERPRISE,),
        example="移送函 BK-0001 7",
        templates=("移送函.docx",),
        module="transfers",
        record="移送记录；不写的，为最近的一次或草稿",
    ),
    Form(
        name="巡查记录",
        meaning="一次到访（企业 第几条），或一次成组巡查（XC 编号）",
        sources=(ENTERPRISE, PATROL),
        example="巡查记录 BK-0001 5",
        templates=("巡查记录.docx",),
        module="patrols",
        record="巡查记录；不写的，为最近的一次",
    ),
    Form(
        name="夜查记录",
        meaning="一次夜查：带班领导、组员、时间、通知派出所和报告主要领导的情况",
        sources=(PATROL, ENTERPRISE),
        example="夜查记录 XC-2026-0003",
        templates=("夜查记录.docx",),
        module="nightpatrols",
        record="夜查记录；不写的，为最近的一次",
    ),
    Form(
        name="验收销号表",
        meaning="验收标准各项的完成情况（关停取缔类为“两断三清”）和销号的签批",
        sources=(ENTERPRISE,),
        example="验收销号表 BK-0001",
        templates=("验收销号表.docx",),
        module="closings",
        aliases=("两断三清验收表", "销号表"),
        record="销号记录；不写的，为现在的情况",
    ),
    Form(
        name="举报核查表",
        meaning="一件举报、交办的核查和处理；不含举报人、来源和来源单号",
        sources=(COMPLAINT,),
        example="举报核查表 JB-2026-0001",
        templates=("举报核查表.docx",),
        module="complaints",
        aliases=("核查表",),
    ),
    Form(
        name="准入审查表",
        meaning="一件准入申请的材料、建议、理由和结论",
        sources=(ADMISSION,),
        example="准入审查表 ZR-2026-0001",
        templates=("准入审查表.docx",),
        module="admissions",
        aliases=("审查表",),
    ),
    Form(
        name="一企一档",
        meaning="一家企业的全部档案：基本情况、记录目录和经过、文书、厂房、回头看、照片",
        sources=(ENTERPRISE,),
        example="一企一档 BK-0001",
        templates=("一企一档.docx",),
        module="dossiers",
        aliases=("档案",),
    ),
    Form(
        name="考核通报",
        meaning="村级考核结果的通报，按公布时存档的结果",
        sources=(SCORING,),
        example="考核通报 2026-Q3",
        templates=("考核通报.docx",),
        module="announcements",
        aliases=("通报",),
    ),
)

FORMS = {form.name: form for form in _ALL}
"""Every form by its name."""
