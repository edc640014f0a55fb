"""The house's walls: imports point inward, and each dangerous library stays in its room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SWM = Path(__file__).parents[2] / "swm"

ARROWS = {
    "frozen": set(),
    "errors": {"frozen"},
    "domain": {"errors", "frozen"},
    "store": {"domain", "errors", "frozen"},
    "reports": {"domain", "errors", "frozen"},
    "render": {"reports", "domain", "errors", "frozen"},
    "audit": {"render", "store", "reports", "domain", "errors", "frozen"},
    "sample": {"render", "store", "reports", "domain", "errors", "frozen"},
    "cli": {"sample", "audit", "render", "store", "reports", "domain", "errors", "frozen"},
    "__main__": {"cli", "errors", "frozen"},
    "__init__": set(),
}
"""Which rooms a room may import; `swm` itself (its version) is open to all."""

ROOMS_OF = {
    "sqlite3": {"store/facts.py", "store/factsfile.py"},
    "ruamel": set(),
    "yaml": {"store/yamlread.py"},
    "git": {"store/plumbing.py"},
    "typer": {"cli"},
    "jinja2": {"render"},
    "docx": {"render"},
    "docxtpl": {"render"},
    "xlsxwriter": {"render"},
    "weasyprint": {"render"},
    "subprocess": {"store", "cli"},
    "cryptography": {"store/sealing.py"},
    "segno": {"render/qr.py"},
}
"""Where alone a library may be imported."""

LAZY = {
    "git",
    "jinja2",
    "docx",
    "docxtpl",
    "xlsxwriter",
    "weasyprint",
    "lxml",
    "PIL",
    "pypinyin",
    "cryptography",
    "segno",
}
"""Heavy: imported inside the functions that need them, never at a module's top."""

CLOCKS = {
    *("date.today", "datetime.today", "datetime.now", "datetime.utcnow"),
    *("time.time", "time.monotonic", "os.environ"),
}
PURE = {"domain", "reports"}
"""Rooms that open no file, print nothing and read no clock."""


def modules() -> list[Path]:
    return sorted(SWM.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(SWM).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the whole path"
            if node.module == "swm":
                yield from ((node, f"swm.{alias.name}") for alias in node.names)
            elif node.module:
                yield node, node.module


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SWM)))
def test_imports_point_inward(path: Path) -> None:
    here = room(path)
    for _, name in imports(ast.parse(path.read_text("utf-8"))):
        parts = name.split(".")
        if parts[0] == "swm" and len(parts) > 1 and parts[1] not in (here, "__version__"):
            assert parts[1] in ARROWS[here], f"{here} must not import {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SWM)))
def test_each_library_stays_in_its_room(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    place = path.relative_to(SWM).as_posix()
    top = set(tree.body)
    for node, name in imports(tree):
        library = name.split(".")[0]
        allowed = ROOMS_OF.get(library)
        if allowed is not None:
            assert place in allowed or room(path) in allowed, f"{place} imports {library}"
        if library in LAZY:
            assert node not in top, f"{place} imports {library} at its top"


@pytest.mark.parametrize(
    "path", [p for p in modules() if room(p) in PURE], ids=lambda p: str(p.relative_to(SWM))
)
def test_pure_rooms_touch_nothing(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("open", "print", "input"), f"line {node.lineno}"
        if isinstance(node, ast.Attribute):
            assert ast.unparse(node) not in CLOCKS, f"line {node.lineno}"


def test_only_main_catches_everything() -> None:
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ExceptHandler) and path.relative_to(SWM) != Path("cli/main.py"):
                caught = ast.unparse(node.type) if node.type else "everything"
                assert caught not in ("everything", "Exception", "BaseException"), path
