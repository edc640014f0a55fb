"""G: who reported is nowhere but in the vault. The sample is played and searched, all of it.

Every object of its git store, every exported file (unzipped), all that the screen showed and every
argument of the run are searched for every reporter's name, number and words.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from swm.cli.main import run
from swm.domain.periods import Period
from swm.reports import figures
from swm.store.ledger import find
from swm.store.vault import Reporter, Vault
from tests.reporters import ID_NUMBER, IDENTITY, LIVE
from tests.scenario.transcript import surroundings

TODAY = "2026-11-20"
COMMANDS = (
    "complaint list",
    "complaint list --json",
    "complaint show {id}",
    "complaint show {id} --json",
    "complaint verify {id} --by 方志明、孙立 --conclusion 不属实 --found 到场两次未见生产",
    "complaint answer {id} --way 电话 --satisfied 是",
    "complaint close {id} --result 已核查",
    "vault list",
    "vault log",
    "log --json",
    "log {id}",
    "check",
    "figure 举报收到",
    "figure 举报涉及企业 --json",
    "find 隔壁",
    "list --json",
    "show 1",
    "report month 2026-10 --format docx,html,json --out ../出",
    "report month 2026-11 --format docx,html,json --audience 内部 --out ../出内部",
    "vault backup ../保密库备份",
    "original list",
    "",
    "--json",
)


def secrets_of(reporter: Reporter) -> list[str]:
    parts = [reporter.name, reporter.phone, reporter.contact, *reporter.words.split("\n")]
    told = [ID_NUMBER] if ID_NUMBER in reporter.words else []
    return [part for part in (*parts, *told) if part]


@pytest.fixture(scope="module")
def played(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Path, str, list[str], Vault]]:
    """The sample with a real vault, then a complaint of today's; the screen and the arguments."""
    place = tmp_path_factory.mktemp("search")
    root, arguments, screens = place / "台账", list[str](), list[str]()

    def typed(command: str, text: str | None = None) -> str:
        arguments.extend(command.split())
        folder = root if root.exists() else place
        environ = {
            "XDG_DATA_HOME": str(place / "data"),
            "SWM_VAULT_NEW_PASSPHRASE": "correct horse",
        }
        with surroundings(folder, SWM_TODAY=TODAY, **environ) as shown:
            sys.stdin = io.StringIO(text or "")
            assert run(command.split()) in (0, 1), shown.getvalue()
        screens.append(shown.getvalue())
        return shown.getvalue()

    typed(f"demo {root} --today {TODAY} --vault")
    told = json.dumps(LIVE.document(), ensure_ascii=False)
    said = typed(
        "complaint add --source 群众来电 --village 俵口村 --text 夜间有气味 --reporter-stdin", told
    )
    id = said.splitlines()[-1].split()[0]
    for command in COMMANDS:
        typed(command.format(id=id))
    (ledger_id,) = (p.name for p in (place / "data/swm/vault").iterdir())
    vault = Vault(ledger_id, {"XDG_DATA_HOME": str(place / "data")})
    yield root, "\n".join(screens), arguments, vault


def reporters(vault: Vault) -> list[Reporter]:
    return [vault.look(token, lambda _: "") for token in vault.tokens()]


def objects(root: Path) -> Iterator[tuple[str, bytes]]:
    """Every object of the store: blobs, trees, commits, tags, reachable or not."""
    git = ["git", "-C", str(root), "cat-file", "--batch-all-objects", "--unordered"]
    done = subprocess.run([*git, "--batch"], capture_output=True, check=True).stdout
    at = 0
    while at < len(done):
        head, _, _ = done[at:].partition(b"\n")
        id, kind, size = head.decode().split()
        start = at + len(head) + 1
        yield f"{kind} {id}", done[start : start + int(size)]
        at = start + int(size) + 1


def files(root: Path) -> Iterator[tuple[str, bytes]]:
    """Every file beside the vault, Word files and workbooks unzipped all the way down."""
    for path in sorted(root.parent.rglob("*")):
        if path.is_file() and "data" not in path.relative_to(root.parent).parts:
            yield from unzipped(str(path.relative_to(root.parent)), path.read_bytes())


def unzipped(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, data
    if data.startswith(b"PK\3\4"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            for part in parts.namelist():
                yield from unzipped(f"{name}!{part}", parts.read(part))


def found_in(data: bytes, wanted: list[str]) -> list[str]:
    escaped = data.decode("utf-8", "replace")
    return [w for w in wanted if w.encode() in data or json.dumps(w)[1:-1] in escaped]


def test_the_vault_holds_the_samples_reporters(played: tuple[Path, str, list[str], Vault]) -> None:
    known = reporters(played[3])
    assert len(known) > 30 and LIVE in known
    assert sum(bool(r.phone) for r in known) > 10 and all(r.words for r in known)
    assert all(IDENTITY.search(r.name) for r in known), "the watch of all tests knows them"
    assert all(IDENTITY.search(r.phone) for r in known if r.phone)


def test_no_object_of_the_store_holds_a_reporter(
    played: tuple[Path, str, list[str], Vault],
) -> None:
    root, _, _, vault = played
    wanted = [s for r in reporters(vault) for s in secrets_of(r)]
    everything = list(objects(root))
    kinds = {name.split()[0] for name, _ in everything}
    assert {"blob", "tree", "commit"} <= kinds and len(everything) > 3000
    assert any("夜间有气味".encode() in data for _, data in everything)
    assert [(name, hit) for name, data in everything if (hit := found_in(data, wanted))] == []


def test_no_file_holds_a_reporter(played: tuple[Path, str, list[str], Vault]) -> None:
    root, _, _, vault = played
    wanted = [s for r in reporters(vault) for s in secrets_of(r)]
    everything = list(files(root))
    assert any(name.endswith("docx!word/document.xml") for name, _ in everything)
    assert any("出内部" in name and name.endswith(".html") for name, _ in everything)
    assert [(name, hit) for name, data in everything if (hit := found_in(data, wanted))] == []


def test_no_screen_and_no_argument_holds_a_reporter(
    played: tuple[Path, str, list[str], Vault],
) -> None:
    _, screens, arguments, vault = played
    wanted = [s for r in reporters(vault) for s in secrets_of(r)]
    assert "JB-2026-0001" in screens
    assert found_in(screens.encode(), wanted) == []
    assert found_in("\n".join(arguments).encode(), wanted) == []


def test_the_search_would_find_what_is_there(played: tuple[Path, str, list[str], Vault]) -> None:
    """The search itself: one of the vault's own files is found by it."""
    vault = played[3]
    wanted = [s for r in reporters(vault) for s in secrets_of(r)]
    assert found_in(vault.place(vault.tokens()[0]).read_bytes(), wanted)
    with io.BytesIO() as made:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parts:
            parts.writestr("word/document.xml", f"<w:t>{LIVE.name}</w:t>")
        parts_found = [found_in(data, wanted) for _, data in unzipped("x", made.getvalue())]
    assert parts_found == [[], [LIVE.name]]


def test_no_message_says_that_somebody_complained(
    played: tuple[Path, str, list[str], Vault],
) -> None:
    """Neither 群众举报 nor a source's number is in any commit's message."""
    root, _, _, _ = played
    commits = [data for name, data in objects(root) if name.startswith("commit")]
    messages = [data.partition(b"\n\n")[2].decode() for data in commits]
    numbers = {
        line.partition(":")[2].strip().strip("\"'")
        for path in (root / "举报").rglob("*.yaml")
        for line in path.read_text("utf-8").splitlines()
        if line.strip().startswith("来源单号:")
    }
    assert len(numbers) > 100 and any("交办事项 JB-" in m for m in messages)
    words = ["群众举报", "12345热线", "群众来电", *numbers]
    assert [m for m in messages if any(word in m for word in words)] == []


def test_what_goes_upwards_names_neither_source_nor_enterprise(
    played: tuple[Path, str, list[str], Vault],
) -> None:
    root, _, _, _ = played
    for name, data in files(root):
        if name.startswith("出/") and not name.endswith(".docx"):
            text = data.decode("utf-8", "replace")
            assert "群众举报" not in text and "12345热线" not in text, name


def test_no_figure_says_that_somebody_complained(
    played: tuple[Path, str, list[str], Vault],
) -> None:
    """Not one record behind any number of any month: reports print what stands there."""
    root, _, _, _ = played
    ledger = find(root, root)
    whole = Period.range(figures.BEGINNING, date(2026, 11, 20))
    rows = figures.gather(ledger.facts(), figures.FIGURES.values(), whole, ledger.snapshot().policy)
    told = [str(cell) for found in rows.values() for row in found for cell in tuple(row)]
    assert any("线索核查" in text for text in told)
    assert [t for t in told if "群众举报" in t or "12345" in t or "群众来电" in t] == []
