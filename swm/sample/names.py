"""Invented people, firms, places and numbers, distinct for ten thousand enterprises.

Nobody is really called 苗甲午: given names are made of the heavenly stems, the earthly branches
and the five elements, so that no living person can find himself in the sample. Telephone numbers
begin with 1400000 (the 140 block belongs to machines, not to people), and the 行政区划 in the
统一社会信用代码 exists nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, cycle, product
from random import Random

from swm.domain.identifiers import doubt_uscc, uscc_check_character

SURNAMES = (
    "苗柳凤花方俞任袁酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危"
    "江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪"
)
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ELEMENTS = "金木水火土"

VILLAGES = (
    "俵口村",
    "苇湾村",
    "鹭洲村",
    "雁滩村",
    "荷坨村",
    "柳叶庄村",
    "前埝村",
    "后埝村",
    "小海子村",
    "碱蓬庄村",
    "渔歌村",
    "菱角洼村",
)
_LUCKY = "兴顺永宏鑫瑞德福盛茂广昌隆裕聚万恒泰和义诚信源通"
_RISING = "旺发达利丰成来庆安康华荣升祥润合远凯博众"
_SIDES = ("村东", "村西", "村南", "村北", "村中")
_ROADS = ("工业路", "排干路", "老坨路", "旧砖窑路", "养殖小区路", "大埝路", "机耕路", "扬水站路")


class Names:
    """Streams of invented names, each given out once as long as the supply lasts."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._operators = self._people(STEMS, BRANCHES)
        self._landlords = self._people(BRANCHES, ELEMENTS)
        self._officers = self._people(STEMS, ELEMENTS)
        self._phone_numbers = count(rng.randrange(1000, 9000))
        self._codes = count(rng.randrange(10_000, 60_000))
        self._taken: set[str] = set()

    def _people(self, first: str, second: str) -> Iterator[str]:
        pool = ["".join(parts) for parts in product(SURNAMES, first, second)]
        self._rng.shuffle(pool)
        return cycle(pool)

    def operator(self) -> str:
        """Who runs a workshop: 14,000 of them before a name comes again."""
        return next(self._operators)

    def landlord(self) -> str:
        """Who lets a workshop's premises."""
        return next(self._landlords)

    def officer(self) -> str:
        """Somebody of the town or of a village."""
        return next(self._officers)

    def phone(self) -> str:
        """A number that looks like a mobile telephone's and is nobody's."""
        return f"140{next(self._phone_numbers):08d}"

    def uscc(self) -> str:
        """A code whose check characters are right, of a district that does not exist."""
        stem = f"92129900MA0{next(self._codes):05d}"
        codes = (stem + check for check in "0123456789X")
        whole = (code + uscc_check_character(code) for code in codes)
        return next(code for code in whole if doubt_uscc(code) is None)

    def firm(self, village: str, works: str) -> str:
        """俵口兴旺金属加工厂: village, two lucky characters, what it does."""
        place = village.removesuffix("村").removesuffix("庄")
        while True:
            mark = self._rng.choice(_LUCKY) + self._rng.choice(_RISING)
            name = f"{place}{mark}{works}"
            if name not in self._taken:
                self._taken.add(name)
                return name

    def address(self) -> str:
        """村东工业路3号院."""
        side, road = self._rng.choice(_SIDES), self._rng.choice(_ROADS)
        return f"{side}{road}{self._rng.randrange(1, 190)}号院"

    def position(self, village: str) -> str:
        """经度,纬度 within a kilometre or so of the village's own point."""
        row, column = divmod(VILLAGES.index(village), 4)
        east = 117.58 + 0.035 * column + self._rng.uniform(-0.012, 0.012)
        north = 39.29 + 0.03 * row + self._rng.uniform(-0.01, 0.01)
        return f"{east:.5f},{north:.5f}"
