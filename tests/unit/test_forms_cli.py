"""`swm form` in real ledgers: what stands in the files is what stands in the records."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from PIL import Image

from swm.cli.main import run
from tests.data.forms import told
from tests.scenario.transcript import surroundings

TODAY = "2026-11-20"
COMMON = ("一企一档", "验收销号表", "巡查记录", "夜查记录", "文书", "送达回证", "移送函", "保证书")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small township that has been played out."""
    folder = tmp_path_factory.mktemp("demo")
    with surroundings(folder, SWM_TODAY=TODAY):
        assert run(["demo", "台账", "--enterprises", "20", "--months", "6"]) == 0
    return folder / "台账"


def swm(folder: Path, *words: str, today: str = TODAY) -> tuple[int, str]:
    with surroundings(folder, SWM_TODAY=today) as shown:
        code = run([*words])
    return code, shown.getvalue()


def written(folder: Path, screen: str) -> bytes:
    """The Word file whose place the screen names."""
    place = next(line for line in screen.splitlines() if line.endswith(".docx"))
    return (folder / place).read_bytes()


def form(folder: Path, *words: str) -> str:
    """The text of the Word file that a form was written to."""
    code, screen = swm(folder, "form", *words)
    assert code == 0, screen
    return told(written(folder, screen))


def read(folder: Path, *words: str) -> dict[str, Any]:
    with surroundings(folder, SWM_TODAY=TODAY) as shown:
        assert run([*words, "--json"]) == 0
    found: dict[str, Any] = json.loads(shown.getvalue())
    return found


def firms(folder: Path) -> list[dict[str, Any]]:
    """One enterprise of each state."""
    every = read(folder, "list")["企业"]
    return list({firm["状态"]: firm for firm in every}.values())


@pytest.mark.parametrize("name", COMMON)
def test_every_form_is_filled_or_says_why_not_for_every_state(demo: Path, name: str) -> None:
    filled = 0
    for firm in firms(demo):
        code, screen = swm(demo, "form", name, firm["编号"])
        assert code in (0, 1), screen
        if code == 0:
            text = told(written(demo, screen))
            filled += firm["名称"] in text
    assert filled or name == "移送函"


def test_a_dossier_holds_every_record_of_its_enterprise(demo: Path) -> None:
    for firm in firms(demo)[:4]:
        document = read(demo, "show", firm["编号"])
        text = form(demo, "一企一档", firm["编号"])
        for record in document["记录"]:
            assert f"{record['序号']}．" in text
            for key in ("发现", "备注", "事由"):
                assert " ".join(str(record.get(key) or "").split()) in text
        for key in ("经营者", "电话", "地址", "行业"):
            assert str(document.get(key) or "未填") in text


def papers(folder: Path) -> Iterator[dict[str, Any]]:
    """Every paper of the town that set a deadline in days and was served."""
    for firm in read(folder, "list")["企业"]:
        for record in read(folder, "show", firm["编号"])["记录"]:
            if record.get("期限日数") and record.get("文书") and record["文书"].get("文号"):
                yield {**record, "编号": firm["编号"], "名称": firm["名称"]}


def test_a_notice_bears_the_number_the_days_and_the_problems_on_record(demo: Path) -> None:
    found = list(papers(demo))[:4]
    assert found
    for paper in found:
        text = form(demo, "文书", paper["编号"], str(paper["序号"]))
        assert paper["文书"]["文号"] in text
        assert f"{paper['期限日数']['日数']}日（{paper['期限日数']['单位']}）" in text
        assert paper["文书"]["名称"] in text
        assert "责令" not in text and "强制" not in text


def test_a_patrol_names_everybody_and_every_place(demo: Path) -> None:
    paths = sorted((demo / "巡查").rglob("XC-*.yaml"))
    patrol = read(demo, "patrol", "show", paths[-1].stem)
    outing = patrol["记录"][0]
    text = form(demo, "巡查记录", paths[-1].stem)
    for each in (*outing["人员"], *(call["企业"] for call in outing["到访"])):
        assert each in text
    for spot in patrol["记录"][1:]:
        assert spot["处所"] in text


def test_no_complaint_tells_where_it_came_from(demo: Path) -> None:
    for path in sorted((demo / "举报").rglob("JB-*.yaml"))[:6]:
        case = read(demo, "complaint", "show", path.stem)
        received = case["记录"][0]
        text = form(demo, "举报核查表", path.stem)
        assert received["内容"] in text
        assert received["来源"] not in text
        if received.get("来源单号"):
            assert received["来源单号"] not in text


def test_an_admission_and_an_announcement_tell_what_is_on_file(demo: Path) -> None:
    path = sorted((demo / "准入").rglob("ZR-*.yaml"))[-1]
    assert read(demo, "admit", "show", path.stem)["记录"][0]["名称"] in form(
        demo, "准入审查表", path.stem
    )
    period = sorted((demo / "考核").rglob("KH-*.yaml"))[-1].stem.removeprefix("KH-")
    results = read(demo, "score", period)["公布"]["结果"]
    text = form(demo, "考核通报", period)
    for result in results:
        assert result["村"] in text
        assert str(result.get("得分") or "不参评") in text


def test_upward_nobody_of_the_ledger_is_named(demo: Path) -> None:
    firm = firms(demo)[0]
    document = read(demo, "show", firm["编号"])
    text = form(demo, "一企一档", firm["编号"], "--audience", "上报")
    people = {document["经营者"], *(a["姓名"] for a in document.get("包保") or ())}
    for record in document["记录"]:
        people |= {*(record.get("人员") or ()), *(record.get("经办") or ())}
    assert [each for each in people if each and each in text] == []
    assert "内部资料" not in text and str(document["电话"]) not in text


def test_the_same_command_writes_the_same_bytes(demo: Path) -> None:
    firm = firms(demo)[0]["编号"]
    places = []
    for folder in ("一", "二"):
        code, screen = swm(demo, "form", "一企一档", firm, "--out", folder)
        assert code == 0
        places.append(written(demo, screen))
    assert places[0] == places[1]


# --- photographs ----------------------------------------------------------------------------------


@pytest.fixture
def yard(tmp_path: Path) -> Path:
    """One enterprise with two photographs of a visit."""
    ledger = tmp_path / "台账"
    ledger.mkdir()
    for name, size in (("宽.jpg", (1200, 600)), ("高.webp", (300, 600))):
        Image.new("RGB", size, (90, 120, 150)).save(tmp_path / name)
    for words in (
        ("init", ".", "--town", "俵口镇", "--villages", "俵口村"),
        ("add", "--name", "俵口兴旺厂", "--village", "俵口村", "--category", "关停取缔"),
        (
            *("inspect", "1", "--kind", "核查", "--by", "甲一,乙二", "--result", "停产"),
            *("--photo", "../宽.jpg", "--photo", "../高.webp"),
        ),
    ):
        code, screen = swm(ledger, *words)
        assert code == 0, screen
    return ledger


def shapes(folder: Path) -> list[tuple[int, int]]:
    document = docx.Document(str(folder / "输出" / "BK-0001一企一档.docx"))
    return [(shape.width, shape.height) for shape in document.inline_shapes]


def test_photographs_from_the_ledger_stand_in_the_dossier(yard: Path) -> None:
    text = form(yard, "一企一档", "1")
    wide, high = shapes(yard)
    assert abs(wide[0] / wide[1] - 2) < 0.001
    assert abs(high[1] / high[0] - 2) < 0.001
    assert "照片2　2026年11月20日　第2条　核查：停产" in text
    with open(yard / "输出" / "BK-0001一企一档.docx", "rb") as file:
        assert b"Exif" not in file.read()


def test_a_photograph_that_was_lost_is_told(yard: Path) -> None:
    lost = next((yard / "附件").rglob("*.jpg"))
    broken = next((yard / "附件").rglob("*.webp"))
    lost.unlink()
    broken.write_bytes(b"RIFF")
    subprocess.run(["git", "commit", "-qam", "x"], cwd=yard, check=True,
                   env={"GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x@x", "PATH": "/usr/bin:/bin",
                        "GIT_COMMITTER_NAME": "x", "GIT_COMMITTER_EMAIL": "x@x"})  # fmt: skip
    code, screen = swm(yard, "form", "一企一档", "1")
    assert code == 0
    assert f"第2条的照片 {lost.stem[:12]}… 不在附件里，档案里已注明" in screen
    assert f"第2条的照片 {broken.stem[:12]}… 已损坏，打不开，档案里已注明" in screen
    text = told((yard / "输出" / "BK-0001一企一档.docx").read_bytes())
    assert f"（照片 {lost.stem[:12]}… 不在附件里）" in text
    assert shapes(yard) == []


# --- the office's own template -----------------------------------------------------------------------


def committed(yard: Path) -> None:
    """What lies in templates/, committed by git itself."""
    subprocess.run(["git", "-C", str(yard), "add", "templates"], check=True)
    subprocess.run(["git", "-C", str(yard), "commit", "-qm", "自用模板"], check=True)


def test_the_offices_own_template_comes_first_and_a_broken_one_is_named(yard: Path) -> None:
    own = yard / "templates"
    own.mkdir()
    document = docx.Document()
    document.add_paragraph("本镇自用：{{ 企业 }}")
    out = io.BytesIO()
    document.save(out)
    (own / "一企一档.docx").write_bytes(out.getvalue())
    committed(yard)
    assert form(yard, "一企一档", "1").strip() == "本镇自用：俵口兴旺厂"
    document.add_paragraph("{{ 没有的名称 }}")
    document.save(str(own / "一企一档.docx"))
    assert form(yard, "一企一档", "1").strip() == "本镇自用：俵口兴旺厂", "not committed, not used"
    committed(yard)
    code, screen = swm(yard, "form", "一企一档", "1")
    assert code == 5
    assert "模板 一企一档.docx" in screen and "没有的名称" in screen
