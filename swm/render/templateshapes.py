"""The names that a template uses, followed through its loops: unknown ones, and wrong uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from swm.errors import Finding
from swm.render import roomfilters
from swm.render.room import OF_LISTS, OF_TEXT
from swm.render.templatenames import (
    BY_NAME,
    CHART,
    FIGURE,
    FLAG,
    LIST,
    NUMBER,
    PRINTED,
    RECORD,
    TABLE,
    TEXT,
    Name,
)
from swm.render.templatetags import Tag, finding, sound
from swm.render.templatewords import nearest

if TYPE_CHECKING:
    from jinja2 import nodes

Shape = Name | None
"""What an expression holds; None where nothing is known of it, so nothing is said of it."""
LOOP = (
    *("index", "index0", "revindex", "revindex0", "first", "last", "length", "cycle", "depth"),
    *("depth0", "previtem", "nextitem", "changed"),
)
SAME = frozenset({"sort", "reverse", "unique", "list", "select", "reject", "selectattr"})
SAME_TOO = frozenset({"rejectattr", "default", "d"})
Say = Callable[[Any, str, str], None]


def check_names(tags: Sequence[Tag], table: Sequence[Name], path: str) -> list[Finding]:
    """Every name that is unknown or used for what it is not, in what can be read of the tags."""
    from jinja2 import TemplateError

    from swm.render.templates import environment

    try:
        tree = environment().parse("\n".join(sound(tags)))
    except TemplateError:  # an elif after an else: told already, and nothing more can be read
        return []
    found: list[Finding] = []

    def say(node: nodes.Node, message: str, hint: str = "") -> None:
        found.append(finding(tags[node.lineno - 1], path, message, hint))

    reader = Reader({name.name: name for name in table}, tags, say)
    reader.declare(tree)
    reader.body(tree.body)
    return list(dict.fromkeys(found))


class Reader:
    """Goes through a template's tree once, knowing at each place what each name holds."""

    def __init__(self, table: Mapping[str, Name], tags: Sequence[Tag], say: Say) -> None:
        self.scope: dict[str, Shape] = dict(table)
        self.own: set[str] = set()
        self.tags, self.say = tags, say

    def declare(self, tree: nodes.Template) -> None:
        """The names that the template itself gives, wherever it does."""
        from jinja2 import nodes

        self.own |= {macro.name for macro in tree.find_all(nodes.Macro)}
        for found in tree.find_all((nodes.Assign, nodes.AssignBlock, nodes.With)):
            for name in found.find_all(nodes.Name):
                if name.ctx in ("store", "param"):
                    self.own.add(name.name)

    def body(self, statements: Sequence[nodes.Node]) -> None:
        """One statement after another."""
        for node in statements:
            getattr(self, f"on_{type(node).__name__.lower()}", self.on_other)(node)

    def on_output(self, node: nodes.Output) -> None:
        from jinja2 import nodes

        for piece in node.nodes:
            if not isinstance(piece, nodes.TemplateData):
                self.printed(piece, self.shape(piece))

    def printed(self, node: nodes.Node, shape: Shape) -> None:
        """What stands in {{ }} must be text, a number, a chart, or with p a table."""
        prefix = self.tags[node.lineno - 1].prefix
        if shape is None:
            return
        if shape.kind == TABLE and prefix != "p":
            self.say(node, f"“{shape.name}”是一张表，要单独成段", f"写作 {{{{p {shape.name} }}}}")
        elif shape.kind in PRINTED and prefix:
            self.say(
                node,
                f"“{shape.name}”是{shape.kind}，不能带 {prefix}，文字会丢失",
                "写作 {{ … }}",
            )
        elif shape.kind in (LIST, BY_NAME):
            self.say(node, f"“{shape.name}”是清单，不能直接写出", "用 {% for 项 in … %} 逐项写出")
        elif shape.kind == RECORD:
            inner = "、".join(each.name for each in shape.inside)
            self.say(node, f"“{shape.name}”是一组数据，不能直接写出", f"写明要哪一项：{inner}")
        elif shape.kind == FLAG:
            self.say(node, f"“{shape.name}”只说是否，不能写出", f"用 {{% if {shape.name} %}}")

    def on_for(self, node: nodes.For) -> None:
        from jinja2 import nodes

        shape = self.shape(node.iter)
        if shape is not None and shape.kind in (NUMBER, FLAG, FIGURE, RECORD, CHART, TABLE, TEXT):
            self.say(node.iter, f"“{shape.name}”不是清单，不能逐项列出", "")
            shape = None
        before = dict(self.scope)
        self.scope["loop"] = Name("loop", RECORD, "", inside=tuple(Name(n, "", "") for n in LOOP))
        if isinstance(node.target, nodes.Name):
            self.scope[node.target.name] = element(shape)
        else:
            self.scope |= {name.name: None for name in node.target.find_all(nodes.Name)}
        if node.test is not None:
            self.shape(node.test)
        self.body(node.body)
        self.scope = before
        self.body(node.else_)

    def on_if(self, node: nodes.If) -> None:
        self.shape(node.test)
        self.body(node.body)
        self.body(node.elif_)
        self.body(node.else_)

    def on_assign(self, node: nodes.Assign) -> None:
        from jinja2 import nodes

        shape = self.shape(node.node)
        if isinstance(node.target, nodes.Name):
            self.scope[node.target.name] = shape

    def on_assignblock(self, node: nodes.AssignBlock) -> None:
        self.body(node.body)

    def on_macro(self, node: nodes.Macro) -> None:
        before = dict(self.scope)
        self.scope |= {name.name: None for name in node.args} | {"caller": None}
        for default in node.defaults:
            self.shape(default)
        self.body(node.body)
        self.scope = before

    def on_callblock(self, node: nodes.CallBlock) -> None:
        before = dict(self.scope)
        self.scope |= {name.name: None for name in node.args}
        self.shape(node.call)
        self.body(node.body)
        self.scope = before

    def on_filterblock(self, node: nodes.FilterBlock) -> None:
        self.known_filter(node.filter)
        self.body(node.body)

    def on_with(self, node: nodes.With) -> None:
        for value in node.values:
            self.shape(value)
        self.body(node.body)

    def on_other(self, node: nodes.Node) -> None:
        for inner in node.iter_child_nodes():
            self.shape(inner)

    # --- expressions --------------------------------------------------------------------------

    def shape(self, node: nodes.Node) -> Shape:
        """What the expression holds."""
        from jinja2 import nodes

        match node:
            case nodes.Name():
                return self.named(node)
            case nodes.Getattr():
                return self.part(node, self.shape(node.node), node.attr)
            case nodes.Getitem(node=inner, arg=nodes.Const(value=str(key))):
                return self.part(node, self.shape(inner), key)
            case nodes.Getitem():
                held = self.shape(node.node)
                self.on_other(node.arg)
                return held if isinstance(node.arg, nodes.Slice) else element(held)
            case nodes.Filter():
                return self.filtered(node)
            case nodes.Test():
                self.known_test(node)
        self.on_other(node)
        return None

    def named(self, node: nodes.Name) -> Shape:
        if node.name in self.scope:
            return self.scope[node.name]
        if node.name not in self.own:
            near = nearest(node.name, [*self.scope, *self.own])
            self.say(node, f"没有“{node.name}”这个名称", near or SEE)
        return None

    def part(self, node: nodes.Node, shape: Shape, key: str) -> Shape:
        """One of what is inside."""
        if shape is None:
            return None
        if shape.kind == BY_NAME and key in shape.keys:
            return element(shape)
        inside = {name.name: name for name in shape.inside}
        if shape.kind in (RECORD, FIGURE) and key in inside:
            return inside[key] if inside[key].kind else None
        methods = OF_TEXT if shape.kind == TEXT else OF_LISTS
        if key in methods:
            return None
        known = shape.keys if shape.kind == BY_NAME else tuple(inside)
        if shape.kind == LIST:
            self.say(node, f"“{shape.name}”是清单，没有“{key}”", "用 {% for 项 in … %} 逐项取")
            return None
        some = f"可用：{'、'.join(known)}" if len(known) <= SOME else SEE
        self.say(
            node, f"“{shape.name}”里没有“{key}”", nearest(key, known) or (some if known else "")
        )
        return None

    def filtered(self, node: nodes.Filter) -> Shape:
        shape = self.shape(node.node) if node.node is not None else None
        for argument in (*node.args, *node.kwargs):
            self.on_other(argument) if argument in node.kwargs else self.shape(argument)
        self.known_filter(node)
        if node.name in ("first", "last"):
            return element(shape)
        return shape if node.name in SAME or node.name in SAME_TOO else None

    def known_filter(self, node: nodes.Filter) -> None:
        if node.name == "safe":
            self.say(node, "不能用“|safe”：数据里的尖括号会打乱文件", "去掉“|safe”")
        elif node.name not in roomfilters.ALL:
            near = nearest(node.name, roomfilters.ALL)
            self.say(node, f"没有“|{node.name}”这种写法", near)

    def known_test(self, node: nodes.Test) -> None:
        from jinja2.tests import TESTS

        if node.name not in TESTS:
            self.say(node, f"没有“is {node.name}”这种写法", "")


SEE = "可用的名称：swm template names"
SOME = 14
"""So many names are listed; of more only the command is told that lists them."""


def element(shape: Shape) -> Shape:
    """What one of a list is."""
    if shape is None or shape.kind not in (LIST, BY_NAME):
        return None
    if not shape.inside:
        return Name(shape.name, TEXT, "")
    if not shape.inside[0].name:
        each = shape.inside[0]
        return Name(f"{shape.name}的每一项", each.kind, "", inside=each.inside)
    inner = {name.name for name in shape.inside}
    kind = FIGURE if "文" in inner and "序" not in inner else RECORD
    return Name(f"{shape.name}的每一项", kind, "", inside=shape.inside)


def every(table: Sequence[Name]) -> Iterator[Name]:
    """All names at all depths."""
    for name in table:
        yield name
        yield from every(name.inside)
