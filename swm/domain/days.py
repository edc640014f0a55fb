"""Days and moments as clerks type them: 2026-10-03, 10月3日, 昨天, 21:30."""

from __future__ import annotations

import calendar as gregorian
import re
from datetime import date, datetime, time, timedelta

from swm.domain.fields import BadValue

EARLIEST, LATEST = 1950, 2100
"""Years outside are slips of the finger: 0026, 20260."""
_HALF_WIDTH = str.maketrans(
    "\u3000" + "".join(map(chr, range(0xFF01, 0xFF5F))), "".join(map(chr, range(0x20, 0x7F)))
)
_SPOKEN = {"今天": 0, "昨天": 1, "前天": 2}
_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        r"(?P<year>\d{4})(?P<sep>[-./])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})",
        r"(?P<month>\d{1,2})[-./](?P<day>\d{1,2})",
        r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
    )
)
_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2})|[点时](?:(\d{1,2})分?)?)", re.ASCII)
_JOINT = re.compile(r"(?<=[日号天])(?=\d)|(?<=\d)T(?=\d)", re.ASCII)
_DAY_HINT = "日期写作 2026-10-03、10-03、2026年10月3日、今天、昨天"
_MOMENT_HINT = "时间写作 2026-10-03 21:30，或 21:30"


def half_width(text: str) -> str:
    """Full-width digits, letters and signs as their ASCII twins, nothing else; ends trimmed."""
    return text.translate(_HALF_WIDTH).strip()


def parse_day(text: str, today: date) -> date:
    """The day that `text` names; without a year, the year of `today`, even if that lies ahead.

    Full-width digits and signs count. Raises `BadValue`, naming a day that does not exist.
    """
    typed = half_width(text)
    if typed in _SPOKEN:
        return today - timedelta(days=_SPOKEN[typed])
    for form in _FORMS:
        if m := form.fullmatch(typed):
            named = m.groupdict()
            return _day(text, int(named.get("year") or today.year), int(m["month"]), int(m["day"]))
    raise BadValue(f"“{text}”不是日期", _DAY_HINT)


def parse_moment(text: str, today: date, day: date | None = None) -> datetime:
    """The moment that `text` names: a day and a time, or a time on `day` (else `today`).

    Raises `BadValue`, also for a day without a time.
    """
    spaced = _JOINT.sub(" ", half_width(text))
    *before, last = spaced.split() or [""]
    on = parse_day("".join(before), today) if before else day or today
    return datetime.combine(on, _clock(text, last))


def _day(text: str, year: int, month: int, day: int) -> date:
    if not EARLIEST <= year <= LATEST:
        raise BadValue(f"“{text}”的年份 {year} 不合理", f"年份应在{EARLIEST}至{LATEST}之间")
    if not 1 <= month <= 12:
        raise BadValue(f"“{text}”不存在：没有{month}月", _DAY_HINT)
    last = gregorian.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise BadValue(f"“{text}”不存在：{year}年{month}月只有1日至{last}日", "请核对年、月、日")
    return date(year, month, day)


def _clock(text: str, typed: str) -> time:
    m = _CLOCK.fullmatch(typed)
    if m is None:
        is_day = typed in _SPOKEN or any(form.fullmatch(typed) for form in _FORMS)
        raise BadValue(f"“{text}”" + ("缺少时刻" if is_day else "不是时间"), _MOMENT_HINT)
    hour, minute = int(m[1]), int(m[2] or m[3] or 0)
    if hour > 23 or minute > 59:
        raise BadValue(f"“{text}”这一时刻不存在", "时为 0 至 23，分为 0 至 59；午夜写次日 00:00")
    return time(hour, minute)
