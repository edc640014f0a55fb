"""What this clerk typed last (team, approver, issuer, departments), to be put forward again.

Kept in `.git/swm/`, outside history; losing it loses nothing. It is only ever suggested at a
prompt, never taken without being shown.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from swm.store import places

_NAME = "last-used.json"


def path(root: Path) -> Path:
    """Where it is kept for one ledger."""
    return root / ".git" / "swm" / _NAME


def recall(root: Path) -> dict[str, str]:
    """The last value of each kind; empty when nothing is remembered or it cannot be read."""
    try:
        kept = json.loads(path(root).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): v for k, v in kept.items() if isinstance(v, str)} if _is_map(kept) else {}


def remember(root: Path, used: Mapping[str, str]) -> None:
    """Keep these for next time; a place that cannot be written is left alone."""
    kept = json.dumps({**recall(root), **used}, ensure_ascii=False)
    with suppress(OSError):
        places.note(root, _NAME, kept.encode())


def _is_map(value: object) -> bool:
    return isinstance(value, dict)
