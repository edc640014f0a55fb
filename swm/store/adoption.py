"""adopt: take in what a person edited by hand, after checking, or own a commit made outside.

Profile fields, comments, rules and templates may be edited by hand. Records may not: a changed or
removed record is refused, and `correct` or `undo` named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from swm.domain.alterations import RECORDED
from swm.domain.appendonly import WHOLE, mended
from swm.domain.contents import ATTACHMENTS
from swm.domain.edits import Change
from swm.domain.fields import table
from swm.domain.guards import GUARDS
from swm.domain.kinds import kind_at
from swm.domain.policyfiles import PATHS as POLICY_PATHS
from swm.domain.policyfiles import read_policy
from swm.domain.policyproof import prove
from swm.domain.records import Enterprise, Premises
from swm.domain.reporttexts import is_text, read_text
from swm.domain.scoring import SCORING, read_scoring
from swm.domain.scoringproof import prove_scoring
from swm.domain.settings import PATH as SETTINGS_PATH
from swm.domain.settings import prove_settings, read_settings
from swm.domain.tables import TABLES, prove_tables, read_tables
from swm.errors import ERROR, Finding, Missing, Refused, Unreadable
from swm.store import waysout
from swm.store.adoptable import faults
from swm.store.breaches import breaches, lost_by
from swm.store.chronicle import REASON, handmade, last_readable, outside, read_bytes
from swm.store.ledger import Ledger, Progress
from swm.store.objects import blob_id
from swm.store.writing import Adopting, Recorded, take_in
from swm.store.yamlread import parse

if TYPE_CHECKING:
    from swm.domain.kinds import AnyFile

FREE = ("templates/",)
"""Folders whose files are the office's own."""
Judge = Callable[[str, bytes], Sequence[Missing]]


def adopt(
    ledger: Ledger, why: str, today: date, judge: Judge, progress: Progress | None = None
) -> Recorded:
    """One commit that takes in the uncommitted edits, or owns the oldest commit from outside.

    `judge` says what is wrong with a template, from its path and bytes. The files are checked as
    they would be, which takes as long as `swm check`; `progress` tells how far it is.
    Raises `Refused` with everything that cannot be taken in; nothing is then recorded.
    """
    dirty = ledger.dirty()
    if dirty:
        return take_in(ledger, lambda tx: _edits(ledger, tx, dirty, why, today, judge, progress))
    strangers = outside(ledger)
    if not strangers:
        raise Refused("没有需要采纳的改动：工作区与台账一致，也没有工具以外的提交")
    oldest = strangers[-1]
    change = Change(
        verb="adopt",
        subject=f"采纳工具以外的提交 {oldest.id[:10]}：{oldest.subject}",
        files={},
        body=(f"录入：{today}", f"{REASON}{why}"),
        recorded={"采纳": oldest.id},
        adopts=oldest.id,
    )
    return take_in(ledger, lambda _: change)


def _edits(
    ledger: Ledger,
    adopting: Adopting,
    dirty: list[str],
    why: str,
    today: date,
    judge: Judge,
    progress: Progress | None,
) -> Change:
    lost = lost_by(breaches(ledger.repo, handmade(ledger.history())))
    problems = [m for path in dirty for m in _objections(adopting, path, lost.get(path, {}))]
    problems += _template_objections(adopting, dirty, judge)
    problems += _rules_objections(adopting, dirty, today)
    problems += faults(adopting, ledger.root, dirty, today, progress)
    if problems:
        raise Refused("这些改动不能采纳", dict.fromkeys(problems))
    for path in dirty:
        adopting.take(path)
    head = dirty[0] if len(dirty) == 1 else f"{dirty[0]} 等{len(dirty)}个文件"
    return Change(
        verb="adopt",
        subject=f"采纳手工改动：{head}",
        files={},
        body=(f"录入：{today}", f"{REASON}{why}", "文件：" + "、".join(dirty)),
        recorded={"采纳": list(dirty)},
    )


def _objections(adopting: Adopting, path: str, lost: Mapping[str, list[Any]]) -> list[Missing]:
    """Why the edit of one file cannot be taken in. `lost` is what commits made outside the tool
    took away from it: that may be put back."""
    if path == SETTINGS_PATH or path.startswith("制度/") or path.startswith(FREE):
        return []
    if is_text(path):
        return _text_objections(adopting, path)
    working = adopting.working(path)
    if path.startswith(ATTACHMENTS) and working and blob_id(working) in lost.get(WHOLE, ()):
        return []
    if kind_at(path) is None:
        return [Missing(f"{path} 不是台账里手工可改的文件", "", "移出台账目录，或写进 .gitignore")]
    committed = adopting.committed
    if committed.text(path) is None and WHOLE not in lost:
        return [Missing(f"{path} 是新文件，登记要用命令", "", "见 swm --help")]
    if working is None:
        return [Missing(f"{path} 被删去，档案不能删", "", waysout.bring_back(path))]
    try:
        new = read_bytes(path, working)
    except Unreadable as bad:
        return [Missing(str(finding)) for finding in bad.findings] or [Missing(bad.message)]
    old = last_readable(committed.repo, committed.commit, path)
    if mended(old, new, lost):
        return _altered_by_hand(path, old, new)
    if old is None and WHOLE in lost:
        return [
            Missing(f"{path} 与删去以前的不同", "", "按 git 历史里的原样恢复，见 swm check 历史")
        ]
    return [*_record_objections(path, old, new), *_altered_by_hand(path, old, new)]


def _text_objections(adopting: Adopting, path: str) -> list[Missing]:
    """What is wrong with the words of a report; the file may be new, and may be removed."""
    data = adopting.working(path)
    if data is None:
        return []
    try:
        read_text(parse(data, path), path)
    except Unreadable as bad:
        return [Missing(str(finding)) for finding in bad.findings] or [Missing(bad.message)]
    return []


def _record_objections(path: str, old: AnyFile | None, new: AnyFile | None) -> list[Missing]:
    if not isinstance(old, Premises) and not isinstance(new, Premises) and old and new:
        if old.records != new.records:
            numbers = {r.number for r in old.records if r not in new.records}
            numbers |= {r.number for r in new.records if r not in old.records}
            listed = "、".join(f"第{n}条" for n in sorted(numbers))
            command = (
                f"先恢复该文件，再用 swm correct {old.id} N --why 原因 --set 键=值，或 swm undo"
            )
            return [Missing(f"{path} 的记录被改动（{listed}），记录只增不改", "", command)]
    if isinstance(old, Enterprise) and isinstance(new, Enterprise):
        if old.remediation != new.remediation:
            return [Missing(f"{path} 的“整治”由记录推得，不能手改", "", f"swm advance {old.id}")]
    if isinstance(old, Premises) and isinstance(new, Premises):
        if old.letters != new.letters:
            return [Missing(f"{path} 的保证书被改动，保证书只增不改", "", "swm letter add …")]
        if old.clearings != new.clearings:
            command = f"swm premises notice/clear/reported {old.id}"
            return [Missing(f"{path} 的清退记录被改动，清退记录只增不改", "", command)]
    return []


def _altered_by_hand(path: str, old: AnyFile | None, new: AnyFile | None) -> list[Missing]:
    """Name, operator and address change by a 变更 record, which keeps the old value to be found."""
    if not (isinstance(old, Enterprise) and isinstance(new, Enterprise)):
        return []
    return [
        Missing(
            f"{path} 的“{row.key}”被改动，变更要留下原值",
            "",
            f"先恢复该文件，再用 swm edit {old.id} --set {row.key}=新值",
        )
        for row in table(Enterprise)
        if row.key in RECORDED and getattr(old, row.attribute) != getattr(new, row.attribute)
    ]


def _template_objections(adopting: Adopting, dirty: list[str], judge: Judge) -> list[Missing]:
    """What is wrong with the templates as they would be."""
    edited = [(path, adopting.working(path)) for path in dirty if path.startswith(FREE)]
    return [m for path, data in edited if data is not None for m in judge(path, data)]


def _rules_objections(adopting: Adopting, dirty: list[str], today: date) -> list[Missing]:
    """The settings and rules as they would be: they must hang together."""
    if not any(p == SETTINGS_PATH or p.startswith("制度/") for p in dirty):
        return []

    def text(path: str) -> bytes | None:
        return adopting.working(path) if path in dirty else adopting.committed.text(path)

    try:
        trees = {p: parse(text(p) or b"", p) for p in (SETTINGS_PATH, *POLICY_PATHS)}
        findings: list[Finding] = list(prove_settings(read_settings(trees[SETTINGS_PATH])))
        policy = read_policy(trees)
        findings += prove(policy, GUARDS, today)
        if (scoring := text(SCORING)) is not None:
            findings += prove_scoring(read_scoring(parse(scoring, SCORING)), policy, today)
        if (tables := text(TABLES)) is not None:
            findings += prove_tables(read_tables(parse(tables, TABLES)))
    except Unreadable as bad:
        findings = list(bad.findings)
    return [Missing(str(finding)) for finding in findings if finding.level == ERROR]
