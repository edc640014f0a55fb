"""Hostile text as an enterprise's name: exactly itself everywhere, or refused on input."""

from __future__ import annotations

import html
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

TODAY = "2026-11-20"

HARMLESS_IF_KEPT = (
    "甲 & 乙 <b>粗体</b> 厂",
    "{{ 7*7 }} {% for %} 厂",
    "[red]红[/red] [/] :smile: 厂",
    "=cmd|'/C calc'!A0 厂",
    "</w:t></w:r></w:p> 厂",
    "$(touch 坏) `id` ;厂",
    "'单' \"双\" \\n 厂",
    "%s %(x)d {0} 厂",
    "公司[2026]＜＆＞厂",
    "-rf 厂",
)
REFUSED = (
    "红\x1b[31m厂",
    "左\u202e右厂",
    "零\u200b宽厂",
    "换\n行厂",
    "换\u0085行厂",
    "响\x07铃厂",
    "字\ufeff节厂",
    "私\ue000用厂",
    "控\x9b制厂",
)


def swm(ledger: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program as its user would."""
    return subprocess.run(
        [sys.executable, "-m", "swm", "--ledger", str(ledger), *words],
        capture_output=True,
        env={**os.environ, "SWM_TODAY": TODAY, "COLUMNS": "200", "PYTHONUTF8": "1"},
        check=False,
    )


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory, sealed: Path) -> Path:
    """A ledger whose enterprises bear the hostile names."""
    root = tmp_path_factory.mktemp("hostile") / "台账"
    made = subprocess.run(
        [
            sys.executable,
            "-m",
            "swm",
            "init",
            str(root),
            "--town",
            "俵口镇",
            "--villages",
            "俵口村",
        ],
        capture_output=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr.decode()
    for name in HARMLESS_IF_KEPT:
        done = swm(root, "add", f"--name={name}", "--village", "俵口村", "--category", "关停取缔")
        assert done.returncode == 0, done.stderr.decode()
    return root


@pytest.mark.parametrize("name", REFUSED, ids=repr)
def test_what_could_deceive_or_command_is_refused(ledger: Path, name: str) -> None:
    done = swm(ledger, "add", "--name", name, "--village", "俵口村")
    assert done.returncode in (1, 2)
    said = done.stderr.decode()
    assert "U+" in said and "Traceback" not in said
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e\ufeff]", said)


def test_bytes_that_are_no_text_are_refused(ledger: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable.encode(), b"-m", b"swm", b"--ledger", os.fsencode(ledger)),
            *(b"add", b"--name", "坏".encode() + b"\xff\xfe", b"--village", "俵口村".encode()),
        ],
        capture_output=True,
        env={**os.environ, "SWM_TODAY": TODAY},
        check=False,
    )
    assert done.returncode in (1, 2) and b"Traceback" not in done.stderr


def test_the_terminal_shows_every_name_exactly(ledger: Path) -> None:
    listed = swm(ledger, "list").stdout.decode()
    for number, name in enumerate(HARMLESS_IF_KEPT, start=1):
        assert name in listed
        assert name in swm(ledger, "show", str(number)).stdout.decode()
        assert name in swm(ledger, "log", str(number)).stdout.decode()


def test_the_yaml_and_the_log_hold_every_name_exactly(ledger: Path) -> None:
    import ruamel.yaml

    log = subprocess.run(
        ["git", "-C", str(ledger), "log", "--format=%s"], capture_output=True, check=True
    ).stdout.decode()
    for number, name in enumerate(HARMLESS_IF_KEPT, start=1):
        assert name in log
        text = (ledger / f"企业/BK-00/BK-{number:04}.yaml").read_text("utf-8")
        assert ruamel.yaml.YAML(typ="safe", pure=True).load(text)["名称"] == name


def test_word_and_html_hold_every_name_exactly(ledger: Path, tmp_path: Path) -> None:
    import docx

    out = ("--out", str(tmp_path))
    done = swm(ledger, "report", "month", "2026-11", "--format", "docx,html,json", *out)
    assert done.returncode == 0, done.stderr.decode()
    document = docx.Document(str(tmp_path / "2026-11月报.docx"))
    cells = {c.text for t in document.tables for row in t.rows for c in row.cells}
    page = (tmp_path / "2026-11月报.html").read_text("utf-8")
    shown = html.unescape(re.sub(r"<[^>]*>", "\n", page))
    for name in HARMLESS_IF_KEPT:
        assert name in cells
        assert name in shown
    assert "<b>粗体" not in page and "49" not in shown.split("厂")[0]


def test_the_screen_of_json_is_one_document(ledger: Path) -> None:
    import json

    found = json.load(io.BytesIO(swm(ledger, "list", "--json").stdout))
    assert [e["名称"] for e in found["企业"]] == list(HARMLESS_IF_KEPT)
