"""Files around a command: reports come whole, photographs come clean, hints are only hints."""

from __future__ import annotations

import hashlib
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from swm.cli import lastused, output
from swm.cli.approvals import approval
from swm.cli.photographs import photograph
from swm.domain.records import Approval
from swm.errors import Refused, Surroundings, WrongUsage

TODAY = date(2026, 10, 9)


# --- reports ------------------------------------------------------------------------------------


def test_a_report_replaces_the_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    place = tmp_path / "月报.docx"
    place.write_bytes(b"old")
    output.write(place, b"new")
    assert place.read_bytes() == b"new"
    assert [p.name for p in tmp_path.iterdir()] == ["月报.docx"]


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "别人的文件"
    target.write_bytes(b"theirs")
    place = tmp_path / "月报.docx"
    place.symlink_to(target)
    output.write(place, b"ours")
    assert target.read_bytes() == b"theirs"
    assert place.read_bytes() == b"ours" and not place.is_symlink()


def test_a_place_that_cannot_be_written_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    place = tmp_path / "月报.docx"
    place.mkdir()
    with pytest.raises(Surroundings, match="写不了"):
        output.write(place, b"x")
    assert [p.name for p in tmp_path.iterdir()] == ["月报.docx"]


def test_reports_go_to_the_ledgers_own_folder_unless_told(tmp_path: Path) -> None:
    assert output.folder_for(None, tmp_path) == tmp_path / "输出"
    assert output.folder_for(str(tmp_path / "甲" / "乙"), tmp_path).is_dir()


def test_an_output_folder_that_is_a_link_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "外面").mkdir()
    (tmp_path / "输出").symlink_to(tmp_path / "外面")
    with pytest.raises(Surroundings, match="符号链接"):
        output.folder_for(None, tmp_path)


# --- photographs and scans ----------------------------------------------------------------------


def _jpeg(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "某某牌相机"
    exif.get_ifd(0x8825)[1] = "N"
    data = BytesIO()
    Image.new("RGB", (40, 20), "red").save(data, "JPEG", exif=exif)
    return data.getvalue()


def test_a_photograph_loses_its_exif_and_stands_upright(tmp_path: Path) -> None:
    place = tmp_path / "现场.jpg"
    place.write_bytes(_jpeg(orientation=6))
    taken = photograph(str(place))
    with Image.open(BytesIO(taken.content)) as picture:
        assert dict(picture.getexif()) == {}
        assert picture.size == (20, 40)
    assert taken.sha256 == hashlib.sha256(taken.content).hexdigest()
    assert taken.path == f"附件/{taken.sha256[:2]}/{taken.sha256}.jpg"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", _jpeg()[:200]])
def test_what_is_no_whole_picture_is_refused(tmp_path: Path, data: bytes) -> None:
    place = tmp_path / "现场.jpg"
    place.write_bytes(data)
    with pytest.raises(Refused, match="照片"):
        photograph(str(place))


# --- what was used last -------------------------------------------------------------------------


def test_what_was_used_is_remembered_and_damage_forgets_it(tmp_path: Path) -> None:
    (tmp_path / ".git" / "swm" / "tmp").mkdir(parents=True)
    lastused.remember(tmp_path, {"批准人": "孟镇长"})
    lastused.remember(tmp_path, {"人员": "孙立"})
    assert lastused.recall(tmp_path) == {"批准人": "孟镇长", "人员": "孙立"}
    for damage in ("", "[]", "{坏", '{"人员": 3}'):
        lastused.path(tmp_path).write_text(damage, "utf-8")
        assert lastused.recall(tmp_path) == {}


def test_what_could_not_be_remembered_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / ".git" / "swm"
    scratch = folder / "tmp"
    scratch.mkdir(parents=True)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        lastused.remember(tmp_path, {"批准人": "孟镇长"})
    assert list(folder.iterdir()) == [scratch] and list(scratch.iterdir()) == []


def test_a_process_that_dies_leaves_only_what_the_next_write_clears(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / ".git" / "swm"
    (folder / "tmp").mkdir(parents=True)

    def dies(*_: object) -> None:
        raise SystemExit(137)

    monkeypatch.setattr(Path, "replace", dies)
    with pytest.raises(SystemExit):
        lastused.remember(tmp_path, {"批准人": "孟镇长"})
    assert [each.name for each in folder.iterdir()] == ["tmp"]
    assert len(list((folder / "tmp").iterdir())) == 1


def test_a_ledger_that_cannot_remember_works_all_the_same(tmp_path: Path) -> None:
    lastused.remember(tmp_path, {"批准人": "孟镇长"})
    assert lastused.recall(tmp_path) == {}


# --- approvals ----------------------------------------------------------------------------------


def _typed(person: str | None, on: str | None, basis: str | None) -> dict[str, str | None]:
    return {"--approver": person, "--approved-on": on, "--approval": basis}


def test_an_approval_is_of_the_day_of_the_act_unless_said() -> None:
    act = date(2026, 10, 3)
    given = approval(_typed("孟镇长", None, "签批单"), TODAY, act)
    assert given == Approval(person="孟镇长", on=act, basis="签批单")
    given = approval(_typed("孟镇长", "昨天", None), TODAY, act)
    assert given == Approval(person="孟镇长", on=date(2026, 10, 8))
    assert approval(_typed(None, None, None), TODAY, act) is None


def test_an_approval_without_an_approver_is_wrong_usage() -> None:
    with pytest.raises(WrongUsage, match="还缺批准人"):
        approval(_typed(None, None, "签批单"), TODAY, TODAY)
