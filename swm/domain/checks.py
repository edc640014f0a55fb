"""The health of the files as they lie: named checks, each a rule, a function and an entry.

Every check looks at everything and yields all it finds, never only the first. 错误 means that the
ledger contradicts itself or its rules, 提醒 that somebody should have a look.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from swm.domain import checkcomplaints as complaints
from swm.domain import checkduties as duties
from swm.domain import checklettings as lettings
from swm.domain import checkpapers as papers
from swm.domain import checkpatrols as patrols
from swm.domain import checkrecords as records
from swm.domain import checkreferences as references
from swm.domain.checkmeasures import measures_fit
from swm.domain.checkmentions import mentions_exist
from swm.domain.checkpublic import public_files_fit
from swm.domain.checkreports import reports_hold
from swm.domain.contents import Contents
from swm.domain.guards import GUARDS
from swm.domain.policyproof import prove, prove_level
from swm.domain.reporttexts import texts_hold
from swm.domain.scoring import SCORING, read_scoring
from swm.domain.scoringproof import prove_scoring
from swm.domain.settings import prove_settings
from swm.domain.tables import TABLES, prove_tables, read_tables
from swm.errors import Finding, NotFound, Unreadable
from swm.frozen import frozen

Function = Callable[[Contents], Iterable[Finding]]


@frozen
class Check:
    """A check as people name it, what it promises, and how it looks."""

    name: str
    promise: str
    explanation: str
    function: Function


def readable(ledger: Contents) -> Iterator[Finding]:
    """Every file can be read and every field has its type."""
    yield from ledger.broken
    yield from texts_hold(ledger.trees)
    yield from measures_fit(ledger)


def policy_holds(ledger: Contents) -> Iterator[Finding]:
    """The rules of 制度/ hang together, and the rosters of swm.yaml do."""
    found = (
        *prove(ledger.policy, GUARDS, ledger.day),
        *_scoring_holds(ledger),
        *_tables_hold(ledger),
        *prove_settings(ledger.settings),
        *prove_level(ledger.policy, ledger.settings.delisted_by),
    )
    yield from (replace(finding, code="制度") for finding in found)


def _scoring_holds(ledger: Contents) -> Iterable[Finding]:
    """制度/考核.yaml, which a ledger may do without."""
    if SCORING not in ledger.trees:
        return ()
    try:
        scoring = read_scoring(ledger.trees[SCORING])
    except Unreadable as bad:
        return bad.findings
    return tuple(prove_scoring(scoring, ledger.policy, ledger.day))


def _tables_hold(ledger: Contents) -> Iterable[Finding]:
    """制度/表格.yaml, likewise."""
    if TABLES not in ledger.trees:
        return ()
    try:
        return tuple(prove_tables(read_tables(ledger.trees[TABLES])))
    except Unreadable as bad:
        return bad.findings


def names_exist(ledger: Contents) -> Iterator[Finding]:
    """Villages, premises, tenants and earlier enterprises that are named exist."""
    yield from references.names_exist(ledger)
    yield from mentions_exist(ledger)


CHECKS: tuple[Check, ...] = (
    Check(
        "字段",
        "每个文件都读得出来，每个字段都合格",
        "文件应是台账所用的 YAML 写法（UTF-8、LF，不用锚点、标签、重复的键），字段在字段表内，"
        "必填的都有值，日期、整数、可选值写法正确，坐标在我国范围内，面积是正数。读不出来的文件不影响查看其余，"
        "但不能据以出报表。月报/ 下各期的文字文件也在此列。按所列文件、行、字段改正后再查。",
        readable,
    ),
    Check(
        "制度",
        "制度文件互相对得上",
        "类别、状态、动作、前提、标准、期限、职权、依据所用的名称都存在；每个状态能够到达，"
        "也能离开或为终结；分段取值不断档、不重叠；引用的条款当日有效；村、网格、部门不重名。",
        policy_holds,
    ),
    Check(
        "路径",
        "文件的位置与编号一致",
        "企业 BK-0001 的文件是 企业/BK-00/BK-0001.yaml，位置不变，编号不重复使用。复制出来的"
        "文件不会自动成为另一家企业：新企业用 swm add 登记。",
        references.paths_fit,
    ),
    Check(
        "序号",
        "记录的序号从小到大，不重复、不缺号",
        "记录只增不改，序号不重复使用。序号重复或颠倒，说明有人直接改过记录；缺号说明有记录被删。"
        "记录有误的用 swm correct 更正，或用 swm undo 撤销，原记录都留着。",
        records.numbers_grow,
    ),
    Check(
        "记录",
        "记录之间的引用成立，日期合理",
        "第一条是登记或期初，且只有一条；更正、撤销、送达、处置、凭都指向本企业在前的记录；"
        "录入不早于发生，也不晚于今天。",
        records.references_hold,
    ),
    Check(
        "整治",
        "“整治”与各条记录推算的结果一致",
        "状态、类别、轮次、期限只由记录推算，“整治”是印在文件里的副本。两者不一致时以记录为准："
        "改回所列的值；认为记录不对的，用 swm correct 或 swm advance。",
        records.copy_is_the_fold,
    ),
    Check(
        "前提",
        "每个动作的前提在当时都成立",
        "按当时在前的记录，把每个动作的前提重新判断一遍（期初除外）。不成立的，要么当时的记录被改动、"
        "撤销，要么动作是直接写进文件的：补记缺少的事实，或撤销这个动作。",
        records.guards_hold,
    ),
    Check(
        "期限",
        "按日数推算的期限与放假安排一致",
        "以工作日计算或遇休息日顺延的期限要用放假安排。年度的安排还没有录入 制度/节假日.yaml 时，"
        "暂按周六、周日推算；录入以后推算的结果变了的，也在这里提醒。",
        records.deadlines_are_certain,
    ),
    Check(
        "文号",
        "本镇的文号不重复、不缺号",
        "本镇的文书按机关代字、年份编号，一个号只用一次；撤销的记录仍占用它的号，文书可能已经发出。"
        "重复的是错误，写错的用 swm correct 更正；中间缺号的只作提醒：可能用于其他工作，也可能有文书漏登。"
        "上级机关的文号不在此列。",
        papers.numbers_are_single,
    ),
    Check(
        "引用",
        "村、网格、厂房、承租企业、关联的企业和举报都存在",
        "企业和厂房所在的村应在 swm.yaml 的名册里（并入他村以后才登记的作提醒）；企业所写的厂房、"
        "厂房承租人和保证书承租人所写的企业编号、登记所写原址再生和异地转移的企业、核减所写的另一企业、"
        "据以登记的举报，都应有文件。",
        names_exist,
    ),
    Check(
        "保证书",
        "保证书由当日的房东签订，编号不混用",
        "签订人应是签订当日该厂房的房东、二手房东或村集体；同一编号只能是同一份保证书；"
        "有效期不早于签订日期。",
        references.letters_fit,
    ),
    Check(
        "巡查",
        "成组巡查与企业的巡查记录互相对得上",
        "巡查档案写明的每一条记录都在企业的档案里，也写着这次巡查的编号；日期、方式、人员和性质两边"
        "一致；巡查撤销的，企业的记录也一起撤销。两边不一致，多半是有人直接改过文件：用 swm correct "
        "巡查编号 1 更正，企业的记录会一起更正。",
        patrols.patrols_agree,
    ),
    Check(
        "清退",
        "清退的各步按顺序办理，不缺号",
        "停租告知、清退、报送按先后办理，序号从1起不缺号、不重复；承租人是在册的企业。"
        "记错的用 swm undo 撤销，原记录留着。",
        lettings.clearings_fit,
    ),
    Check(
        "准入",
        "准入所写的村、厂房、企业都存在",
        "准入的村应在名册里，厂房、相像的企业应有文件。记错的用 swm correct 更正。",
        lettings.admissions_fit,
    ),
    Check(
        "包保",
        "底数内的企业都落实了包保责任人，责任人都在任",
        "按 制度/期限.yaml 的“包保”，每家企业都要有人担任所列角色；名册里写了离任日期的人，名下不应还有"
        "企业。只作提醒：按村列出，用 swm assign 落实或换人。",
        duties.somebody_answers,
    ),
    Check(
        "代码和电话",
        "统一社会信用代码和电话不存疑、不重复",
        "按 GB 32100 的位数、字符和校验核对代码，按号码的长短核对电话；两家企业写了同一个代码或电话的"
        "列出来，请核对是不是同一家。只作提醒：存疑的照录，已核减的不算重复。",
        references.numbers_fit,
    ),
    Check(
        "活动和考核",
        "曝光的企业都有档案，零报告不重复，手工评分的村和项目都存在",
        "典型案例曝光所写的企业编号应有档案；一个村一个月只有一份零报告；手工评分的村应在名册里，"
        "项目应是考核办法里手工评分的项目，否则那一条不计分。有误的用 swm correct 更正。",
        public_files_fit,
    ),
    Check(
        "附件",
        "记录里的照片都在附件里",
        "照片按 SHA-256 存在 附件/ 下，存一次，不改动。缺少的，可能是同步或复制时漏了文件："
        "从备份或另一处台账找回。",
        references.photos_present,
    ),
    Check(
        "举报",
        "举报、交办的记录成立，没有超期",
        "涉及的企业、被重复的一件、所凭的企业记录都存在；没有核查的不能办结，属实的要有措施；"
        "文字里不能有电话、身份证号和举报人的话。未办结而超期的作提醒。",
        complaints.complaints_hold,
    ),
    Check(
        "印发",
        "印发的月报版次相连，底数与名单相符",
        "印发的数字不再改动；要更正的出更正版：swm report amend 月份 --why 原因 --approver 批准人。"
        "月报/ 下的文件被改过的，对照 git 历史改回。",
        reports_hold,
    ),
    Check(
        "原件",
        "记录里的原件都在 原件/ 下",
        "扫描件按 SHA-256 存在 原件/ 下，不进 git，也不随同步走。缺少的只作提醒：多半在另一台电脑上。"
        "内容对不对：swm original check。",
        complaints.originals_present,
    ),
    Check(
        "保密库",
        "保密库里的登记与举报对得上",
        "这台电脑有保密库的，每一件登记都应属于一件举报。登记时断电会留下无主登记，"
        "重新登记以后用 swm vault erase 删去。",
        complaints.vault_fits,
    ),
)


def run(ledger: Contents, names: Collection[str] = ()) -> list[Finding]:
    """All findings of the named checks, or of all; by path and line within each check.

    Raises `NotFound` for a check that does not exist.
    """
    chosen = [check_named(name) for name in dict.fromkeys(names)] or CHECKS
    return [finding for check in chosen for finding in sorted(check.function(ledger), key=_place)]


def check_named(name: str) -> Check:
    """The check of that name; raises `NotFound`."""
    for check in CHECKS:
        if check.name == name:
            return check
    raise NotFound(f"没有“{name}”这项检查", "可用：" + "、".join(c.name for c in CHECKS))


def explain(names: Sequence[str] = ()) -> str:
    """What the named checks, or all of them, look for, and what to do about a finding."""
    chosen = [check_named(name) for name in names] or CHECKS
    return "\n\n".join(f"{c.name}：{c.promise}。\n{c.explanation}" for c in chosen)


def _place(finding: Finding) -> tuple[str, int]:
    return finding.path, finding.line or 0
