"""The screen: results to standard output, messages to standard error, colour only where asked.

Every line that holds a word of the ledger has gone through `text.visible` before it gets here;
no markup is interpreted, so nothing in a name can be taken for it.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TextIO

from swm.errors import ERROR, Finding, Missing
from swm.frozen import frozen
from swm.render.text import fit, pad, visible, visible_lines, width, wrap

_COMMAND = re.compile("：((?:swm|git) [^；]+)(?:；|$)")
"""A command that a sentence names after a colon, up to the next semicolon."""
RED, GREEN, YELLOW, BOLD, DIM = "31", "32", "33", "1", "2"
WIDEST = 120
"""Beyond this many columns text is not spread, however wide the window is."""


class Unwritten(Exception):
    """An output takes nothing: the disk behind it is full, say. Nobody reads `failure` out loud
    but the one who knows what it means that the words are lost."""

    def __init__(self, stream: TextIO, failure: OSError) -> None:
        super().__init__(failure)
        self.stream, self.failure = stream, failure


def put(stream: TextIO, text: str) -> None:
    """Write, at once. Raises `Unwritten`; `BrokenPipeError` where nobody reads any more."""
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as failure:
        raise Unwritten(stream, failure) from None


@frozen
class Screen:
    """Where a command's words go."""

    out: TextIO
    err: TextIO
    columns: int | None = None
    """The window's width; None when the output goes into a file or another program."""
    colour: bool = False
    quiet: bool = False

    @classmethod
    def opened(
        cls,
        out: TextIO,
        err: TextIO,
        environ: Mapping[str, str],
        *,
        colour: bool = True,
        quiet: bool = False,
    ) -> Screen:
        """The screen as the surroundings have it: COLUMNS, NO_COLOR and TERM are honoured."""
        told = environ.get("COLUMNS", "")
        columns = int(told) if told.isascii() and told.isdecimal() and int(told) else None
        if columns is None and out.isatty():
            columns = shutil.get_terminal_size().columns
        plain = bool(environ.get("NO_COLOR")) or environ.get("TERM") == "dumb"
        return cls(out, err, columns, colour and out.isatty() and not plain, quiet)

    @property
    def room(self) -> int:
        """The columns for running text."""
        return min(self.columns or 80, WIDEST)

    def result(self, lines: Iterable[str]) -> None:
        """What was asked for."""
        put(self.out, "".join(f"{line}\n" for line in lines))

    def say(self, lines: Iterable[str]) -> None:
        """What should be known besides; not with -q."""
        if not self.quiet:
            self.insist(lines)

    def insist(self, lines: Iterable[str]) -> None:
        """What must be known, also with -q: errors."""
        put(self.out, "")
        put(self.err, "".join(f"{line}\n" for line in lines))

    def document(self, value: Any) -> None:
        """One JSON document. Characters that a screen would obey stand as \\u escapes."""
        text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
        self.result(_escaped(line) for line in text.split("\n"))

    def tint(self, text: str, *codes: str) -> str:
        """`text` in a colour, if colours are wanted."""
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.colour and text else text


def _escaped(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() or c == "\u3000" else _escape(c) for c in line)


def _escape(c: str) -> str:
    units = c.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


# --- tables -------------------------------------------------------------------------------------


@frozen
class Column:
    """A column of a table; `shrink` says that it may be cut to make the table fit, `spare` that it
    may be left out before the others are cut too short to be read."""

    title: str
    right: bool = False
    shrink: bool = False
    spare: bool = False


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int | None) -> list[str]:
    """Rows under their titles, cut to `room` columns; not cut at all when `room` is None."""
    if room is not None:
        kept = _affordable(columns, rows, room)
    if room is not None and len(kept) < len(columns):
        columns = [columns[i] for i in kept]
        rows = [[row[i] for i in kept] for row in rows]
    cells = list(zip([column.title for column in columns], *rows, strict=True))
    # Most texts of a long list come again: each is looked at once.
    shown = [{text: visible(text) for text in dict.fromkeys(column)} for column in cells]
    sizes = [{text: width(text) for text in known.values()} for known in shown]
    widest = [max(known.values()) for known in sizes]
    if room is not None:
        _shrink(widest, columns, room)
    filled = []
    for number, column in enumerate(columns):
        ready = _filled(shown[number], sizes[number], widest[number], right=column.right)
        filled.append([ready[text] for text in cells[number]])
    return ["  ".join(line).rstrip() for line in zip(*filled, strict=True)]


def left_out(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int | None
) -> list[str]:
    """The titles of the columns for which a table of these rows has no room."""
    kept = range(len(columns)) if room is None else _affordable(columns, rows, room)
    return [column.title for i, column in enumerate(columns) if i not in kept]


def _filled(
    shown: Mapping[str, str], sizes: Mapping[str, int], size: int, *, right: bool
) -> dict[str, str]:
    """Each text of a column as it is shown, cut or filled to `size` columns."""
    blanks = {taken: " " * (size - taken) for taken in set(sizes.values()) if taken <= size}
    return {
        text: pad(fit(seen, size), size, right=right)
        if sizes[seen] > size
        else blanks[sizes[seen]] + seen
        if right
        else seen + blanks[sizes[seen]]
        for text, seen in shown.items()
    }


READABLE = 14
"""So many columns a text keeps as long as something else can be left out."""


def _affordable(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int
) -> Sequence[int]:
    """The columns that are shown: spare ones go, the last first, until the others can be read."""
    kept = list(range(len(columns)))
    spare = [i for i in kept if columns[i].spare]
    if not spare:
        return kept
    needs = []
    for i, column in enumerate(columns):
        texts = {column.title, *(row[i] for row in rows)}
        widest = max(width(visible(text)) for text in texts)
        needs.append(min(widest, READABLE) if column.shrink else widest)
    while spare and sum(needs[i] for i in kept) + 2 * (len(kept) - 1) > room:
        kept.remove(spare.pop())
    return kept


def _shrink(widest: list[int], columns: Sequence[Column], room: int) -> None:
    """Take what is too much from the widest of the columns that may be cut."""
    excess = sum(widest) + 2 * (len(widest) - 1) - room
    soft = [i for i, column in enumerate(columns) if column.shrink]
    while excess > 0 and soft:
        broadest = max(soft, key=lambda i: widest[i])
        if widest[broadest] <= 8:
            return
        widest[broadest] -= 1
        excess -= 1


# --- bad news -----------------------------------------------------------------------------------


def refusal(screen: Screen, headline: str, missing: Sequence[Missing], hint: str = "") -> list[str]:
    """Why not; all that is missing, numbered, each with its clause and the command for it."""
    lines = wrap(visible(headline), screen.room)
    lines[0] = screen.tint(lines[0], RED)
    if missing:
        count = "还差" if headline.endswith("还不能办") else "要处理"
        lines[-1] += f"，{count} {len(missing)} 项："
    for number, item in enumerate(missing, 1):
        lines += numbered(screen, number, item)
    return lines + hinted(screen, hint)


def hinted(screen: Screen, hint: str) -> list[str]:
    """What to do, each line as it is where it fits, else its commands on lines of their own."""
    lines: list[str] = []
    for line in visible_lines(hint) if hint else ():
        lines += [line] if width(line) <= screen.room else told(screen, line)
    return lines


def told(screen: Screen, text: str, indent: str = "") -> list[str]:
    """The words, and on lines of their own the commands they name, fit to be copied."""
    lines: list[str] = []
    rest = visible(text)
    while found := _COMMAND.search(rest):
        lines += wrap(f"{indent}{rest[: found.start()]}：", screen.room, indent)
        lines.append(f"{indent}  {found[1].rstrip()}")
        rest = rest[found.end() :]
    return lines + (wrap(f"{indent}{rest}", screen.room, indent) if rest else [])


def numbered(screen: Screen, number: int, item: Missing) -> list[str]:
    """One thing that is missing, and on the next line the command that supplies it."""
    clause = f"（{item.clause}）" if item.clause else ""
    lines = wrap(f"{number:>3}. {visible(item.text)}{clause}", screen.room, "     ")
    return lines + ([f"     {visible(item.command)}"] if item.command else [])


def finding(screen: Screen, found: Finding) -> list[str]:
    """One thing wrong with a file; what to do follows, on its own line where it is long."""
    indent = "     "
    whole = f"{found.level} {visible(str(found))}"
    lines = [whole]
    if width(whole) > screen.room:
        lines = wrap(f"{found.level} {visible(str(replace(found, hint='')))}", screen.room, indent)
        lines += told(screen, found.hint, indent) if found.hint else []
    colour = RED if found.level == ERROR else YELLOW
    lines[0] = screen.tint(found.level, colour) + lines[0].removeprefix(found.level)
    return lines


# --- what would be written ----------------------------------------------------------------------


def diff(screen: Screen, path: str, old: str | None, new: str | None) -> list[str]:
    """The lines of one file that would change, as git would show them."""
    import difflib

    before, after = ((text or "").splitlines() for text in (old, new))
    lines = [screen.tint(f"{visible(path)}{'（新文件）' if old is None else ''}", BOLD)]
    for line in list(difflib.unified_diff(before, after, n=2, lineterm=""))[2:]:
        colour = {"+": GREEN, "-": RED, "@": DIM}.get(line[:1], "")
        shown = _hunk(line) if line.startswith("@@") else visible(line)
        lines.append(screen.tint(shown, colour) if colour else shown)
    return lines


def _hunk(line: str) -> str:
    found = re.match(r"@@ -\d+(?:,\d+)? \+(\d+)", line)
    return f"@@ 第{found[1]}行 @@" if found else line


def dirty_notice(paths: Sequence[str]) -> str:
    """One line that names the files whose edits nobody has committed."""
    named = "、".join(visible(path) for path in paths[:3])
    more = f" 等{len(paths)}个文件" if len(paths) > 3 else ""
    told = f"注意：{named}{more} 有尚未提交的改动，下面是已提交的内容"
    return f"{told}（swm check 检查，swm adopt --why 原因 收录）"
