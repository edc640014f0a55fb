"""`swm original`: the scans in 原件/, which git does not hold."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from swm.cli import options as o
from swm.cli import passphrases
from swm.cli.call import Call
from swm.cli.grammar import Command, noun
from swm.cli.originals import originals_of
from swm.domain.originals import Reference
from swm.errors import Ambiguous, NotFound, Refused, WrongUsage
from swm.render.terminal import Column, table
from swm.render.text import visible
from swm.store.originalrefs import references
from swm.store.originals import Originals
from swm.store.systemwords import reason

app = noun("original", "原件：回证、保证书、交办单的扫描件，存在 原件/，不进历史。")
_SHOWN = 12

Which = Annotated[o.Text, typer.Argument(metavar="原件", help="SHA-256 的前几位，或记录的编号")]


@app.command("list", cls=Command, help="台账记着的每一份原件，和它在不在。")
def list_originals(context: typer.Context) -> None:
    """Every original that a record names."""
    call = Call.of(context)
    here = originals_of(call)
    found = references(call.snapshot())
    if call.json:
        call.screen.document({"原件": [_document(r, here) for r in found]})
        return
    if found:
        columns = (
            Column("记录"), Column("原件"), Column("页数", right=True), Column("存放"), Column("扫描件")
        )  # fmt: skip
        rows = [
            (r.where, f"{r.sha[:_SHOWN]}…", str(r.pages or ""), r.place, _state(r, here))
            for r in found
        ]
        call.screen.result(table(columns, rows, call.screen.columns))
    missing = sum(here.find(r.sha) is None for r in found)
    call.screen.say([f"共 {len(found)} 份" + (f"，缺扫描件 {missing} 份" if missing else "")])


@app.command("check", cls=Command, help="逐份核对：在不在，SHA-256 对不对。")
def check(context: typer.Context) -> None:
    """Read every one. Exits 1 when one is missing or altered."""
    call = Call.of(context)
    here, ask = originals_of(call), passphrases.asker(call)
    bad = 0
    found = references(call.snapshot())
    for sha in dict.fromkeys(r.sha for r in found):
        try:
            here.read(sha, ask)
        except (NotFound, Refused) as fault:
            bad += 1
            where = "、".join(r.where for r in found if r.sha == sha)
            call.screen.result([f"{where}：{visible(fault.message)}"])
    strangers = set(here.all()) - {r.sha for r in found}
    for sha in sorted(strangers):
        call.screen.result([f"{sha[:_SHOWN]}…：没有记录提到它"])
    call.screen.say([f"核对 {len({r.sha for r in found})} 份，有问题 {bad} 份"])
    raise typer.Exit(1 if bad else 0)


@app.command("show", cls=Command, help="取出一份原件（加密的要口令），写到 --out 的文件。")
def show(
    context: typer.Context,
    which: Which = None,
    out: Annotated[o.Text, o.text("--out", "文件", "写到哪个文件；不写只说在哪里")] = None,
) -> None:
    """Where it lies; with --out a readable copy."""
    call = Call.of(context)
    here = originals_of(call)
    ref = _meant(which, references(call.snapshot()))
    if out is None:
        place = here.find(ref.sha)
        call.screen.result(
            [
                f"{ref.where}：原件 {ref.sha}",
                f"页数  {ref.pages or '没有记'}",
                f"存放  {visible(ref.place) or '没有记'}",
                f"扫描件  {visible(_below(call, place)) if place else '不在这台电脑上'}"
                + ("（加密）" if here.is_sealed(ref.sha) else ""),
            ]
        )
        return
    data, _ = here.read(ref.sha, passphrases.asker(call))
    _write(Path(out).expanduser(), data)
    call.screen.result([f"已写到 {visible(out)}，用完请删除"])


def _below(call: Call, place: Path) -> str:
    """The path below the ledger's folder."""
    return place.relative_to(call.ledger.root).as_posix()


def _write(place: Path, data: bytes) -> None:
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refused(f"{place} 已经存在，没有覆盖", hint="换一个文件名") from None
    except OSError as failure:
        raise Refused(f"{place} 写不了：{reason(failure)}") from None
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)


def _meant(which: str | None, found: list[Reference]) -> Reference:
    typed = (which or "").strip()
    if not typed:
        raise WrongUsage(
            "没有写明是哪一份", hint="写 SHA-256 的前几位，或记录的编号（BK-0001、BZ-2026-0001）"
        )
    fitting = [r for r in found if r.sha.startswith(typed.lower()) or typed.upper() in r.where]
    if not fitting:
        raise NotFound(f"没有“{typed}”这份原件", "查看：swm original list")
    if len({r.sha for r in fitting}) > 1:
        listed = [f"{r.where} {r.sha[:_SHOWN]}…" for r in fitting[:20]]
        raise Ambiguous(f"“{typed}”对应 {len(fitting)} 份原件，要指明哪一份", listed)
    return fitting[0]


def _state(ref: Reference, here: Originals) -> str:
    if here.find(ref.sha) is None:
        return "缺"
    return "在（加密）" if here.is_sealed(ref.sha) else "在"


def _document(ref: Reference, here: Originals) -> dict[str, object]:
    return {
        "记录": ref.where,
        "原件": ref.sha,
        "页数": ref.pages,
        "存放": ref.place or None,
        "在": here.find(ref.sha) is not None,
    }
