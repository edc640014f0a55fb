"""The command under test, as a process that may die: `python -m tests.crash.driver`.

Reads one job a line from standard input and forks a child for each, in a process group of its
own, so that the libraries are imported once and a kill takes the child's git processes along.
Answers with one line: the child's wait status and what it printed.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import git  # noqa: F401 - imported before forking, for speed

from swm.domain import reportissues
from swm.domain.edits import Change, Create, Plain
from swm.domain.kinds import path_of
from swm.domain.periods import Period
from swm.domain.reportissues import Edition
from swm.domain.reportrecords import FileHash, FrozenNumber
from swm.errors import SwmError
from swm.store import tags
from swm.store.identity import Identity, Person
from swm.store.ledger import Ledger
from swm.store.message import message
from swm.store.transaction import writing
from swm.store.writing import Writing, record
from tests.crash import verbs

FIRST, SECOND, NEW = "企业/BK-00/BK-0001.yaml", "企业/BK-00/BK-0002.yaml", "厂房/CF-00/CF-0001.yaml"
VISITED = tuple(f"企业/BK-00/BK-{n:04d}.yaml" for n in range(1, 20))
OUTING = "巡查/2026/XC-2026-0001.yaml"
WHO = Identity(Person("严录入", "luru@example.cn"), Person("严录入", "luru@example.cn"))
BEGIN = datetime(2026, 10, 3, 9, 0, tzinfo=timezone(timedelta(hours=8)))
ISSUED = date(2027, 1, 5)
SUBREAPER = 36


def paths_of(operation: str) -> tuple[str, ...]:
    """The files one command writes: two that exist, and in the variant one that does not yet.

    `patrol`: nineteen enterprises that exist, and the patrol's own new file.
    """
    if operation == "patrol":
        return (*VISITED, OUTING)
    return (FIRST, SECOND, NEW) if operation == "create" else (FIRST, SECOND)


def write(root: Path, operation: str, tag: int) -> None:
    """One command: a line more in each file, in one commit. A large line, so that git streams."""
    line = f"记录: 第{tag}次\n".encode()
    with writing(root, WHO, patience=2, spare=0) as tx:
        contents: dict[str, bytes | None] = {
            path: (tx.base(path) or b"") + line for path in paths_of(operation)
        }
        words = message(f"第{tag}次", [], {"Swm-Version": "0", "Swm-Verb": "inspect"})
        receipt = tx.commit(contents, words, when=BEGIN + timedelta(minutes=tag))
    print("RECORDED", receipt.commit, flush=True)


def recover(root: Path) -> None:
    """Only what every writing command begins with."""
    with writing(root, WHO, patience=2, spare=0):
        pass


def issue(root: Path, tag: int) -> None:
    """印发 of month `tag`: the commit, then its tag."""
    ledger = Ledger(root)
    period = Period.month(2026, tag)

    def decide(tx: Writing) -> Change:
        tags.expect(ledger.repo)
        edition = Edition(
            period=period,
            audience="上报",
            version=tx.commit,
            program="swm 0",
            anchor="2026",
            files=(FileHash(name=f"{period.code}月报.docx", sha256="ab" * 32),),
            templates=(),
            numbers=(FrozenNumber(name="底数", value=0, unit="家"),),
            villages=(),
            stock=(),
            on=ISSUED,
        )
        return reportissues.issue(None, edition, tx.policy, ISSUED)

    recorded = record(ledger, decide, who=WHO, when=BEGIN + timedelta(minutes=tag))
    print("RECORDED", recorded.commit, flush=True)
    tags.mend(ledger)


def note(root: Path, tag: int) -> None:
    """Any other command of the office: a new file."""
    id = f"HD-2026-{tag:04d}"
    first: dict[str, Plain] = {
        "序号": 1,
        "类型": "活动",
        "日期": ISSUED,
        "活动": "宣传",
        "主题": "入户",
    }
    new = Create({"编号": id, "记录": [first]})
    change = Change(verb="activity add", subject=id, files={path_of(id): (new,)})
    recorded = record(Ledger(root), lambda tx: change, who=WHO, when=BEGIN + timedelta(days=tag))
    print("RECORDED", recorded.commit, flush=True)


OFFICE = {"issue": issue, "note": note}
"""Commands of a real ledger, by the verbs."""


def perform(job: dict[str, str | int]) -> int:
    """The exit status a command would have: see interface.md, section 3."""
    root = Path(str(job["root"]))
    try:
        if job["operation"] == "recover":
            recover(root)
        elif job["operation"] in verbs.COMMANDS:
            return verbs.perform(str(job["operation"]), root, int(job["tag"]))
        elif job["operation"] in OFFICE:
            OFFICE[str(job["operation"])](root, int(job["tag"]))
        else:
            write(root, str(job["operation"]), int(job["tag"]))
    except SwmError as failure:
        print(failure.message, flush=True)
        return failure.exit_code
    return 0


def serve() -> None:
    """Fork, arm the child's faults, wait until it and all it started are gone, answer."""
    libc = ctypes.CDLL(None)
    libc.prctl(SUBREAPER, 1, 0, 0, 0)
    for line in sys.stdin:
        job = json.loads(line)
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.setsid()
            os.dup2(writer, 1)
            os.dup2(writer, 2)
            os.close(reader)
            os.environ["SWM_SHIM"] = job["control"]
            if job["control"]:
                libc.swm_shim_arm(job["control"].encode())
            os._exit(perform(job))
        os.close(writer)
        with open(reader, "rb") as stream:
            output = stream.read().decode("utf-8", "replace")
        _, status = os.waitpid(child, 0)
        while True:  # its git children, orphaned by the kill, are ours to bury
            try:
                os.waitpid(-1, 0)
            except ChildProcessError:
                break
        answer = {"status": os.waitstatus_to_exitcode(status), "output": output}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    serve()
