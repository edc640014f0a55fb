"""`swm check` and `swm policy`: the health of the files as they lie, and the rules in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from swm.cli import options as o
from swm.cli import parsing
from swm.cli.call import BEIJING, SHORT, Call
from swm.cli.failure import as_finding
from swm.cli.grammar import Command, verbs
from swm.domain import checks
from swm.domain.scoring import SCORING, Scheme
from swm.domain.settings import holds
from swm.errors import ERROR, REMINDER, Finding
from swm.render import terminal
from swm.render.policy import policy_page
from swm.render.text import commas, wrap

if TYPE_CHECKING:
    from swm.store.breaches import Breach
    from swm.store.objects import Commit
    from swm.store.snapshot import Snapshot

app = verbs()

HISTORY = "历史"
_EXPLAINED = (
    "历史：每次提交都由 swm 作出，或已被认领。\n有人直接用 git 提交的，内容可能没有经过检查。"
    "核对以后用 swm adopt --why 原因 认领。改动、删去过记录或档案的一直列着，认领以后标明已知悉和原因。"
)


@app.command(
    "check", cls=Command, help="检查台账的文件（就是现在文件夹里的样子，含未提交的改动）。"
)
def check(
    context: typer.Context,
    names: Annotated[
        o.Many, typer.Argument(metavar="[检查项]", help="只做这几项，见 --explain")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="有提醒也算不通过")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="各项检查查什么、怎么改")] = False,
) -> None:
    """All findings. Exits 1 for 错误, with `--strict` for 提醒 too."""
    call = Call.of(context)
    known = [c.name for c in checks.CHECKS] + [HISTORY]
    pick = parsing.choice(known, "检查项")
    chosen = [parsing.read("检查项", name, pick) for name in names or ()]
    if explain:
        _explain(call, chosen)
        return
    found = _findings(call, chosen)
    _show(call, found)
    bad = [f for f in found if strict or f.level == ERROR]
    raise typer.Exit(1 if bad else 0)


def _explain(call: Call, chosen: Sequence[str]) -> None:
    listed = [name for name in chosen if name != HISTORY]
    parts = [checks.explain(listed)] if listed or not chosen else []
    parts += [_EXPLAINED] if HISTORY in chosen or not chosen else []
    for line in "\n\n".join(parts).split("\n"):
        call.screen.result(wrap(line, call.screen.room))


def _findings(call: Call, chosen: Sequence[str]) -> list[Finding]:
    from swm.store.working import as_they_lie

    listed = [name for name in chosen if name != HISTORY]
    found: list[Finding] = []
    if listed or not chosen:
        lying = as_they_lie(call.ledger.root, call.today, call.progress("检查文件"))
        found += checks.run(lying, listed)
    if HISTORY in chosen or not chosen:
        found += _history(call)
    return found


def _history(call: Call) -> list[Finding]:
    """Commits made outside the tool that nobody has adopted yet, and what any of them, adopted or
    not, did to what is append-only: that stays a finding for good."""
    from swm.store.breaches import breaches
    from swm.store.chronicle import handmade

    if not (call.ledger.root / ".git").exists():
        return []
    strangers = handmade(call.ledger.history())
    return [
        *(_broken(breach) for breach in breaches(call.ledger.repo, strangers)),
        *(_stranger(made.commit) for made in strangers if made.reason is None),
    ]


def _stranger(commit: Commit) -> Finding:
    return Finding(
        HISTORY,
        REMINDER,
        f"提交 {commit.id[:SHORT]}",
        None,
        "",
        f"不是 swm 作出的（{commit.author}：{commit.subject}）",
        "核对以后认领：swm adopt --why 原因",
    )


def _broken(breach: Breach) -> Finding:
    commit, reason = breach.made.commit, breach.made.reason
    when = f"{commit.committed.astimezone(BEIJING):%Y-%m-%d %H:%M}"
    text = f"{breach.loss.text}（提交 {commit.id[:SHORT]}，{commit.author}，{when}）"
    if reason is not None:
        text = f"{text}；已知悉：{reason}"
    hint = (
        f"原样：git show {commit.id[:SHORT]}；改回的：恢复文件以后 swm adopt --why 改回；"
        "记录有误的，改回以后用 swm correct 更正"
    )
    level = ERROR if reason is None else REMINDER
    return Finding(
        HISTORY, level, breach.path, None, breach.loss.where, text, hint if reason is None else ""
    )


def _show(call: Call, found: Sequence[Finding]) -> None:
    errors = sum(1 for f in found if f.level == ERROR)
    if call.json:
        document = {
            "错误": errors,
            "提醒": len(found) - errors,
            "问题": [as_finding(f) for f in found],
        }
        call.screen.document(document)
        return
    call.screen.result(line for f in found for line in terminal.finding(call.screen, f))
    told = f"错误 {errors} 条，提醒 {len(found) - errors} 条" if found else "没有发现问题"
    call.screen.say([told + _including(call)])


def _including(call: Call) -> str:
    """Which of the files looked at differ from what is committed."""
    edited = call.ledger.dirty() if (call.ledger.root / ".git").exists() else []
    named = commas(edited[:3]) + (f" 等{len(edited)}个文件" if len(edited) > 3 else "")
    return f"（其中 {named} 有尚未提交的改动）" if edited else ""


@app.command("policy", cls=Command, help="现行制度：类别、状态、动作和前提、期限、职权。")
def policy(
    context: typer.Context,
    on: Annotated[
        o.Text, o.text("--on", "日期", "哪一天施行的；不写就是今天，或 --at 的那一天")
    ] = None,
    at: o.At = None,
) -> None:
    """The rules in force on a day."""
    call = Call.of(context)
    day = parsing.maybe("--on", on, parsing.day(call.today)) or call.judged_on(at)
    snapshot = call.snapshot(at)
    if call.json:
        from swm.domain.fields import fragment, plain

        rules = snapshot.policy
        parts = (rules.workflow, rules.standards, rules.rules, rules.powers, rules.clauses)
        document = {key: value for part in parts for key, value in fragment(part).items()}
        if snapshot.text(SCORING) is not None:
            document |= fragment(snapshot.scoring)
        call.screen.document(plain({**document, "台账版本": snapshot.commit}))
        return
    level, scheme = snapshot.settings.delisted_by, _scheme(snapshot, day)
    call.screen.result(policy_page(snapshot.policy, day, call.screen.room, level, scheme))


def _scheme(snapshot: Snapshot, on: date) -> Scheme | None:
    """How villages are scored on that day; an older ledger may have no scheme, or none yet."""
    schemes = () if snapshot.text(SCORING) is None else snapshot.scoring.schemes
    return next((s for s in schemes if holds(s, on)), None)
