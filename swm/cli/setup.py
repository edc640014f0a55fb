"""`swm init` and `swm demo`: a new ledger, empty or played out."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from swm.cli import identity, parsing
from swm.cli import options as o
from swm.cli.call import Call
from swm.cli.grammar import Writing, verbs
from swm.cli.prompts import Question, complete
from swm.domain import fields, settings
from swm.domain.fields import BadValue
from swm.domain.periods import Period
from swm.domain.settings import Settings, Village
from swm.errors import NoIdentity, WrongUsage
from swm.render import terminal
from swm.render.text import commas, visible

if TYPE_CHECKING:
    from swm.store.vault import Reporter

app = verbs()

Folder = Annotated[o.Text, typer.Argument(metavar="文件夹", help="新建在哪里，须是空的或不存在的")]


@app.command("init", cls=Writing, help="新建台账：文件夹、swm.yaml、制度、第一次提交。")
def init(
    context: typer.Context,
    folder: Folder = None,
    town: Annotated[o.Text, o.text("--town", "镇名", "镇（街道）的名称")] = None,
    county: Annotated[o.Text, o.text("--county", "区名", "所属区（县）")] = None,
    prefix: Annotated[o.Text, o.text("--prefix", "字母", "企业编号的前缀；不写就是 BK")] = None,
    agency: Annotated[o.Text, o.text("--agency", "代字", "文号中的机关代字，如 俵整")] = None,
    villages: Annotated[o.Text, o.text("--villages", "村", "各村，用顿号或逗号隔开")] = None,
    opening_date: Annotated[o.Text, o.text("--opening-date", "日期", "建账基准日")] = None,
) -> None:
    """Make a ledger."""
    call = Call.of(context)
    if folder is None:
        raise WrongUsage("要写明建在哪个文件夹", hint="例如 swm init 台账 --town 俵口镇")
    asked = (
        Question(option="--town", title="镇（街道）的名称", reader=_named),
        Question(option="--county", title="所属区（县）", reader=_named, required=False),
        Question(
            option="--villages",
            title="各村（用顿号隔开）",
            reader=parsing.words,
            required=False,
        ),
    )
    answers = complete(asked, call.typed, call.screen, call.ask)
    made = Settings(
        ledger_id=secrets.token_hex(8),
        town=answers["--town"],
        county=answers.get("--county"),
        prefix=parsing.read("--prefix", prefix or "BK", settings.PREFIX.read),
        agency_code=agency,
        opening_date=parsing.maybe("--opening-date", opening_date, parsing.day(call.today)),
        villages=tuple(Village(name=name) for name in _once(answers.get("--villages") or ())),
    )
    _found(call, Path(folder), made)


def _once(names: Sequence[str]) -> Sequence[str]:
    """Raise `WrongUsage` where a village is named twice: everything in it would count twice."""
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise WrongUsage(f"--villages：{commas(twice)}写了两遍", hint="每个村写一遍")
    return names


def _named(text: str) -> str:
    return str(fields.NAME.read(text.strip()))


def _found(call: Call, root: Path, made: Settings) -> None:
    from swm.store.founding import ledger_files
    from swm.store.identity import Identity, Person, identify
    from swm.store.repo import personal_settings
    from swm.store.transaction import store_identity
    from swm.store.writing import found

    files = ledger_files(made)
    if call.dry_run:
        call.screen.result([f"将新建 {root}："])
        for path, data in files.items():
            call.screen.result(terminal.diff(call.screen, path, None, data.decode())[:1])
        call.screen.say(["未写入（--dry-run）"])
        return
    person: tuple[str, str] | None = None
    try:
        who = identify(root, personal_settings())
    except NoIdentity:
        if not call.interactive:
            raise
        person = identity.asked(call)
        who = Identity(Person(*person), Person(*person))
    recorded = found(root, files, f"建账 {made.town}“散乱污”企业整治台账", who=who)
    if person:
        store_identity(root, *person)
    call.show(recorded)
    if not call.json:
        call.screen.say(_next_steps(root, made))


def _next_steps(root: Path, made: Settings) -> list[str]:
    villages = (
        commas(v.name for v in made.villages)
        or "还没有（写进 swm.yaml 的 村，再 swm adopt --why 原因）"
    )
    place = visible(str(root))
    here = root.resolve() == Path.cwd()
    return [
        f"  台账在{'当前文件夹' if here else f' {place}'}，村：{villages}",
        f"  下一步{'' if here else f'（先 cd {place}）'}：",
        "    swm add --name 企业名称 --village 村 --category 类别",
    ]


@app.command("demo", cls=Writing, help="生成一个演示台账：虚构的一个镇，走完各种流程。")
def demo(
    context: typer.Context,
    folder: Folder = None,
    enterprises: Annotated[o.Text, o.text("--enterprises", "家数", "企业数，不写就是 40")] = None,
    months: Annotated[o.Text, o.text("--months", "月数", "过去几个月，不写就是 12")] = None,
    seed: Annotated[o.Text, o.text("--seed", "数", "随机种子；相同则结果相同")] = None,
    delisted_by: Annotated[
        o.Text, o.text("--delisted-by", "镇|区", "销号层级，不写就是镇；区：报区验收后销号")
    ] = None,
    with_vault: Annotated[
        bool, typer.Option("--vault", help="虚构的举报人也写进这台电脑的保密库")
    ] = False,
) -> None:
    """Play out a township."""
    from swm.sample.township import TOWN_LEVEL, play

    call = Call.of(context)
    if folder is None:
        raise WrongUsage("要写明生成在哪个文件夹", hint="例如 swm demo 演示台账")
    count = parsing.read("--enterprises", enterprises or "40", parsing.number)
    span = parsing.read("--months", months or "12", parsing.number)
    number = parsing.read("--seed", seed or "0", _seed)
    level = parsing.read("--delisted-by", delisted_by or TOWN_LEVEL, settings.LEVEL.read)
    if call.dry_run:
        call.screen.say(
            [f"将在 {folder} 生成 {count} 家企业、{span} 个月的演示台账；未写入（--dry-run）"]
        )
        return
    progress = call.progress("生成演示台账")
    made = play(Path(folder), count, span, number, call.today, progress, level)
    if with_vault:
        _fill_vault(call, made.ledger_id, made.reporters)
    if call.json:
        document = {
            "台账": str(made.root),
            "企业": made.enterprises,
            "记录": made.records,
            "提交": made.commits,
        }
        call.screen.document(document)
        return
    call.screen.result([str(made)])
    last = Period.month_of(call.today).previous().code
    call.screen.say(
        [
            "  看看今天要办的事、出一份月报：",
            f"    swm --ledger {folder} --today {call.today}",
            f"    swm --ledger {folder} --today {call.today} report month {last}",
        ]
    )


def _fill_vault(call: Call, ledger_id: str, reporters: Mapping[str, Reporter]) -> None:
    """The sample's reporters, where real ones would be; the same again when made again."""
    from swm.cli.vaulting import shown
    from swm.store.vault import Vault

    vault = Vault(ledger_id, call.environ)
    for token, who in reporters.items():
        vault.keep(token, who)
    call.screen.say([f"虚构的举报人 {len(reporters)} 名写进了保密库 {shown(vault.folder)}"])


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise BadValue(f"“{text}”不是整数")
    return int(text)
