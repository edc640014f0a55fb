"""`check` on complaints as they lie; what `due` and `adopt` say of them; list and show."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.scenario.transcript import screen

DAY, LATER = "2026-03-02", "2026-03-20"
FILE = "举报/2026/JB-2026-0001.yaml"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    for command in (
        "swm init . --town 俵口镇 --villages 俵口村",
        "swm add --name 俵口兴旺金属加工厂 --village 俵口村 --category 关停取缔",
        "swm complaint add --source 上级交办 --village 俵口村 --text 夜间喷漆 --due 2026-03-10 "
        "--about 1 --source-no 区〔2026〕7号",
    ):
        told = screen(command, DAY, tmp_path)
        assert not told[-1].startswith("["), told
    return tmp_path


def checked(ledger: Path, day: str = DAY) -> str:
    return "".join(line.strip() for line in screen("swm check 举报", day, ledger))


def grow(ledger: Path, record: str) -> None:
    place = ledger / FILE
    place.write_text(place.read_text("utf-8") + record, "utf-8")


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ("  - 序号: 2\n    类型: 办结\n    日期: 2026-03-02\n    结果: 已办\n", "至少两人的核查"),
        (
            "  - 序号: 2\n    类型: 核查\n    日期: 2026-03-02\n    人员: [甲]\n    结论: 属实\n"
            "    发现: 喷漆\n",
            "至少两人的核查（现为1人）",
        ),
        (
            "  - 序号: 2\n    类型: 核查\n    日期: 2026-03-02\n    人员: [甲, 乙]\n"
            "    结论: 属实\n    发现: 找13912345678核实\n",
            "“发现”里有手机号",
        ),
        (
            "  - 序号: 2\n    类型: 关联\n    日期: 2026-03-02\n    涉及: [BK-0009]\n",
            "没有编号为 BK-0009 的企业",
        ),
        (
            "  - 序号: 2\n    类型: 关联\n    日期: 2026-03-02\n    涉及: [BK-0001]\n"
            "    凭: [BK-0001第9条]\n",
            "BK-0001 没有有效的第9条记录",
        ),
        ("  - 序号: 2\n    类型: 转办\n    日期: 2026-03-01\n    承办: 环保办\n", "早于收件"),
    ],
)
def test_what_was_written_by_hand_is_found(ledger: Path, record: str, told: str) -> None:
    assert checked(ledger) == "没有发现问题"
    grow(ledger, record)
    found = checked(ledger)
    assert told in found and "错误 1 条" in found


def test_overdue_is_a_reminder_from_the_day_after(ledger: Path) -> None:
    assert checked(ledger, "2026-03-10") == "没有发现问题"
    assert "待核查，超期1天" in checked(ledger, "2026-03-11")


def test_a_duplicate_of_nothing_is_found(ledger: Path) -> None:
    place = ledger / FILE
    text = place.read_text("utf-8").replace("    期限:", "    重复于: JB-2026-0007\n    期限:")
    place.write_text(text, "utf-8")
    assert "没有编号为 JB-2026-0007" in checked(ledger)


def test_due_lists_open_complaints_after_the_enterprises(ledger: Path) -> None:
    told = screen("swm due", LATER, ledger)
    assert told[0] == "超期 0 家，30日内到期 0 家"
    assert told[-3] == "举报、交办（1）"
    assert told[-2] == "  JB-2026-0001（俵口村）：待核查，办理期限已过10天"
    document = json.loads("\n".join(screen("swm due --json", LATER, ledger)))
    assert [c["编号"] for c in document["举报、交办"]] == ["JB-2026-0001"]
    assert screen("swm due --within 3", DAY, ledger) == ["超期 0 家，3日内到期 0 家"]


def test_the_list_says_neither_source_nor_number(ledger: Path) -> None:
    told = "\n".join(screen("swm complaint list", DAY, ledger))
    assert "上级交办" not in told and "〔2026〕" not in told
    assert "区〔2026〕7号" in "\n".join(screen("swm complaint show 1", DAY, ledger))
    assert "区〔2026〕7号" not in "\n".join(screen("swm complaint list --json", DAY, ledger))


def test_what_is_asked_for_is_listed(ledger: Path) -> None:
    def listed(pick: str, day: str = LATER) -> str:
        return screen(f"swm complaint list --only {pick}", day, ledger)[-1]

    assert listed("超期") == "共 1 件：待核查 1；超期 1"
    assert listed("未核查") == "共 1 件：待核查 1；超期 1"
    assert listed("未答复") == "共 0 件"
    assert listed("超期", DAY) == "共 0 件"


def test_an_edit_by_hand_with_an_id_number_is_not_adopted(ledger: Path) -> None:
    place = ledger / "企业/BK-00/BK-0001.yaml"
    text = place.read_text("utf-8").replace("村: ", "# 郑某120221197001010019\n村: ", 1)
    place.write_text(text, "utf-8")
    told = screen("swm adopt --why 补注", DAY, ledger)
    assert told[-1] == "[1]" and "身份证号不进台账" in told[0]
    assert "120221197001010019" not in "\n".join(told)


@pytest.mark.parametrize("name", ["<b>粗</b>&", "{{ 7*7 }}", "[red]红[/red]"])
def test_hostile_words_are_shown_as_they_are(ledger: Path, name: str) -> None:
    screen(f"swm complaint hand 1 --to '{name}'", DAY, ledger)
    assert name in "\n".join(screen("swm complaint show 1", DAY, ledger))


@pytest.mark.parametrize("hidden", ["\x1b[31m红", "左\u202e右"])
def test_hidden_characters_are_refused_in_names_and_shown_in_texts(
    ledger: Path, hidden: str
) -> None:
    refused = screen(f"swm complaint hand 1 --to '{hidden}'", DAY, ledger)
    assert refused[-1] == "[1]" and hidden not in "\n".join(refused)
    told = screen(f"swm complaint hand 1 --to 环保办 --note '{hidden}'", DAY, ledger)
    shown = "\n".join(screen("swm complaint show 1", DAY, ledger))
    assert hidden not in "\n".join(told) + shown


def test_undo_takes_the_lead_back_with_the_complaint(ledger: Path) -> None:
    screen("swm undo --why 登记错了", DAY, ledger)
    assert "登记已撤销" in screen("swm complaint show 1", DAY, ledger)[0]
    firm = "\n".join(screen("swm show 1", DAY, ledger))
    assert "线索：JB-2026-0001【已由第3条撤销】" in firm
    assert screen("swm check 举报", DAY, ledger) == ["没有发现问题"]
    assert screen("swm complaint list", DAY, ledger) == ["共 0 件"]
    again = screen("swm complaint verify 1 --by 甲,乙 --conclusion 属实 --found 喷漆", DAY, ledger)
    assert again[-1] == "[1]" and "撤销" in again[1]
