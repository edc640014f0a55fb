"""The shape of the command line: typer's commands with Chinese help and shared options.

Options that every command takes are told before or after the command words; the later wins.
Values stay text here: the commands read dates and choices, so that every complaint is ours.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup
from typer.main import get_command

from swm.cli import usage
from swm.cli.options import EXACT
from swm.domain.fields import blank
from swm.render.terminal import put
from swm.render.text import pad, width, wrap

if TYPE_CHECKING:
    from typer._click import Command as AnyCommand
    from typer._click import Context as AnyContext
    from typer._click import HelpFormatter, Parameter

SHARED = "swm.shared"
"""Where the shared options are kept in a context, as text."""
_HELP_WIDTH = 80
_SETTINGS = {"help_option_names": ["--help", "-h"]}


def _everywhere(
    ledger: Annotated[
        str | None,
        typer.Option("--ledger", metavar="文件夹", help="台账所在文件夹（环境变量 SWM_LEDGER）"),
    ] = None,
    today: Annotated[
        str | None,
        typer.Option("--today", metavar="日期", help="把这一天当作今天（环境变量 SWM_TODAY）"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出结果")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="只输出结果，不作说明")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="不用颜色")] = False,
) -> None:
    """Never called: the options that every command takes."""


def _when_writing(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示将写入什么，不写入")] = False,
) -> None:
    """Never called: the option that every writing command takes."""


@cache
def _options(holder: Callable[..., None]) -> tuple[Parameter, ...]:
    app = typer.Typer(add_completion=False)
    app.command()(holder)
    return tuple(get_command(app).params)


class _AsTyped:
    """Text stays text. Else typer brings in pydantic to read it, which takes 80 ms."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value as typed; an empty tuple for a list that was not given.

        Words that are blank are words that were not given: no rule is to take them for any.
        """
        if value is None and (param.multiple or param.nargs == -1):
            return ()
        if param.param_type_name != "option" or param.metavar in EXACT:
            return value
        if isinstance(value, str):
            return None if blank(value) else value
        if param.multiple:
            return tuple(text for text in value if not blank(text))
        return value


def _untyped(params: Iterable[Parameter]) -> list[Parameter]:
    kept = list(params)
    for param in kept:
        param._runtime_param = _AsTyped()  # type: ignore[attr-defined]
    return kept


class _Plain:
    """What commands and groups share: options as text, help in Chinese."""

    def get_help_option(self, ctx: AnyContext) -> Any:
        """typer's own --help, kept from bringing in pydantic like the rest."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.callback = _show_help
        return _untyped([option])[0] if option else None


def _show_help(context: AnyContext, option: Parameter, wanted: bool) -> None:
    """The help page, written as every screen is."""
    if wanted and not context.resilient_parsing:
        put(sys.stdout, f"{context.get_help()}\n")
        context.exit()


def _collect(context: AnyContext) -> None:
    """Move the shared options from the command's parameters to where they meet."""
    told = context.meta.setdefault(SHARED, {})
    for name in ("ledger", "today", "as_json", "quiet", "no_color", "dry_run", "version"):
        if value := context.params.pop(name, None):
            told[name] = value


class Command(_Plain, TyperCommand):
    """A command that reads."""

    writes = False

    def __init__(self, name: str | None, **settings: Any) -> None:
        shared = (*_options(_everywhere), *(_options(_when_writing) if self.writes else ()))
        settings["params"] = _untyped([*(settings.get("params") or ()), *shared])
        settings["context_settings"] = _SETTINGS
        settings["rich_markup_mode"] = None
        super().__init__(name, **settings)

    def invoke(self, ctx: AnyContext) -> Any:
        """Run the command with its own options only."""
        _collect(ctx)
        return super().invoke(ctx)

    def format_help(self, ctx: AnyContext, formatter: HelpFormatter) -> None:
        """The help page, in Chinese."""
        formatter.write("\n".join(_help_page(self, ctx)) + "\n")


class Writing(Command):
    """A command that records; it can be rehearsed."""

    writes = True


class Group(_Plain, TyperGroup):
    """A noun with its verbs."""

    def __init__(self, **settings: Any) -> None:
        settings["params"] = _untyped([*(settings.get("params") or ()), *_options(_everywhere)])
        settings["context_settings"] = _SETTINGS
        settings["rich_markup_mode"] = None
        super().__init__(**settings)

    def invoke(self, ctx: AnyContext) -> Any:
        """Run the verb, or the noun alone where that means something."""
        _collect(ctx)
        if not ctx._protected_args and not self.invoke_without_command:
            raise usage.missing_command(ctx.command_path, self.list_commands(ctx))
        return super().invoke(ctx)

    def resolve_command(
        self, ctx: AnyContext, args: list[str]
    ) -> tuple[str | None, AnyCommand | None, list[str]]:
        """The verb; raises `WrongUsage` with the nearest one."""
        command = self.get_command(ctx, args[0])
        if command is None:
            raise usage.no_such_command(ctx.command_path, args[0], self.list_commands(ctx))
        return args[0], command, args[1:]

    def format_help(self, ctx: AnyContext, formatter: HelpFormatter) -> None:
        """The help page, in Chinese."""
        formatter.write("\n".join(_help_page(self, ctx, self.briefs(ctx))) + "\n")

    def briefs(self, ctx: AnyContext) -> dict[str, str]:
        """Each verb with one line about it."""
        verbs = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        return {name: _brief(verb) for name, verb in verbs.items() if verb}


class Doing(Group):
    """A noun that is also a deed: `swm transfer BK-0001 …` is its verb `add`."""

    def parse_args(self, ctx: AnyContext, args: list[str]) -> list[str]:
        """The verb where one is named first; else everything belongs to `add`.

        Help without any word is about the noun.
        """
        word = _first_word(args)
        asks_help = {"--help", "-h"} & set(args)
        if args and word not in self.list_commands(ctx) and (word or not asks_help):
            args = ["add", *args]
        return super().parse_args(ctx, args)


def _first_word(args: list[str]) -> str:
    """The first argument that is neither an option nor the value of one that all commands take."""
    valued = False
    for argument in args:
        if not valued and not argument.startswith("-"):
            return argument
        valued = argument in ("--ledger", "--today")
    return ""


class WritingGroup(Group):
    """A noun that records by itself, besides its verbs; it can be rehearsed."""

    def __init__(self, **settings: Any) -> None:
        settings["params"] = [*(settings.get("params") or ()), *_options(_when_writing)]
        super().__init__(**settings)


class Place(NamedTuple):
    """Where a command is built, and one line about it for the first help page."""

    module: str
    brief: str


class Root(Group):
    """`swm` itself: it imports only the module of the command that is run."""

    places: Mapping[str, Place] = {}

    def list_commands(self, ctx: AnyContext) -> list[str]:
        """All command words, in the order of a clerk's work."""
        return list(self.places)

    def get_command(self, ctx: AnyContext, cmd_name: str) -> AnyCommand | None:
        """The command by its word, or None."""
        if cmd_name not in self.places:
            return None
        app: typer.Typer = import_module(f"swm.cli.{self.places[cmd_name].module}").app
        verb = [info for info in app.registered_commands if info.name == cmd_name]
        if verb and app.info.name != cmd_name:
            alone = typer.Typer(add_completion=False)
            alone.registered_commands = verb
            return get_command(alone)
        return get_command(app)

    def briefs(self, ctx: AnyContext) -> dict[str, str]:
        """Each command word with its line, without importing anything."""
        return {name: place.brief for name, place in self.places.items()}


def verbs() -> typer.Typer:
    """The commands of one module that stand by themselves: `swm add`."""
    return typer.Typer(add_completion=False)


def noun(name: str, help: str, cls: type[Group] = Group) -> typer.Typer:
    """A noun whose verbs follow it: `swm premises add`."""
    app = typer.Typer(name=name, cls=cls, help=help, add_completion=False)
    app.callback()(_nothing)
    return app


def _nothing() -> None:
    """A noun alone does nothing; with this, typer keeps it a noun even with one verb."""


# --- the help page ------------------------------------------------------------------------------


def _help_page(
    command: TyperCommand | TyperGroup, ctx: AnyContext, verbs: Mapping[str, str] | None = None
) -> list[str]:
    arguments = [p for p in command.params if isinstance(p, TyperArgument) and not p.hidden]
    options: list[Any] = [
        p for p in command.params if not (isinstance(p, TyperArgument) or _hidden(p))
    ]
    shown = [_argument(a) for a in arguments]
    pieces = [ctx.command_path, *shown, "命令" if verbs else "", "[选项]"]
    lines = ["用法：" + " ".join(p for p in pieces if p), ""]
    for paragraph in (command.help or "").split("\n"):
        lines += wrap(paragraph, _HELP_WIDTH)
    sections = {
        "命令": list((verbs or {}).items()),
        "参数": [(_argument(a), a.help or "") for a in arguments],
        "选项": [(_option(o), getattr(o, "help", "") or "") for o in options],
    }
    sections["选项"].append(("--help, -h", "显示本说明"))
    for title, rows in sections.items():
        if rows:
            lines += ["", f"{title}：", *_definitions(rows)]
    return lines


def _hidden(option: Any) -> bool:
    """Whether an option is only there to be refused with an explanation."""
    return bool(getattr(option, "hidden", False))


def _argument(argument: TyperArgument) -> str:
    name = argument.metavar or argument.name
    return f"{name}..." if argument.nargs == -1 and " " not in name else name


def _option(option: Any) -> str:
    names = ", ".join((*option.opts, *option.secondary_opts))
    return names if option.is_flag else f"{names} {option.metavar or '文字'}"


def _definitions(rows: list[tuple[str, str]]) -> list[str]:
    column = min(max(width(first) for first, _ in rows), 26) + 4
    lines: list[str] = []
    for first, second in rows:
        head = "  " + first
        if width(head) >= column:
            lines.append(head)
            head = ""
        body = wrap(second, _HELP_WIDTH - column)
        lines.append((pad(head, column) + body[0]).rstrip())
        lines += [" " * column + rest for rest in body[1:]]
    return lines


def _brief(command: AnyCommand) -> str:
    return (command.help or "").split("\n")[0].rstrip("。")
