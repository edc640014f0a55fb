"""The shape of the command line: typer's commands with Chinese help and shared options.

Options that every command takes (`--ledger`, `--today`, `--json`, `-q`, `--no-color`) are told
before or after the command words; the innermost wins. Values stay text here: the commands
themselves read dates and choices, so that every complaint is ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from swm.cli.usage import NoSuchCommand
from swm.render.text import pad, width, wrap

if TYPE_CHECKING:
    from typer._click.core import Command as AnyCommand

HELP_WIDTH = 80


class AsTyped:
    """Text stays text. Without this, typer brings pydantic to read it: 80 ms for nothing."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value as it was typed; an empty tuple where a list was not given."""
        return () if value is None and (param.multiple or param.nargs == -1) else value


class Shared(NamedTuple):
    """An option that every command takes."""

    name: str
    declared: tuple[str, ...]
    metavar: str
    help: str


GLOBAL = (
    Shared("ledger", ("--ledger",), "文件夹", "台账所在的文件夹（环境变量 SWM_LEDGER）"),
    Shared("today", ("--today",), "日期", "把这一天当作今天（环境变量 SWM_TODAY）"),
    Shared("json", ("--json",), "", "以 JSON 输出结果"),
    Shared("quiet", ("--quiet", "-q"), "", "只输出结果，不作说明"),
    Shared("no_color", ("--no-color",), "", "不用颜色"),
)
DRY_RUN = Shared("dry_run", ("--dry-run",), "", "只显示将要写入什么，不写入")
VERSION = Shared("version", ("--version",), "", "显示版本")
HELP = Shared("help", ("--help", "-h"), "", "显示本说明")


def _shared_options(rows: Sequence[Shared]) -> list[TyperOption]:
    """The options as typer makes them from a function's parameters."""
    app = typer.Typer()

    def holder(**values: Any) -> None:
        """Never called; its signature is what typer reads."""

    import inspect

    holder.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(
                row.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=typer.Option(
                    None if row.metavar else False,
                    *row.declared,
                    metavar=row.metavar or None,
                    help=row.help,
                ),
                annotation=str if row.metavar else bool,
            )
            for row in rows
        ]
    )
    app.command()(holder)
    return [p for p in get_command(app).params if isinstance(p, TyperOption)]
