"""Files that are nothing but their records: made, mended, withdrawn, counted and checked alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from swm.domain.kinds import KINDS, kind_at, kind_of, path_of
from swm.store.ledger import find
from tests.scenario.transcript import screen

TODAY = "2026-03-10"
ADD = "swm activity add --kind 宣传 --title 入户发放明白纸 --copies 120 --on 2026-03-09"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    screen("swm init . --town 俵口镇 --villages 俵口村", TODAY, tmp_path)
    return tmp_path


def say(ledger: Path, command: str) -> str:
    return "\n".join(screen(command, TODAY, ledger))


def rows(ledger: Path) -> list[tuple[object, ...]]:
    found = find(ledger, ledger).facts().query("SELECT id, on_day, copies FROM activity")
    return [tuple(row) for row in found]


def test_an_id_says_where_its_file_lies() -> None:
    assert path_of("BK-0123") == "企业/BK-01/BK-0123.yaml"
    assert path_of("CF-10001") == "厂房/CF-100/CF-10001.yaml"
    assert path_of("HD-2026-0001") == "活动/2026/HD-2026-0001.yaml"
    for kind in KINDS:
        id = f"{kind.prefix or 'BK'}-2026-0001" if kind.yearly else f"{kind.prefix or 'BK'}-0001"
        assert kind_of(id) is kind
        assert kind_at(kind.path(id)) is kind and kind.id_of(kind.path(id)) == id
        assert kind.load().__name__ == kind.record


def test_it_is_recorded_counted_and_shown_in_the_log(ledger: Path) -> None:
    assert say(ledger, ADD).startswith("HD-2026-0001 宣传：入户发放明白纸 已记录")
    assert say(ledger, ADD).startswith("HD-2026-0002")
    assert rows(ledger) == [
        ("HD-2026-0001", "2026-03-09", 120),
        ("HD-2026-0002", "2026-03-09", 120),
    ]
    assert "活动 HD-2026-0001 宣传：入户发放明白纸" in say(ledger, "swm log HD-2026-0001")


def test_a_correction_names_what_it_mends(ledger: Path) -> None:
    say(ledger, ADD)
    assert "本来就是这样" in say(ledger, "swm correct HD-2026-0001 1 --set 份数=120 --why 试")
    assert "不是整数" in say(ledger, "swm correct HD-2026-0001 1 --set 份数=很多 --why 试")
    assert "没有第7条" in say(ledger, "swm correct HD-2026-0001 7 --set 份数=1 --why 试")
    told = say(ledger, "swm correct HD-2026-0001 1 --set 份数=210 --why 数错了")
    assert "更正 HD-2026-0001：第1条份数（第2条）" in told
    assert rows(ledger) == [("HD-2026-0001", "2026-03-09", 210)]
    say(ledger, "swm undo --why 原来是对的")
    assert rows(ledger) == [("HD-2026-0001", "2026-03-09", 120)]


def test_what_is_withdrawn_stays_in_the_file_and_counts_no_more(ledger: Path) -> None:
    say(ledger, ADD)
    assert "撤销 HD-2026-0001" in say(ledger, "swm undo --why 没有办成")
    assert rows(ledger) == []
    text = (ledger / "活动/2026/HD-2026-0001.yaml").read_text("utf-8")
    assert "入户发放明白纸" in text and "类型: 撤销" in text
    assert say(ledger, ADD).startswith("HD-2026-0002"), "a number is never used twice"


def test_a_changed_record_is_found_and_not_adopted(ledger: Path) -> None:
    say(ledger, ADD)
    place = ledger / "活动/2026/HD-2026-0001.yaml"
    place.write_text(place.read_text("utf-8").replace("120", "1200"), "utf-8")
    assert "记录只增不改" in say(ledger, "swm adopt --why 改数")
    place.write_text(place.read_text("utf-8").replace("序号: 1", "序号: 3"), "utf-8")
    told = json.loads(say(ledger, "swm check --json").rpartition("}")[0] + "}")
    assert any("缺少第1条" in json.dumps(f, ensure_ascii=False) for f in told["问题"])


def test_a_strange_village_and_a_day_to_come_are_refused(ledger: Path) -> None:
    assert "村名册里没有" in say(ledger, ADD + " --village 无名村")
    assert "晚于今天" in say(ledger, ADD.replace("2026-03-09", "2026-03-11"))
