"""`swm template`: the office's own templates: taken from the built-in ones, checked, explained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from swm.cli import options as o
from swm.cli import output
from swm.cli.call import Call
from swm.cli.failure import as_finding
from swm.cli.grammar import Command, Writing, noun
from swm.errors import ERROR, Finding, Missing, NotFound, Refused, Surroundings, SwmError
from swm.render import terminal
from swm.render.terminal import Column
from swm.render.text import visible, wrap
from swm.reports import figures
from swm.store.ledger import Ledger
from swm.store.systemwords import reason

if TYPE_CHECKING:
    from pathlib import Path

    from swm.domain.policy import Policy
    from swm.render.templatekinds import Known

app = noun("template", "模板：有哪些、取一份来改、检查、可用的名称。")

FOLDER = "templates"
OF_SITE = "离线网站的页面"
Which = Annotated[o.Text, typer.Argument(metavar="[模板]", help="如 月报.docx；不写就是本镇的全部")]


@app.command("list", cls=Command, help="有哪些模板，用的是自带的还是本镇的，本镇的还能不能用。")
def list_(context: typer.Context) -> None:
    """Every template, and how the office's own ones stand."""
    from swm.render.templatekinds import KINDS, available, site_files

    call = Call.of(context)
    own = owned(call.ledger.root)
    rows = []
    for name in (*available(), *(n for n in own if n not in available())):
        found = checked(call.ledger, name) if name in own else []
        title = KINDS[name].title if name in KINDS else OF_SITE if name in site_files() else ""
        rows.append((name, title, name in own, found))
    if call.json:
        call.screen.document({"模板": [_document(*row) for row in rows]})
        return
    columns = (Column("模板"), Column("用途"), Column("用的是"), Column("情况", shrink=True))
    lines = [(n, t, "本镇的" if mine else "自带的", _state(mine, f)) for n, t, mine, f in rows]
    call.screen.result(terminal.table(columns, lines, call.screen.columns))
    wanting = [name for name, _, _, found in rows if found]
    call.screen.say(f"  看是什么问题：swm template check {name}" for name in wanting)
    call.screen.say(["  离线网站的页面（swm site）不在此列，见手册“模板”一页。"])


def owned(root: Path) -> list[str]:
    """The names of the files in the ledger's templates/, with those in its site/."""
    from swm.render.templatekinds import SITE

    top = _lying(root / FOLDER)
    if SITE.rstrip("/") not in top or not (pages := root / FOLDER / SITE).is_dir():
        return top
    inside = [] if pages.is_symlink() else _lying(pages)
    return [*(n for n in top if n != pages.name or pages.is_symlink()),
            *(f"{SITE}{name}" for name in inside)]  # fmt: skip


def _lying(folder: Path) -> list[str]:
    if folder.is_symlink() or not folder.is_dir():
        return []
    return sorted(p.name for p in folder.iterdir() if not p.name.startswith((".", "~$")))


def _state(mine: bool, found: Sequence[Finding]) -> str:
    errors = sum(f.level == ERROR for f in found)
    if errors:
        return f"{errors}处错误，不能用"
    if found:
        return f"{len(found)}条提醒"
    return "可用" if mine else ""


def _document(name: str, title: str, mine: bool, found: Sequence[Finding]) -> dict[str, Any]:
    errors = sum(f.level == ERROR for f in found)
    return {
        "名称": name,
        "用途": title,
        "本镇自有": mine,
        "错误": errors,
        "提醒": len(found) - errors,
    }


@app.command("copy", cls=Writing, help="把自带的模板取一份到台账的 templates/，供本镇修改。")
def copy(
    context: typer.Context,
    which: Annotated[o.Text, typer.Argument(metavar="模板", help="如 月报.docx")] = None,
) -> None:
    """Put a built-in template into the ledger, uncommitted."""
    from swm.render.templatekinds import available, site_files
    from swm.render.templates import find

    call = Call.of(context)
    name = _named(which or "", [*available(), *site_files()])
    place = call.ledger.root / FOLDER / name
    call.require_own_repository()
    _refuse_to_overwrite(call.ledger.root, place)
    shown = visible(str(output.from_here(place)))
    if call.dry_run:
        call.screen.result([f"将写入 {shown}"])
        call.screen.say(["未写入（--dry-run）"])
        return
    data = find(name)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as failed:
        raise Surroundings(f"{place.parent} 建不了：{reason(failed)}") from None
    output.write(place, data)
    if call.json:
        call.screen.document({"文件": str(place)})
        return
    call.screen.result([shown])
    call.screen.say(_what_next(name, of_site=name in site_files()))


def _what_next(name: str, *, of_site: bool) -> list[str]:
    """How a template that was taken is edited, looked at and taken in."""
    if of_site:
        return [
            "  离线网站的页面这里不检查；改好以后收录，再写一次网站看看：",
            "    swm adopt --why 原因",
            "    swm site 输出/网站 --audience 内部",
        ]
    editor = " Word 或 WPS " if name.endswith(".docx") else "记事本之类的文本编辑器"
    return [
        f"  用{editor}修改，花括号里的名称见：",
        f"    swm template names {name}",
        "  改好以后检查，再收录：",
        f"    swm template check {name}",
        "    swm adopt --why 原因",
    ]


def _refuse_to_overwrite(root: Path, place: Path) -> None:
    if place.parent.is_symlink() or (root / FOLDER).is_symlink():
        raise Surroundings(f"{FOLDER}/ 是符号链接，不往那里写")
    if place.exists() or place.is_symlink():
        hint = "要重新取一份，先把它移走"
        if place.parent == root / FOLDER:
            hint += f"；看它还能不能用：swm template check {place.name}"
        raise Refused(f"本镇已有模板 {place.name}，没有动它", hint=hint)


def _named(told: str, known: Sequence[str]) -> str:
    """The template of that name, or whose name begins so. Raises `NotFound`."""
    if told in known:
        return told
    meant = [name for name in known if told and name.startswith(told)]
    if len(meant) == 1:
        return meant[0]
    what = f"有几个模板叫“{visible(told)}”" if meant else f"没有模板“{visible(told)}”"
    hint = f"可选：{'、'.join(meant)}" if meant else "有哪些模板：swm template list"
    raise NotFound(what if told else "要写明是哪个模板", hint)


@app.command("check", cls=Command, help="检查模板（就是现在文件夹里的样子），并用假想的数据试填。")
def check(context: typer.Context, which: Which = None) -> None:
    """Everything that is wrong with a template. Exits 1 for 错误."""
    from swm.render.templatekinds import available

    call = Call.of(context)
    own = owned(call.ledger.root)
    names = own if which is None else [_named(which, [*own, *available()])]
    found = [each for name in dict.fromkeys(names) for each in checked(call.ledger, name)]
    errors = sum(f.level == ERROR for f in found)
    if call.json:
        told = [as_finding(f) for f in found]
        call.screen.document({"错误": errors, "提醒": len(found) - errors, "问题": told})
    else:
        call.screen.result(line for f in found for line in terminal.finding(call.screen, f))
        call.screen.say([_summary(names, found, errors)])
    raise typer.Exit(1 if errors else 0)


def _summary(names: Sequence[str], found: Sequence[Finding], errors: int) -> str:
    if not names:
        return "本镇没有自己的模板，报表用的都是程序自带的"
    if found:
        return f"错误 {errors} 条，提醒 {len(found) - errors} 条"
    return f"{'、'.join(map(visible, names))}：没有发现问题"


def checked(ledger: Ledger, name: str) -> list[Finding]:
    """What is wrong with a template as it lies, the office's own before the built-in one."""
    from swm.render.templatecheck import check_template
    from swm.render.templates import find, lying_in
    from swm.render.wordlint import wrong

    path = f"{FOLDER}/{name}"
    try:
        data = find(name, lying_in(ledger.root))
    except SwmError as error:
        return [wrong(path, "", error.message, error.hint)]
    return check_template(name, data, path, known(ledger))


def objections(ledger: Ledger, path: str, data: bytes) -> list[Missing]:
    """Why a template cannot be adopted."""
    from swm.render.templatecheck import check_template

    name = path.removeprefix(f"{FOLDER}/")
    found = check_template(name, data, path, known(ledger))
    return [Missing(str(each)) for each in found if each.level == ERROR]


def known(ledger: Ledger) -> Known:
    """The figures that the ledger's rules have, and the rules that are shipped."""
    from swm.domain.policyfiles import PATHS, read_policy
    from swm.render.templatekinds import Known
    from swm.store.founding import default_policy
    from swm.store.yamlread import parse

    def shipped() -> Policy:
        files = default_policy()
        return read_policy({path: parse(files[path], path) for path in PATHS})

    defined = figures.figures(ledger.snapshot().policy)
    return Known({name: each.unit for name, each in defined.items()}, shipped)


@app.command("names", cls=Command, help="模板里可以用的名称和含义。")
def names(
    context: typer.Context,
    which: Annotated[
        o.Text, typer.Argument(metavar="[模板]", help="哪个模板；不写就是 月报.docx")
    ] = None,
) -> None:
    """The names that a template may use."""
    from swm.render.templatekinds import KINDS
    from swm.render.templatenames import ENTRY, HELP, IN_FIGURE, lines
    from swm.render.templates import MONTHLY_WORD

    call = Call.of(context)
    kind = KINDS[_named(which or MONTHLY_WORD, list(KINDS))]
    told = list(lines(kind.table(known(call.ledger))))
    if call.json:
        listed = [{"名称": path, "种类": n.kind, "含义": n.meaning} for path, n in told]
        call.screen.document({"模板": kind.file, "名称": listed})
        return
    for path, name in told:
        head = f"{path}（{name.kind}）  {name.meaning}"
        call.screen.result(wrap(head, call.screen.room, "    "))
    inside = {"每个数字": IN_FIGURE, "名单的每一项": ENTRY}
    used = {name.kind for _, name in told}
    call.screen.say(
        [
            "",
            *(
                line
                for kind in [k for k in HELP if k in used]
                for line in _how(call, kind, HELP[kind])
            ),
            *(
                line
                for title, table in inside.items()
                if any(name.inside == table for _, name in told)
                for line in _how(call, f"{title}里有", "、".join(n.name for n in table))
            ),
        ]
    )


def _how(call: Call, title: str, text: str) -> list[str]:
    return wrap(f"{title}：{text}", call.screen.room, "    ")
