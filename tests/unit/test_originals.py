"""Originals stay outside git, closed to others, sealed when asked; photographs come clean."""

from __future__ import annotations

import hashlib
import stat
import subprocess
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from swm.cli.photographs import photograph
from swm.errors import NotFound, Refused, Surroundings
from swm.store import private, sealing, transaction
from swm.store.originals import Originals, page_count
from tests.scenario.transcript import screen

GOOD = "correct horse"
DATA = b"%PDF-1.7\n1 0 obj <</Type /Pages /Count 2>>\n2 0 obj <</Type /Page>>\n3 0 obj <</Type/Page/X 1>>"
SHA = hashlib.sha256(DATA).hexdigest()
DAY = "2026-03-02"


def mode(place: Path) -> int:
    return stat.S_IMODE(place.stat().st_mode)


# --- 原件/ ----------------------------------------------------------------------------------------


def test_a_scan_lies_by_its_digest_closed_to_others(tmp_path: Path) -> None:
    originals = Originals(tmp_path, None)
    assert originals.keep(originals.digest(DATA), DATA, ".PDF")
    place = tmp_path / "原件" / SHA[:2] / f"{SHA}.pdf"
    assert place.read_bytes() == DATA
    assert mode(place) == 0o600 and mode(tmp_path / "原件") == 0o700
    assert not originals.keep(SHA, DATA, ".pdf")
    assert originals.read(SHA, lambda _: "") == (DATA, ".pdf")
    assert originals.all() == [SHA]


def test_with_a_passphrase_it_is_sealed(tmp_path: Path) -> None:
    keys = sealing.new_keys(GOOD)
    originals = Originals(tmp_path, keys)
    originals.keep(SHA, DATA, ".pdf")
    (place,) = (p for p in (tmp_path / "原件").rglob("*") if p.is_file())
    assert b"/Type" not in place.read_bytes() and originals.is_sealed(SHA)
    assert originals.read(SHA, lambda _: GOOD) == (DATA, ".pdf")
    with pytest.raises(Refused, match="口令不对"):
        originals.read(SHA, lambda _: "wrong word")


def test_a_strange_suffix_is_no_path(tmp_path: Path) -> None:
    originals = Originals(tmp_path, None)
    originals.keep(SHA, DATA, "./../../x")
    assert originals.find(SHA) == tmp_path / "原件" / SHA[:2] / SHA


def test_what_was_altered_is_told(tmp_path: Path) -> None:
    originals = Originals(tmp_path, None)
    originals.keep(SHA, DATA, ".pdf")
    private.put(tmp_path / "原件" / SHA[:2] / f"{SHA}.pdf", b"other")
    with pytest.raises(Refused, match="不符"):
        originals.read(SHA, lambda _: "")
    with pytest.raises(NotFound):
        originals.read("0" * 64, lambda _: "")
    with pytest.raises(Refused, match="空的"):
        originals.digest(b"")


def _tiff(pages: int) -> bytes:
    first, *rest = [Image.new("1", (8, 8)) for _ in range(pages)]
    data = BytesIO()
    first.save(data, "TIFF", save_all=True, append_images=rest)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "pages"),
    [
        (DATA, 2),
        (b"%PDF-1.7\nstream\n" + zlib.compress(b"<</Type/Page>>" * 3) + b"\nendstream", 3),
        (b"%PDF-1.7\nstream\nnot packed\nendstream", None),
        (b"\xff\xd8\xff\xe0", 1),
        (_tiff(4), 4),
        (b"II*\0broken", None),
        (b"word", None),
    ],
)
def test_the_pages_of_a_scan(data: bytes, pages: int | None) -> None:
    assert page_count(data) == pages


# --- with commands --------------------------------------------------------------------------------


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    place = tmp_path / "台账"
    place.mkdir()
    (tmp_path / "交办单.pdf").write_bytes(DATA)
    screen("swm init . --town 俵口镇 --villages 俵口村", DAY, place)
    screen("swm premises add --village 俵口村 --address 村东1号院 --landlord 郑房东", DAY, place)
    return place


ADD = "swm complaint add --source 上级交办 --village 俵口村 --text 夜间喷漆 --scan ../交办单.pdf"


def test_a_scan_goes_beside_the_record_and_never_into_git(ledger: Path) -> None:
    screen(f"{ADD} --scan-place 第3盒", DAY, ledger)
    text = (ledger / "举报/2026/JB-2026-0001.yaml").read_text()
    assert SHA in text and "原件页数: 2" in text and "原件存放: 第3盒" in text
    told = subprocess.run(
        ["git", "-C", str(ledger), "status", "--short"], capture_output=True, text=True, check=True
    )
    assert told.stdout == ""
    listed = subprocess.run(
        ["git", "-C", str(ledger), "ls-files", "-z"], capture_output=True, check=True
    )
    assert "原件".encode() not in listed.stdout
    assert screen("swm check", DAY, ledger) == ["没有发现问题"]
    assert screen("swm original check", DAY, ledger) == ["核对 1 份，有问题 0 份"]


def test_a_ledger_that_would_let_them_into_history_is_told_first(ledger: Path) -> None:
    (ledger / ".gitignore").write_text("输出/\n")
    told = screen(ADD, DAY, ledger)
    assert told[-1] == "[1]" and "原件/" in told[0]
    assert Originals(ledger, None).all() == [] and not (ledger / "举报").exists()


def test_letters_and_services_keep_their_scans_too(ledger: Path) -> None:
    letter = "swm letter add --premises 1 --landlord 郑房东 --on 2026-03-02 --scan ../交办单.pdf"
    screen(f"{letter} --identified", DAY, ledger)
    text = (ledger / "厂房/CF-00/CF-0001.yaml").read_text()
    assert "原件页数: 2" in text and "已核验: 是" in text.replace('"', "")
    listed = "\n".join(screen("swm original list", DAY, ledger))
    assert "CF-0001 BZ-2026-0001" in listed and "第3盒" not in listed


def test_a_missing_original_is_a_reminder(ledger: Path) -> None:
    screen(ADD, DAY, ledger)
    place = Originals(ledger, None).find(SHA)
    assert place is not None
    place.unlink()
    told = screen("swm check 原件", DAY, ledger)
    assert "错误 0 条，提醒 1 条" in told[-1] and SHA[:12] in "\n".join(told)
    assert screen("swm original check", DAY, ledger)[-1] == "[1]"
    assert "缺" in "\n".join(screen("swm original list", DAY, ledger))


def test_a_refused_record_leaves_no_original(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    screen(f"{ADD} --on 2026-09-09", DAY, ledger)
    assert Originals(ledger, None).all() == []
    screen(ADD, DAY, ledger)

    def fails(*_: object, **__: object) -> None:
        raise Surroundings("磁盘已满")

    monkeypatch.setattr(transaction.Transaction, "commit", fails)
    screen(ADD, DAY, ledger)  # the same scan belongs to the first record: it stays
    assert Originals(ledger, None).all() == [SHA]


def test_an_original_is_taken_out_readable_and_never_over_another(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SWM_VAULT_NEW_PASSPHRASE", GOOD)
    monkeypatch.setenv("SWM_VAULT_PASSPHRASE", GOOD)
    screen("swm vault passphrase", DAY, ledger)
    screen(ADD, DAY, ledger)
    assert Originals(ledger, None).is_sealed(SHA)
    assert "（加密）" in "\n".join(screen(f"swm original show {SHA[:8]}", DAY, ledger))
    screen("swm original show JB-2026-0001 --out ../取出.pdf", DAY, ledger)
    assert (ledger.parent / "取出.pdf").read_bytes() == DATA
    assert mode(ledger.parent / "取出.pdf") == 0o600
    again = screen("swm original show JB-2026-0001 --out ../取出.pdf", DAY, ledger)
    assert "没有覆盖" in again[0]


# --- photographs ------------------------------------------------------------------------------------


def _everything(orientation: int) -> bytes:
    """A JPEG with a position, a maker's note, a thumbnail's place, XMP and a comment."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = "拍摄人苗春晨"
    exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 19.0, 51.6), 3: "E", 4: (117.0, 39.0, 40.3)})
    exif.get_ifd(0x8769)[0x927C] = b"MAKERNOTE-SECRET"
    data = BytesIO()
    picture = Image.new("RGB", (40, 20), "red")
    picture.putpixel((0, 0), (0, 0, 255))
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>XMP-SECRET</x:xmpmeta>"
    picture.save(data, "JPEG", exif=exif, xmp=xmp, comment=b"COMMENT-SECRET", quality=95)
    return data.getvalue()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_nothing_but_the_picture_is_left(tmp_path: Path, orientation: int) -> None:
    raw = _everything(orientation)
    assert b"MAKERNOTE-SECRET" in raw and b"XMP-SECRET" in raw and b"COMMENT-SECRET" in raw
    (tmp_path / "现场.jpg").write_bytes(raw)
    taken = photograph(str(tmp_path / "现场.jpg"))
    for secret in (b"SECRET", b"Exif", b"GPS", b"adobe", "苗春晨".encode(), b"http"):
        assert secret not in taken.content
    with Image.open(BytesIO(taken.content)) as picture:
        assert dict(picture.getexif()) == {} and set(picture.info) <= {
            "jfif", "jfif_version", "jfif_unit", "jfif_density"
        }  # fmt: skip
        assert picture.size == ((40, 20) if orientation < 5 else (20, 40))


def test_the_words_in_a_png_are_gone_and_it_stays_transparent(tmp_path: Path) -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "PNG-SECRET")
    words.add_itxt("XML:com.adobe.xmp", "<x>ITXT-SECRET</x>")
    words.add_text("Comment", "ZTXT-SECRET", zip=True)
    exif = Image.Exif()
    exif[0x010F] = "CAMERA-SECRET"
    data = BytesIO()
    Image.new("RGBA", (6, 4), (255, 0, 0, 0)).save(
        data, "PNG", pnginfo=words, exif=exif, dpi=(72, 72)
    )
    (tmp_path / "现场.png").write_bytes(data.getvalue())
    taken = photograph(str(tmp_path / "现场.png"))
    chunks = [taken.content[at + 4 : at + 8] for at in _chunks(taken.content)]
    assert set(chunks) == {b"IHDR", b"IDAT", b"IEND"}
    with Image.open(BytesIO(taken.content)) as picture:
        assert picture.getpixel((0, 0)) == (255, 0, 0, 0)


def _chunks(png: bytes) -> list[int]:
    places, at = [], 8
    while at < len(png):
        places.append(at)
        at += 12 + int.from_bytes(png[at : at + 4], "big")
    return places


def test_a_webp_comes_clean_too(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x013B] = "WEBP-SECRET"
    data = BytesIO()
    Image.new("RGB", (8, 8)).save(data, "WEBP", exif=exif, xmp=b"XMP-SECRET")
    assert b"WEBP-SECRET" in data.getvalue()
    (tmp_path / "现场.webp").write_bytes(data.getvalue())
    taken = photograph(str(tmp_path / "现场.webp"))
    assert b"SECRET" not in taken.content and b"EXIF" not in taken.content
