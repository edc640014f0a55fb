"""月报/2026/10-文字.yaml: what people write into one report. Numbers in it are the writer's own.

Every report may have one such file: 月报/2026/Q3-文字.yaml for a quarter, W41-文字.yaml for a week,
年-文字.yaml for a year, 2026-10-01..2026-10-15-文字.yaml for a range. It is edited by hand and
taken in by `swm adopt`; a report reads the one of the commit that it reports on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from swm.domain.fields import DATE, NAME, PERSON, TEXT, BadValue, Kind, ListOf, key, read
from swm.domain.kinds import TEXTS
from swm.domain.periods import RANGE, YEAR, Period, parse_period
from swm.domain.tree import Map, Node
from swm.errors import ERROR, Finding, Unreadable
from swm.frozen import declared

FOLDER = "月报/"
_PLACE = re.compile(FOLDER + r"(?P<year>\d{4})/(?P<period>[^/]+)" + re.escape(TEXTS), re.ASCII)


def _code(text: str) -> str:
    return parse_period(text).code


CODE = Kind("期间，如 2026-10、2026-Q3", _code)
PARAGRAPHS = ListOf(TEXT)


@declared
class ReportText:
    """文字: what people write into one report; each list holds paragraphs."""

    period: str = key("期间", CODE, "与文件名一致", required=True)
    number: str | None = key("文号", NAME, "发文字号，如 俵整〔2026〕8号")
    signer: str | None = key("签发人", PERSON, "这一期的签发人；不写就用 swm.yaml 的")
    to: str | None = key("主送", NAME, "这一期的主送机关；不写就用 swm.yaml 的")
    dated: date | None = key("成文日期", DATE, "不写就是期末那一天")
    overview: tuple[str, ...] = key("总体情况", PARAGRAPHS, "补在“总体情况”之后的段落")
    patrols: tuple[str, ...] = key("排查巡查", PARAGRAPHS, "补在“排查巡查与夜查”之后")
    deadlines: tuple[str, ...] = key("分类整治", PARAGRAPHS, "补在“分类整治与限期”之后")
    enforcement: tuple[str, ...] = key("联合执法", PARAGRAPHS, "补在“联合执法、移送与销号”之后")
    look_backs: tuple[str, ...] = key("回头看", PARAGRAPHS, "补在“回头看与回潮”之后")
    assignments: tuple[str, ...] = key("包保责任", PARAGRAPHS, "补在“包保责任与网格”之后")
    letters: tuple[str, ...] = key("厂房保证书", PARAGRAPHS, "补在“出租厂房与保证书”之后")
    complaints: tuple[str, ...] = key("举报交办", PARAGRAPHS, "补在“举报投诉与上级交办”之后")
    admissions: tuple[str, ...] = key("源头准入", PARAGRAPHS, "补在“源头准入”之后")
    activities: tuple[str, ...] = key("宣传培训", PARAGRAPHS, "补在“宣传、培训与会议”之后")
    scores: tuple[str, ...] = key("村级考核", PARAGRAPHS, "补在“村级考核”之后")
    problems: tuple[str, ...] = key("存在问题", PARAGRAPHS, "代替起草的“存在问题”，每项一条")
    next_steps: tuple[str, ...] = key("下一步工作", PARAGRAPHS, "代替起草的“下一步工作”，每项一条")
    note: str | None = key("附注", TEXT, "印在成文日期之下的附注，不用写括号")


def path_of(period: Period) -> str:
    """Where the texts of the report on `period` lie."""
    if period.kind == RANGE:
        return f"{FOLDER}{period.end.year}/{period.code}{TEXTS}"
    year, _, rest = period.code.partition("-")
    return f"{FOLDER}{year}/{rest if period.kind != YEAR else '年'}{TEXTS}"


def period_at(path: str) -> str | None:
    """The code of the period whose texts lie at `path`; None where the name is none of ours."""
    found = _PLACE.fullmatch(path)
    if found is None:
        return None
    year, named = found["year"], found["period"]
    code = year if named == "年" else named if ".." in named else f"{year}-{named}"
    try:
        period = parse_period(code)
    except BadValue:
        return None
    return period.code if path_of(period) == path else None


def is_text(path: str) -> bool:
    """Whether a ledger's file is, by its name, the texts of a report."""
    return path.startswith(FOLDER) and path.endswith(TEXTS)


def read_text(node: Node, path: str) -> ReportText:
    """The texts that the file at `path` holds. Raises `Unreadable` with every finding."""
    code = period_at(path)
    if code is None:
        hint = "写作 月报/2026/10-文字.yaml、Q3-文字.yaml、W41-文字.yaml 或 年-文字.yaml"
        finding = Finding("文件", ERROR, path, None, "", "文件名不是一个期间", hint)
        raise Unreadable(f"{path} 的文件名不是一个期间", [finding], hint)
    text = read(ReportText, node, path)
    if text.period != code:
        line = node.lines.get("期间") if isinstance(node, Map) else None
        told = f"写的是 {text.period}，文件名却是 {code} 的"
        raise Unreadable(
            f"{path} 读不了", [Finding("字段", ERROR, path, line, "期间", told, f"改成 {code}")]
        )
    return text


def texts_hold(trees: Mapping[str, Node]) -> Iterable[Finding]:
    """What is wrong with the texts among the ledger's files."""
    for path in sorted(path for path in trees if is_text(path)):
        try:
            read_text(trees[path], path)
        except Unreadable as bad:
            yield from bad.findings


def paragraphs(texts: Iterable[str]) -> tuple[str, ...]:
    """The paragraphs that people wrote: an item of several lines is as many paragraphs."""
    lines = (line.strip() for text in texts for line in text.split("\n"))
    return tuple(line for line in lines if line)
