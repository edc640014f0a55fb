"""Edits spliced into the text of a YAML file: `apply`; and the house's reader and writer.

Everything a person left (comments, order, quotes, blank lines, indentation) survives to the
byte: only the lines of what changes are touched. The places come from the marks of the parser
that also reads the file, and the result is read back before anybody may store it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from swm.domain.edits import Append, Create, Edit, Path, Plain, Set
from swm.domain.tree import Map, Node, Seq
from swm.errors import Unfaithful, Unreadable
from swm.frozen import frozen
from swm.store import yamlsplice
from swm.store.yamlplaces import Entry, Spot, survey
from swm.store.yamlread import YAMLError, parse
from swm.store.yamlwrite import dump, item_layout, layout, tree

__all__ = ["apply", "dump", "parse", "tree"]


@frozen
class _Remove:
    """Take a key and its lines away: a mapping was Set without it."""

    path: Path


_Step = Set | Append | _Remove


def apply(text: str, edits: Sequence[Edit], path: str) -> str:
    """The file's text after the edits, in their order. `path` is its name in the ledger.

    `Set` of a mapping on a mapping changes only the keys that differ, so that comments within
    it survive. Raises `Unreadable` if the text that is there can't be read, and `Unfaithful` if
    what came out does not mean exactly what the edits ask for: then nothing may be written.
    """
    first = edits[0] if edits else None
    if not isinstance(first, Create):
        return _edited(text, edits, parse(text.encode(), path), path)
    if text:
        raise Unfaithful(path, "要新建的文件已经有内容")
    if first.text is None:
        text, meant = _dumped(first.value or {}, path), tree(first.value or {})
    elif path.endswith(".yaml"):
        text, meant = first.text, parse(first.text.encode(), path)
    else:
        return first.text
    return _edited(text, edits[1:], meant, path)


def _dumped(value: dict[str, Plain], path: str) -> str:
    try:
        return dump(value)
    except UnicodeEncodeError as half:
        raise Unfaithful(path, "含有残缺的字符") from half


def _edited(text: str, edits: Sequence[Edit], meant: Node, path: str) -> str:
    """The text after the edits, proven to mean what `meant` means after them."""
    try:
        for edit in edits:
            for step in list(_steps(edit, meant, text)):
                text = _spliced(text, step)
                _carry_out(step, meant)
        faithful = parse(text.encode(), path) == meant
    except (Unreadable, YAMLError, UnicodeEncodeError, _Nowhere) as impossible:
        raise Unfaithful(path, "改动无法写进文件") from impossible
    if not faithful:
        raise Unfaithful(path, "改动后读回的内容与要写的不一致")
    return text


class _Nowhere(Exception):
    """An edit's path leads to no place in the file."""


# --- from edits to single steps ------------------------------------------------------------


def _steps(edit: Edit, meant: Node, text: str) -> Iterator[_Step]:
    """The edit as changes that each touch one place; missing parents are made on the way."""
    if isinstance(edit, Append):
        node = _at(meant, edit.path)
        if isinstance(node, Seq) and node:
            yield edit
            return
        if node is not None and not isinstance(node, Seq):
            raise _Nowhere(edit.path)
        edit = Set(edit.path, [edit.value])
    if not isinstance(edit, Set):
        raise _Nowhere("a file is created first, once")
    edit = _with_parents(edit, meant)
    old, new = _at(meant, edit.path), tree(edit.value)
    if old == new and _exists(meant, edit.path):
        return
    both = isinstance(old, Map) and isinstance(edit.value, dict) and bool(edit.value)
    if both and not _spot(survey(text), edit.path).flow:
        yield from _merged(edit, meant, text)
    else:
        yield edit


def _with_parents(edit: Set, meant: Node) -> Set:
    """The same edit at the highest key that is still missing or empty."""
    for depth in range(1, len(edit.path)):
        if _at(meant, edit.path[:depth]) is None:
            value = edit.value
            for step in reversed(edit.path[depth:]):
                if isinstance(step, int):
                    raise _Nowhere(edit.path)
                value = {step: value}
            return Set(edit.path[:depth], value)
    return edit


def _merged(edit: Set, meant: Node, text: str) -> Iterator[_Step]:
    """What turns the block mapping that is there into the one wanted, key by key."""
    old, new = _at(meant, edit.path), edit.value
    assert isinstance(old, Map) and isinstance(new, dict)
    names = list(new)
    for i, (name, value) in enumerate(new.items()):
        before = next((n for n in names[i + 1 :] if n in old), None)
        yield from _steps(Set((*edit.path, name), value, before), meant, text)
    yield from (_Remove((*edit.path, name)) for name in old if name not in new)


# --- a step in the tree --------------------------------------------------------------------


def _carry_out(step: _Step, meant: Node) -> None:
    """What the step means, done to the tree that the text must equal."""
    if isinstance(step, Append):
        sequence = _at(meant, step.path)
        assert isinstance(sequence, Seq)
        sequence.append(tree(step.value))
        return
    parent, last = _at(meant, step.path[:-1]), step.path[-1]
    if isinstance(parent, Map) and isinstance(last, str):
        if isinstance(step, _Remove):
            del parent[last]
        else:
            parent[last] = tree(step.value)
    elif isinstance(parent, Seq) and isinstance(last, int) and isinstance(step, Set):
        parent[last] = tree(step.value)


def _at(node: Node, path: Path) -> Node:
    """The node at `path`; None if it is empty or its key is missing."""
    for step in path:
        if isinstance(node, Map) and isinstance(step, str):
            node = node.get(step)
        elif isinstance(node, Seq) and isinstance(step, int) and 0 <= step < len(node):
            node = node[step]
        else:
            raise _Nowhere(path)
    return node


def _exists(meant: Node, path: Path) -> bool:
    parent = _at(meant, path[:-1])
    return not isinstance(parent, Map) or path[-1] in parent


# --- a step in the text --------------------------------------------------------------------


def _spliced(text: str, step: _Step) -> str:
    """The text after one step."""
    root = survey(text)
    if isinstance(step, Append):
        return yamlsplice.appended(text, _spot(root, step.path), step.value)
    owner, last = _spot(root, step.path[:-1]), step.path[-1]
    entry = _entry(owner, last)
    inside = any(isinstance(part, int) for part in step.path)
    if isinstance(step, _Remove):
        return yamlsplice.removed(text, owner, entry) if entry else text
    if entry is None:
        return yamlsplice.inserted(
            text, owner, str(last), step.value, before=step.before, inside=inside
        )
    if isinstance(last, int):
        written = item_layout(step.value, owner.column)
    else:
        written = layout(step.value, owner.column, inside=inside)
    return yamlsplice.replaced(text, owner, entry, step.value, written)


def _spot(spot: Spot, path: Path) -> Spot:
    for step in path:
        entry = _entry(spot, step)
        if entry is None:
            raise _Nowhere(path)
        spot = entry.value
    return spot


def _entry(owner: Spot, step: str | int) -> Entry | None:
    if owner.keys is not None and isinstance(step, str):
        return owner.keys.get(step)
    if owner.items is not None and isinstance(step, int):
        return owner.items[step]
    raise _Nowhere(step)
