"""`swm vault`: who reported, on this computer alone. Looking leaves a trace."""

from __future__ import annotations

import getpass
import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from swm.cli import options as o
from swm.cli import passphrases
from swm.cli.call import BEIJING, Call
from swm.cli.casefiles import complaint_id
from swm.cli.files import content
from swm.cli.grammar import Command, noun
from swm.domain.complaintrecords import Complaint
from swm.domain.kinds import COMPLAINT
from swm.errors import NotFound, Refused, SwmError, WrongUsage
from swm.render.terminal import Column, table
from swm.render.text import visible, visible_lines
from swm.store.systemwords import reason
from swm.store.vault import TOKEN, Vault

app = noun("vault", "保密库：举报人的姓名、电话、原话，只在这台电脑上，不进台账。")

Which = Annotated[o.Many, typer.Argument(metavar="编号", help="JB-2026-0001，或本年的序号 1")]
File = Annotated[o.Text, typer.Argument(metavar="文件", help="备份文件")]
_PASSPHRASE_SET = "口令已设定"


@app.command("show", cls=Command, help="查看一件的举报人和原话；谁在何时看过，记入保密库。")
def show(context: typer.Context, which: Which = None) -> None:
    """The one command that shows a reporter."""
    call = Call.of(context)
    id = complaint_id(call, which)
    token = _token(call, id)
    vault = _vault(call)
    reporter = vault.look(token, passphrases.asker(call))
    vault.note(_now(), _who(call), "查看", id, token)
    if call.json:
        call.screen.document({"编号": id, **reporter.document()})
        return
    for key, text in reporter.document().items():
        first, *rest = visible_lines(text) or [""]
        call.screen.result([f"{key}：{first}", *(f"  {line}" for line in rest)])
    call.screen.say(["（本次查看已记入保密库；不得转给被举报人、村和其他单位）"])


@app.command("list", cls=Command, help="哪些件在保密库里有登记；只列编号。")
def list_entries(context: typer.Context) -> None:
    """Ids only, and what belongs to no complaint."""
    call = Call.of(context)
    vault = _vault(call)
    named, here = _named(call), set(vault.tokens())
    rows = [
        (id, _state(vault, token, here), _sealed(vault, token, here))
        for token, id in sorted(named.items(), key=lambda pair: pair[1])
    ]
    orphans = sorted(here - set(named))
    if call.json:
        listed = [{"编号": id, "登记": s, "加密": c == "是"} for id, s, c in rows]
        call.screen.document({"保密库": listed, "无主": orphans})
        return
    if rows:
        columns = (Column("编号"), Column("登记"), Column("加密"))
        call.screen.result(table(columns, rows, call.screen.columns))
    for token in orphans:
        call.screen.result([f"无主登记 {token}：没有对应的举报（登记时中断）"])
        call.screen.result([f"    swm vault erase {token}"])
    sealed = "已设口令，内容加密" if vault.keys else "没有设口令，内容没有加密"
    place = f"保密库在 {shown(vault.folder)}"
    call.screen.say([f"共 {len(here)} 件，{sealed}", place])
    if not vault.keys:
        call.screen.say(["  设口令：", "    swm vault passphrase"])


def _sealed(vault: Vault, token: str, here: set[str]) -> str:
    if token not in here:
        return ""
    return "是" if vault.is_sealed(token) else "否"


def _state(vault: Vault, token: str, here: set[str]) -> str:
    if token in here:
        return "在"
    return "已删除" if token in vault.erased else "不在这台电脑上"


@app.command("log", cls=Command, help="谁在什么时候看过、删过。")
def log(context: typer.Context) -> None:
    """The vault's own log."""
    call = Call.of(context)
    seen = _vault(call).log()
    if call.json:
        listed = [{"时间": a.at, "人": a.who, "动作": a.what, "编号": a.id} for a in seen]
        call.screen.document({"查看记录": listed})
        return
    call.screen.result(visible(f"{a.at}  {a.who}  {a.what}  {a.id}".rstrip()) for a in seen)
    call.screen.say([f"共 {len(seen)} 条"])


@app.command("passphrase", cls=Command, help="设定或更换口令：保密库里的登记全部重新加密。")
def passphrase(context: typer.Context) -> None:
    """Set or change it."""
    call = Call.of(context)
    vault = _vault(call)
    old = passphrases.asker(call)("原口令") if vault.keys else ""
    fresh = passphrases.new(call, "新口令")
    count = vault.set_passphrase(fresh, old)
    vault.note(_now(), _who(call), "设定口令", "")
    call.screen.result([f"{_PASSPHRASE_SET}，{count} 件登记已加密"])
    call.screen.say(
        ["  口令忘了就打不开，没有别的办法：请记牢，并另存一份备份：", "    swm vault backup 文件"]
    )


@app.command("backup", cls=Command, help="备份保密库到一个文件，总是加密的。")
def backup(context: typer.Context, file: File = None) -> None:
    """Everything, encrypted."""
    call = Call.of(context)
    place = _place(file)
    vault = _vault(call)
    if not vault.exists:
        raise NotFound("这台电脑上还没有这本台账的保密库")
    ask = passphrases.asker(call)
    secret = ask("保密库口令") if vault.keys else call.environ.get(passphrases.VARIABLE)
    data = vault.backup(secret or passphrases.new(call, "备份口令"))
    _write_new(place, data)
    vault.note(_now(), _who(call), "备份", "")
    call.screen.result([f"已备份 {len(vault.tokens())} 件到 {visible(str(place))}（加密）"])


@app.command("restore", cls=Command, help="从备份恢复这里没有的登记；已有的不动。")
def restore(context: typer.Context, file: File = None) -> None:
    """What is not here."""
    call = Call.of(context)
    data = content(str(_place(file)))
    vault = _vault(call)
    back, here = vault.restore(data, passphrases.asker(call)("备份口令"))
    vault.note(_now(), _who(call), "恢复", "")
    call.screen.result([f"恢复 {back} 件，已有或已删除的 {here} 件没有动"])


@app.command(
    "erase", cls=Command, help="删除一件的举报人登记（个人信息保护法47）；台账的记录不变。"
)
def erase(
    context: typer.Context,
    which: Which = None,
    why: o.Why = None,
) -> None:
    """For good."""
    call = Call.of(context)
    vault = _vault(call)
    word = "".join(which or ())
    id, token = ("", word) if TOKEN.fullmatch(word) else _entry(call, which)
    if token not in vault.tokens():
        raise NotFound("这台电脑的保密库里没有这一件的登记", "查看：swm vault list")
    if not id and token in _named(call):
        raise Refused("这不是无主登记", hint=f"写编号：swm vault erase {_named(call)[token]}")
    if why is None and id:
        raise WrongUsage("要写明删除的原因", hint='加上 --why "办结满三年"')
    vault.note(_now(), _who(call), "删除", id, token)
    vault.drop(token)
    call.screen.result([f"{id or token} 的登记已从保密库删除"])
    call.screen.say(["以前的备份里可能还有，一并清理"])


def _entry(call: Call, which: list[str] | None) -> tuple[str, str]:
    id = complaint_id(call, which)
    return id, _token(call, id)


def _vault(call: Call) -> Vault:
    return Vault(call.ledger.snapshot().settings.ledger_id, call.environ)


def _token(call: Call, id: str) -> str:
    """The token that a complaint's first record holds, withdrawn or not."""
    found = call.ledger.snapshot().filed(Complaint, id)
    token = getattr(found.records[0], "token", None)
    if token is None:
        raise NotFound(f"{id} 没有登记举报人（匿名，或由单位转来）")
    return str(token)


def _named(call: Call) -> dict[str, str]:
    """Which complaint each token belongs to."""
    snapshot = call.ledger.snapshot()
    named = {}
    for id in snapshot.ids(COMPLAINT):
        try:
            token = getattr(snapshot.filed(Complaint, id).records[0], "token", None)
        except SwmError:
            continue
        if token:
            named[str(token)] = id
    return named


def _now() -> datetime:
    return datetime.now(BEIJING)


def _who(call: Call) -> str:
    """The clerk as git knows them, and the user of the computer."""
    from swm.store.identity import identify
    from swm.store.repo import personal_settings

    user = getpass.getuser()
    try:
        return f"{identify(call.ledger.root, personal_settings()).author.name}（{user}）"
    except SwmError:
        return user


def shown(folder: Path) -> str:
    """A folder as people write it, their own home as ~."""
    try:
        return visible(f"~/{folder.relative_to(Path.home()).as_posix()}")
    except ValueError:
        return visible(str(folder))


def _place(file: str | None) -> Path:
    if file is None:
        raise WrongUsage("没有写明文件", hint="例如 swm vault backup 保密库备份.json")
    return Path(file).expanduser()


def _write_new(place: Path, data: bytes) -> None:
    """A new file that only this user can read; one that is there already is left alone."""
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refused(f"{place} 已经存在，没有覆盖", hint="换一个文件名") from None
    except OSError as failure:
        raise Refused(f"{place} 写不了：{reason(failure)}") from None
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
