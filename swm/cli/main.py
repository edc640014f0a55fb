"""One command line in, one exit code out. The only broad except of the program is here."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command

from swm.cli import commands, streams, usage
from swm.cli.call import Call
from swm.cli.failure import OUR_BUG, report, write_trace
from swm.cli.grammar import Root
from swm.errors import SwmError
from swm.render.terminal import Screen, Unwritten

CANCELLED = 1
STOPPED = "已取消，什么都没有记录"

app = typer.Typer(
    cls=Root,
    invoke_without_command=True,
    add_completion=False,
    help="“散乱污”企业整治台账。不带命令时显示今天要办的事。",
)


@app.callback()
def desk(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="显示版本")] = False,
) -> None:
    """The desk, when no command is named."""
    if context.invoked_subcommand is None:
        from swm.cli.desk import show_desk, show_version

        call = Call.of(context)
        (show_version if call.told.get("version") else show_desk)(call)


def run(arguments: Sequence[str]) -> int:
    """Run one command; the exit code of the contract's section 3."""
    streams.open_all()
    Root.places = commands.PLACES
    screen = Screen.opened(sys.stdout, sys.stderr, os.environ)
    as_json = "--json" in arguments
    try:
        return _run(list(arguments))
    except SwmError as error:
        return _reported(error, screen, as_json=as_json)
    except typer.TyperException as error:
        return _reported(usage.translated(error), screen, as_json=as_json)
    except KeyboardInterrupt:
        return streams.surely(lambda: _told(screen, CANCELLED, "", STOPPED), CANCELLED)
    except BrokenPipeError:
        # The reader of our output has gone (`swm list | head`): nothing is wrong.
        streams.hush(sys.stdout)
        return 0
    except Unwritten as lost:
        return _reported(streams.unwritten(lost), screen, as_json=False)
    except Exception as error:
        where = write_trace(error, _named_ledger(arguments))
        words = f"程序出错（不是您的问题）：{type(error).__name__}，详情已写入 {where}"
        return streams.surely(lambda: _told(screen, OUR_BUG, words), OUR_BUG)


def _reported(error: SwmError, screen: Screen, *, as_json: bool) -> int:
    return streams.surely(lambda: report(error, screen, as_json=as_json), error.exit_code)


def _told(screen: Screen, code: int, *lines: str) -> int:
    screen.insist(lines)
    return code


def _run(arguments: list[str]) -> int:
    command = get_command(app)
    try:
        with command.make_context("swm", arguments) as context:
            command.invoke(context)
    except typer.Exit as ended:
        return ended.exit_code
    return 0


def _named_ledger(arguments: Sequence[str]) -> Path | None:
    """The folder after `--ledger`, else SWM_LEDGER: also where the command line broke."""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if word == "--ledger" or word.startswith("--ledger="):
            return Path(word.partition("=")[2] or following)
    told = os.environ.get("SWM_LEDGER")
    return Path(told) if told else None
