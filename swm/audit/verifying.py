"""A report's file against the ledger: made again from what the file says of itself, and compared.

What the file says of itself is a claim. Where it claims to be an edition, it is made again from
what is on file of that edition, so that every claim that is not true shows as a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain

from swm.audit.differences import NONE, Difference, differences, listed, same_parts
from swm.audit.issuing import Writer, edition_of, hashed, made
from swm.audit.provenance import kept
from swm.audit.publishing import again_of, made_public, notice_on
from swm.audit.reports import PROGRAM, report_on
from swm.audit.telling import NAMES, about, kind_of
from swm.domain.fields import NAME, BadValue, read_scalar
from swm.domain.noticeissues import month_of
from swm.domain.periods import MONTH as MONTHS
from swm.domain.periods import Period, parse_period
from swm.domain.reportrecords import FileHash, Issued, Published
from swm.errors import NotFound, Unreadable
from swm.frozen import frozen
from swm.render.provenance import AUDIENCE, EDITION, MONTH, NUMBER, UP_TO, VERSION
from swm.render.provenance import PROGRAM as MAKER
from swm.render.public import TIME
from swm.reports.audiences import PUBLIC
from swm.store.ledger import Ledger

ON_FILE = "登记的 SHA-256"
PACKED = ("docx", "xlsx")
Progress = Callable[[int, int], None] | None


@frozen
class Verdict:
    """What came of it: nothing differs, or where."""

    about: Mapping[str, str]
    identical: bool
    """The very bytes, or the same parts where the archive was packed anew."""
    differences: tuple[Difference, ...] = ()
    more: bool = False
    """Whether there are more differences than are listed."""
    repacked: bool = False
    """Whether only the parts are the same, not the bytes around them."""
    registered: str = ""
    """首次印发 or 更正版第1次 on whose record stands the SHA-256 of this very file; for a notice also
    when it was put out and who approved it."""
    like: str = ""
    """The same, where it is the SHA-256 of the file from which this one was packed anew."""
    unfiled: bool = False
    """Whether it claims to be an edition that is not on file."""
    signed: str = ""
    """When it was registered as the 定稿 of an edition: worded otherwise, with the same numbers."""

    @property
    def draft(self) -> bool:
        """Whether it was not issued and does not claim to be."""
        issued = EDITION in self.about or self.registered or self.like
        return not issued and self.about[AUDIENCE] != PUBLIC


def verify(
    ledger: Ledger,
    data: bytes,
    writers_for: Callable[[str], Mapping[str, Writer]],
    progress: Progress = None,
) -> Verdict:
    """Whether the file is what the ledger makes; `writers_for` an audience make the formats.

    Raises `Unreadable` where that can't be told.
    """
    kind = kind_of(data)
    told = about(data, kind)
    writers = writers_for(told[AUDIENCE])
    if kind not in writers:
        raise Unreadable(f"本机不能生成 {kind}，不能核对")
    editions = _editions(ledger, told)
    issued = _claimed(editions, told, data)
    if unfiled := _unfiled(ledger, told, editions, issued):
        return Verdict(told, False, (unfiled,), unfiled=True)
    require_program(told[MAKER])
    if issued and issued.program != PROGRAM:
        return Verdict(told, False, (Difference(MAKER, told[MAKER], issued.program),))
    fresh = again(ledger, told, issued, kind, writers[kind], progress)
    registered = _registered(ledger, told, data)
    repacked = fresh != data and kind in PACKED and same_parts(data, fresh)
    if fresh == data or repacked:
        wrong = _otherwise_on_file(issued, kind, fresh)
        like = _registered(ledger, told, fresh) if repacked else ""
        return Verdict(told, not wrong, wrong, False, repacked, registered, like)
    claims = () if kind == "json" else _claims(told, fresh, kind)
    found, more = listed(chain(claims, differences(kind, data, fresh)))
    signed = _signed(ledger, told, data)
    return Verdict(told, False, found, more, registered=registered, signed=signed)


def require_program(program: str) -> None:
    """Raise `Unreadable` unless it was this version that made the file."""
    if program != PROGRAM:
        raise Unreadable(
            f"这份报告由 {program} 生成，本机是 {PROGRAM}，不能逐字节核对",
            hint=f"请在装有 {program} 的电脑上核对",
        )


def again(
    ledger: Ledger,
    told: Mapping[str, str],
    issued: Issued | None,
    kind: str,
    writer: Writer,
    progress: Progress,
) -> bytes:
    """The file made once more: an edition from what is on file of it, anything else from the
    commit that it names. Raises `Unreadable`."""
    commit = _commit(ledger, issued.version if issued else told[VERSION])
    period = _as_far_as_told(_period(told, ledger.snapshot(commit).settings.cutoff), told)
    facts = ledger.facts(commit, progress, anew=True)
    if told[AUDIENCE] == PUBLIC:
        filed = _again(ledger, told)
        notice = notice_on(ledger, facts, period, again_of(filed) if filed else None)
        return made_public(ledger, notice, {kind: writer}).files[kind]
    if issued is None:
        report = report_on(ledger, facts, period, told[AUDIENCE], number=_number(told))
    else:
        edition = edition_of(issued)
        report = report_on(ledger, facts, period, issued.audience, edition=edition)
    return made(ledger, report, {kind: writer}).files[kind]


def _commit(ledger: Ledger, version: str) -> str:
    """The commit, which HEAD must rest on: what lies beside its history is nobody's record."""
    try:
        commit = ledger.resolve(version)
    except NotFound as error:
        raise Unreadable(
            f"这本台账里没有报告所依据的版本 {version[:10]}",
            hint="报告可能出自另一本台账，或者历史不全、被改写过",
        ) from error
    if not ledger.repo.is_ancestor(commit, ledger.head()):
        raise Unreadable(
            f"报告所依据的版本 {version[:10]} 不在台账现在的历史里",
            hint="报告可能出自没有并入的分支，或者历史被改写过",
        )
    return commit


def _period(told: Mapping[str, str], cutoff: int | None = None) -> Period:
    try:
        return parse_period(told[MONTH], cutoff)
    except BadValue as error:
        raise Unreadable(f"报告里的期间“{told[MONTH]}”不对，不能核对") from error


def _as_far_as_told(period: Period, told: Mapping[str, str]) -> Period:
    """The period as far as the file's numbers go. Raises `Unreadable`."""
    day = told.get(UP_TO)
    try:
        return period.up_to(date.fromisoformat(day)) if day else period
    except ValueError as error:
        raise Unreadable(f"报告里的“{UP_TO}”不对，不能核对") from error


def _number(told: Mapping[str, str]) -> str | None:
    """A 文号 that could have been typed for a draft; nobody can type who signs it."""
    try:
        return read_scalar(NAME, told.get(NUMBER, "")) or None
    except BadValue:
        return None


# --- what is on file --------------------------------------------------------------------------


def _editions(ledger: Ledger, told: Mapping[str, str]) -> tuple[Issued, ...]:
    """What was issued of the month that the file names; a notice is no edition."""
    period = _period(told)
    if told[AUDIENCE] == PUBLIC or period.kind != MONTHS:
        return ()
    report = kept(ledger.snapshot(), period.code)
    return report.editions if report else ()


def _claimed(editions: Iterable[Issued], told: Mapping[str, str], data: bytes) -> Issued | None:
    """The edition that the file is by its SHA-256, else the one that it says it is."""
    return next((each for each in editions if _holds(each.files, data)), None) or next(
        (each for each in editions if str(each.edition) == told.get(EDITION)), None
    )


def _holds(files: Iterable[FileHash], data: bytes) -> bool:
    return hashed("", data).sha256 in {each.sha256 for each in files}


def _unfiled(
    ledger: Ledger, told: Mapping[str, str], editions: tuple[Issued, ...], issued: Issued | None
) -> Difference | None:
    """What the file claims to be and is not on file: an edition, or a notice that went up again."""
    if told[AUDIENCE] != PUBLIC:
        if issued or EDITION not in told:
            return None
        last = f"只登记到第{editions[-1].edition}版" if editions else "没有登记印发"
        return Difference(EDITION, f"第{told[EDITION]}版", f"（{last}）")
    if _time(told) == 1:
        return None
    notice = _again(ledger, told)
    if notice is None:
        notices = _notices(ledger, told)
        last = f"只登记到第{notices[-1].time}次" if notices else "没有登记公示"
        return Difference(TIME, f"第{_time(told)}次", f"（{last}）")
    same = notice.version == told[VERSION]
    return None if same else Difference(VERSION, told[VERSION], notice.version)


def _otherwise_on_file(issued: Issued | None, kind: str, fresh: bytes) -> tuple[Difference, ...]:
    """Where the file as it is made again is not the one that was registered."""
    filed = [each for each in issued.files if each.name.endswith(f".{kind}")] if issued else []
    if not filed or _holds(filed, fresh):
        return ()
    return (Difference(ON_FILE, hashed("", fresh).sha256, filed[0].sha256),)


def _signed(ledger: Ledger, told: Mapping[str, str], data: bytes) -> str:
    """The day on which this very file was registered as a 定稿."""
    period = _period(told)
    report = kept(ledger.snapshot(), period.code) if period.kind == MONTHS else None
    finals = report.finals if report else ()
    return next((str(each.on) for each in finals if _holds([each.file], data)), "")


def _registered(ledger: Ledger, told: Mapping[str, str], data: bytes) -> str:
    """As what this very file left the house."""
    if told[AUDIENCE] != PUBLIC:
        editions = _editions(ledger, told)
        return next((each.title for each in editions if _holds(each.files, data)), "")
    for notice in _notices(ledger, told):
        if _holds(notice.files, data):
            return f"{notice.title}，{notice.on}，{notice.approval.person}批准"
    return ""


def _notices(ledger: Ledger, told: Mapping[str, str]) -> tuple[Published, ...]:
    """The notices that are on file for the period that the file names."""
    cutoff = ledger.snapshot(_commit(ledger, told[VERSION])).settings.cutoff
    period = _period(told, cutoff)
    report = kept(ledger.snapshot(), month_of(period, cutoff))
    return report.published_on(period.code) if report else ()


def _again(ledger: Ledger, told: Mapping[str, str]) -> Published | None:
    """The notice on file that it says it is, where it went up again; None for a first one."""
    time = _time(told)
    found = _notices(ledger, told) if time > 1 else ()
    return next((notice for notice in found if notice.time == time), None)


def _time(told: Mapping[str, str]) -> int:
    """Which notice on its period it says it is."""
    text = told.get(TIME, "")
    return int(text) if text.isdecimal() else 1


# --- what differs -----------------------------------------------------------------------------


def _claims(told: Mapping[str, str], fresh: bytes, kind: str) -> Iterator[Difference]:
    """What the file says of itself otherwise than the one made again does."""
    try:
        true = about(fresh, kind)
    except Unreadable:  # a template of the office's own may leave it out
        return
    for name in NAMES:
        if told.get(name) != true.get(name):
            yield Difference(name, told.get(name, NONE), true.get(name, NONE))
