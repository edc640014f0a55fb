"""One change to the text of a YAML file, at the places that `survey` found: str -> str.

Each function touches the lines of one value and nothing else. A comment behind the value stays
there; a comment above a key belongs to that key.
"""

from __future__ import annotations

from swm.domain.edits import Plain
from swm.store.yamlplaces import Entry, Spot
from swm.store.yamlwrite import Lines, entry_lines, flow, item_lines, scalar


def replaced(text: str, owner: Spot, entry: Entry, value: Plain, written: Lines) -> str:
    """The value of `entry`, a part of `owner`, becomes `value`, laid out as `written`."""
    if owner.flow:
        return _replaced_in_flow(text, entry, value)
    head, body = written
    old = entry.value
    gap, behind = text[entry.after : old.start], text[old.end : _line_end(text, old.end)]
    if "\n" in gap and head and not body and not old.parts and not old.block_text:
        return text[: old.start] + head[1:] + text[old.end :]  # it keeps its own line
    if "\n" in gap:
        kept = gap[: gap.index("\n")]  # what stands on the key's line
    elif old.block_text:
        header = text[old.start : _line_end(text, old.start)]
        kept = header[len(header.partition("#")[0].rstrip()) :]
    else:
        kept = "" if old.parts and not old.flow else behind
    if head and gap.strip(" ") == "" and gap and not body:
        head = gap + head[1:]  # a person's alignment
    first = head + ("" if kept.isspace() else kept)
    return text[: entry.after] + "\n".join([first, *body]) + text[_line_end(text, old.end) :]


def _replaced_in_flow(text: str, entry: Entry, value: Plain) -> str:
    old, written = entry.value, flow(value)
    if old.start < old.end:
        return text[: old.start] + written + text[old.end :]
    colon = " " if text[entry.after - 1] == ":" else ": "  # {甲, 乙: 1}: 甲 has no colon
    return text[: entry.after] + colon + written + text[old.end :]


def inserted(
    text: str, owner: Spot, key: str, value: Plain, *, before: str | None, inside: bool
) -> str:
    """A new key in the mapping `owner`, above the key `before` if it is there, else last."""
    following = (owner.keys or {}).get(before or "")
    if owner.flow:
        new = f"{scalar(key, in_flow=True)}: {flow(value)}"
        return _inserted_in_flow(text, owner, following, new)
    lines = entry_lines(key, value, owner.column, inside)
    if following is None:
        return _below(text, owner.parts[-1], lines)
    position = owner.parts.index(following)
    if position == 0:
        new = "\n".join(lines).lstrip(" ") + "\n" + " " * owner.column
        return text[: following.start] + new + text[following.start :]
    floor = _line_end(text, owner.parts[position - 1].value.end) + 1
    start = _above_comments(text, following.start, floor)
    return text[:start] + "".join(line + "\n" for line in lines) + text[start:]


def appended(text: str, owner: Spot, value: Plain) -> str:
    """One more item right behind the last of the sequence `owner`, which is not empty."""
    if owner.flow:
        return _inserted_in_flow(text, owner, None, flow(value))
    return _below(text, owner.parts[-1], item_lines(value, owner.column))


def removed(text: str, owner: Spot, entry: Entry) -> str:
    """The mapping `owner` without `entry`; other keys are there."""
    start = text.rfind("\n", 0, entry.start) + 1
    end = _line_end(text, entry.value.end)
    if text[start : entry.start].strip(" "):  # the first key of an item, behind its dash
        return text[: entry.start] + text[owner.parts[1].start :]
    return text[:start] + text[end + 1 :] if end < len(text) else text[: max(start - 1, 0)]


def _inserted_in_flow(text: str, owner: Spot, following: Entry | None, new: str) -> str:
    if following:
        return text[: following.start] + new + ", " + text[following.start :]
    if not owner.parts:
        return text[: owner.start + 1] + new + text[owner.start + 1 :]
    end = owner.parts[-1].value.end
    comma = " , " if text[end - 1] == ":" else ", "  # {甲: , 乙: 1}: 甲:, would be a name
    return text[:end] + comma + new + text[end:]


def _below(text: str, last: Entry, lines: list[str]) -> str:
    end = _line_end(text, last.value.end)
    return text[:end] + "".join("\n" + line for line in lines) + text[end:]


def _above_comments(text: str, position: int, floor: int) -> int:
    """The start of the line at `position` or of the comment on top of it, not above `floor`."""
    start = text.rfind("\n", 0, position) + 1
    while start > floor:
        above = text.rfind("\n", 0, start - 1) + 1
        if not text[above:start].lstrip(" ").startswith("#"):
            break
        start = above
    return start


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end
