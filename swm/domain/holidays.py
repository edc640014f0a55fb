"""制度/节假日.yaml: the State Council's yearly notice, copied festival by festival."""

from __future__ import annotations

from datetime import date

from swm.domain.fields import DATE, NAME, NUMBER, TEXT, ListOf, Many, key
from swm.frozen import declared

STATUTORY, BRIDGE, MAKEUP = "法定", "调休放假", "调休上班"
"""What a day may be. Only 法定 is a 法定节假日 in the sense of 行政强制法 43; 调休放假 is a day
off all the same, 调休上班 a weekend on which offices work."""


@declared
class Festival:
    """One paragraph of the notice: 春节, its statutory days, the days moved around it."""

    name: str = key("节日", NAME, "节日的名称", required=True)
    statutory: tuple[date, ...] = key("法定", ListOf(DATE), "法定节假日当日", required=True)
    bridge: tuple[date, ...] = key("调休放假", ListOf(DATE), "随之放假的其他日子，含相连的周末")
    makeup: tuple[date, ...] = key("调休上班", ListOf(DATE), "因调休上班的周六、周日")

    @property
    def days(self) -> tuple[tuple[date, str], ...]:
        """Every day of the festival and what it is."""
        kinds = ((STATUTORY, self.statutory), (BRIDGE, self.bridge), (MAKEUP, self.makeup))
        return tuple((day, kind) for kind, days in kinds for day in days)


@declared
class HolidayYear:
    """One year's arrangement and the notice that made it."""

    year: int = key("年", NUMBER, "年份", required=True)
    source: str = key("来源", TEXT, "所据通知的名称和文号", required=True)
    festivals: tuple[Festival, ...] = key("安排", Many(Festival), "各节日的安排", required=True)


@declared
class Holidays:
    """制度/节假日.yaml. A year that is missing is unknown, never guessed."""

    years: tuple[HolidayYear, ...] = key("年度", Many(HolidayYear), "各年的放假安排", required=True)
