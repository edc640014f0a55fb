"""The files as they lie in the working copy, for `check`: the one reader that looks past HEAD."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

from swm.domain.contents import ATTACHMENTS, Contents, contents
from swm.domain.kinds import KINDS
from swm.domain.policyfiles import PATHS as POLICY_PATHS
from swm.domain.policyfiles import read_policy
from swm.domain.reporttexts import FOLDER as REPORTS
from swm.domain.reporttexts import is_text
from swm.domain.scoring import SCORING
from swm.domain.settings import PATH as SETTINGS_PATH
from swm.domain.settings import read_settings
from swm.domain.tables import TABLES
from swm.domain.tree import Node
from swm.errors import ERROR, Finding, Unreadable
from swm.store import files
from swm.store.originals import Originals
from swm.store.vault import Vault
from swm.store.yamlread import parse

Progress = Callable[[int, int], None]
AS_THEY_LIE: Mapping[str, bytes | None] = {}


def as_they_lie(
    root: Path,
    today: date,
    progress: Progress | None = None,
    instead: Mapping[str, bytes | None] = AS_THEY_LIE,
) -> Contents:
    """Every file of the ledger at `root`, typed; what can't be read is among its findings.

    `instead` holds other bytes for some of them, None for one that shall not be there. Raises `Unreadable` when swm.yaml or 制度/ can't be read: then nothing else can be judged.
    """
    trees: dict[str, Node] = {}
    broken: list[Finding] = []
    foundation = [SETTINGS_PATH, *POLICY_PATHS]
    more = [path for path in (SCORING, TABLES) if (root / path).exists()]
    records = sorted({path for kind in KINDS for path in _below(root, kind.folder)} | _texts(root))
    for count, path in enumerate([*foundation, *more, *records], start=1):
        if path not in instead:
            _read(root, path, trees, broken)
        elif (data := instead[path]) is not None:
            _parse(path, data, trees, broken)
        if progress:
            progress(count, len(foundation) + len(records))
    if any(path not in trees for path in foundation):
        named = [f for f in broken if f.path in foundation]
        raise Unreadable("台账的设置或制度读不了，无法检查其余文件", named)
    settings = read_settings(trees[SETTINGS_PATH])
    vault = Vault(settings.ledger_id)
    return contents(
        trees,
        settings,
        read_policy(trees),
        today,
        attachments=list(_below(root, ATTACHMENTS)),
        broken=broken,
        originals=Originals(root, None).all(),
        vault=vault.tokens() if vault.exists else None,
        erased=vault.erased,
    )


def _read(root: Path, path: str, trees: dict[str, Node], broken: list[Finding]) -> None:
    if not path.endswith(".yaml"):
        broken.append(_stranger(path, "不是台账的文件", "移出台账目录，或改成 .yaml"))
        return
    if not stat.S_ISREG(os.lstat(root / path).st_mode if (root / path).exists() else 0):
        broken.append(_stranger(path, "缺少，或不是普通文件", "恢复这个文件；不能用链接代替"))
        return
    _parse(path, files.read(root, path) or b"", trees, broken)


def _parse(path: str, data: bytes, trees: dict[str, Node], broken: list[Finding]) -> None:
    try:
        trees[path] = parse(data, path)
    except Unreadable as bad:
        broken += bad.findings


def _texts(root: Path) -> set[str]:
    """What people write into reports."""
    return {path for path in _below(root, REPORTS) if is_text(path)}


def _stranger(path: str, message: str, hint: str) -> Finding:
    return Finding("文件", ERROR, path, None, "", message, hint)


def _below(root: Path, folder: str) -> Iterator[str]:
    """The files below a folder, by their paths in the ledger; links are not followed."""
    for place, _, names in os.walk(root / folder):
        for name in sorted(names):
            if not name.startswith("."):
                yield (Path(place) / name).relative_to(root).as_posix()
