"""One of several clerks at work at once: `python -m tests.crash.clerk LEDGER NAME COUNT`."""

from __future__ import annotations

import sys
from pathlib import Path

from swm.store.identity import Identity, Person
from swm.store.message import message
from swm.store.transaction import writing
from tests.crash.driver import FIRST


def work(root: Path, name: str, count: int) -> None:
    """A line in a file that all share and one in a file of one's own, `count` times."""
    who = Person(name, f"{name}@example.cn")
    own = f"巡查/2026/{name}.yaml"
    for number in range(count):
        with writing(root, Identity(who, who), patience=120) as tx:
            line = f"{name}: {number}\n".encode()
            contents: dict[str, bytes | None] = {
                path: (tx.base(path) or b"") + line for path in (FIRST, own)
            }
            receipt = tx.commit(contents, message(f"{name} {number}", [], {"Swm-Verb": "inspect"}))
        print(receipt.commit, flush=True)


if __name__ == "__main__":
    work(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
