"""The closed room in which a template runs: Jinja's sandbox, counted and made smaller.

Inside there are plain dicts, lists and text, a few filters, and no way out. Nothing can be reached
by a name of Python's; nothing large can be built, because whatever grows is measured first
(`swm.render.limits`); escaping cannot be turned off; what a template gets wrong is one
`TemplateError` in Chinese, with the line where it stands.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from swm.render.limits import LIMITS, Limits, Meter
from swm.render.roomfilters import filters_for
from swm.render.templates import shown
from swm.render.templatewords import nearest, told

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

OPERATIONS = frozenset(("+", "-", "*", "/", "//", "%", "**"))
OF_TEXT = frozenset(
    ("startswith", "endswith", "strip", "split", "find", "count", "upper", "lower", "isdigit")
)
OF_LISTS = frozenset(("index", "count", "get", "items", "keys", "values"))
CALL = 20
"""What calling a macro costs, in turns of a loop."""
LARGEST = 10**15
"""The largest number that a template reckons with."""
MISTAKES = (
    *(ArithmeticError, LookupError, TypeError, ValueError, AttributeError),
    *(RecursionError, MemoryError, AssertionError, SyntaxError),
)
"""What running or compiling a wrong template raises besides Jinja's own errors."""


def opened(
    printed: list[str] | None = None, limits: Limits = LIMITS
) -> ImmutableSandboxedEnvironment:
    """A room for one rendering. What is printed is also noted in `printed`, value by value."""
    room: ImmutableSandboxedEnvironment = _kind()(printed, limits)
    return room


@cache
def _kind() -> Any:
    from jinja2 import StrictUndefined, TemplateRuntimeError, TemplateSyntaxError, nodes
    from jinja2.exceptions import SecurityError, TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Unknown(StrictUndefined):
        """A name that the report does not have."""

        @property
        def _undefined_message(self) -> str:
            if self._undefined_hint:
                return str(self._undefined_hint)
            return f"报告里没有“{self._undefined_name}”这一项{_nearest(self)}"

    class Stopped(TemplateRuntimeError):
        """A template that would use too much."""

    def stop(why: str) -> Exception:
        return Stopped(f"模板{why}，已停止")

    class Room(ImmutableSandboxedEnvironment):
        """Every deed of a template passes through a method of this class."""

        intercepted_binops = OPERATIONS

        def __init__(self, printed: list[str] | None, limits: Limits) -> None:
            self.meter = Meter(limits, stop)
            self.written = _printer(self.meter, printed, TemplateRuntimeError)
            super().__init__(
                autoescape=True,
                undefined=Unknown,
                finalize=self.written,
                trim_blocks=True,
                lstrip_blocks=True,
                optimized=False,
            )
            self.globals.clear()
            self.filters = filters_for(self.meter, self.filters)

        # --- compiling -----------------------------------------------------------------------

        def compile(self, *args: Any, **more: Any) -> Any:
            try:
                return super().compile(*args, **more)
            except (SyntaxError, RecursionError, MemoryError, ValueError) as error:
                raise TemplateRuntimeError("写得太复杂，嵌套太深或数字太大") from error

        def _generate(self, source: nodes.Template, *args: Any, **more: Any) -> Any:
            counted(source)
            return super()._generate(source, *args, **more)

        # --- running -------------------------------------------------------------------------

        def handle_exception(self, source: str | None = None) -> Any:
            """Jinja comes here with whatever went wrong."""
            error = sys.exc_info()[1]
            if not isinstance(error, (TemplateError, *MISTAKES)):
                raise
            line = _line(error)
            said = TemplateRuntimeError(told(error))
            said.lineno = line  # type: ignore[attr-defined]
            raise said from error

        def counted(self, items: Any, literal: int) -> Any:
            return items if isinstance(items, Unknown) else self.meter.turn(items, literal)

        def entered(self, literal: int) -> None:
            self.meter.look()
            self.meter.take(CALL, literal)

        def held(self, items: Any) -> Any:
            return self.meter.held(items)

        def joined(self, *pieces: Any) -> Any:
            texts = [
                piece if isinstance(piece, str) else str(self.written(piece)) for piece in pieces
            ]
            self.meter.room_for(sum(map(len, texts)))
            start = next((type(t)() for t in texts if hasattr(t, "__html__")), "")
            return start.join(texts)

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            if operator == "+" and isinstance(left, str) and isinstance(right, str):
                self.meter.room_for(len(left) + len(right))
                return left + right
            if operator == "+" and isinstance(left, list) and isinstance(right, list):
                return self.meter.held(left + right)
            if not (_number(left) and _number(right)) or operator == "**":
                raise TemplateRuntimeError(f"模板里不能这样用“{operator}”")
            result = self.binop_table[operator](left, right)
            if not _number(result):
                raise TemplateRuntimeError("数字太大")
            return result

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            if isinstance(obj, str):
                return attr in OF_TEXT
            if isinstance(obj, list | tuple | Mapping):
                return attr in OF_LISTS
            return super().is_safe_attribute(obj, attr, value)

        def wrap_str_format(self, value: Any) -> Any:
            return None

        def unsafe_undefined(self, obj: Any, attribute: str) -> Any:
            return self.undefined(
                f"模板里不能用“{attribute}”", name=attribute, obj=obj, exc=SecurityError
            )

        def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:
            __self.meter.take(1)
            if isinstance(__obj, Unknown):
                return __obj()
            return super().call(__context, __obj, *args, **kwargs)

    refused: dict[type[nodes.Node], str] = {
        nodes.Include: "include",
        nodes.Import: "import",
        nodes.FromImport: "from",
        nodes.Extends: "extends",
        nodes.Block: "block",
        nodes.ScopedEvalContextModifier: "autoescape",
        nodes.EvalContextModifier: "autoescape",
    }

    def counted(tree: nodes.Node) -> None:
        """Put what counts into the tree, and refuse what has no place in it."""
        for node in list(tree.find_all(nodes.Node)):
            if word := refused.get(type(node)):
                raise TemplateSyntaxError(f"模板里不能用“{word}”", node.lineno)
            if isinstance(node, nodes.For):
                if node.recursive:
                    raise TemplateSyntaxError("循环不能用 recursive", node.lineno)
                node.iter = asked("counted", node.iter, nodes.Const(literal(node.body)))
            elif isinstance(node, nodes.Macro | nodes.CallBlock):
                entered = asked("entered", nodes.Const(literal(node.body)))
                node.body.insert(0, nodes.ExprStmt(entered, lineno=node.lineno))
            elif isinstance(node, nodes.Name) and node.name in ("varargs", "kwargs"):
                raise TemplateSyntaxError(f"模板里不能用“{node.name}”", node.lineno)
        exchanged(tree)

    def exchanged(node: nodes.Node) -> None:
        """The same for expressions, which are put together inside out."""
        for field, value in node.iter_fields():
            if isinstance(value, nodes.Node):
                exchanged(value)
                setattr(node, field, measured(value))
            elif isinstance(value, list):
                inner = [item for item in value if isinstance(item, nodes.Node)]
                for item in inner:
                    exchanged(item)
                if inner:
                    setattr(
                        node,
                        field,
                        [measured(i) if isinstance(i, nodes.Node) else i for i in value],
                    )

    def measured(node: nodes.Node) -> nodes.Node:
        if isinstance(node, nodes.Concat):
            return asked("joined", *node.nodes)
        if isinstance(node, nodes.List | nodes.Dict):
            return asked("held", node)
        if isinstance(node, nodes.Tuple) and node.ctx == "load":
            return asked("held", node)
        return node

    def asked(method: str, *arguments: Any) -> nodes.Call:
        line = arguments[0].lineno
        place = nodes.EnvironmentAttribute(method, lineno=line)
        return nodes.Call(place, list(arguments), [], None, None, lineno=line)

    def literal(body: list[nodes.Node]) -> int:
        """The characters that a body writes by itself, those of inner loops not counted."""
        waiting, count = list(body), 0
        while waiting:
            node = waiting.pop()
            if isinstance(node, nodes.TemplateData):
                count += len(node.data)
            elif not isinstance(node, nodes.For | nodes.Macro):
                waiting += node.iter_child_nodes()
        return count

    return Room


def _printer(
    meter: Meter, printed: list[str] | None, wrong: Callable[[str], Exception]
) -> Callable[[Any], Any]:
    """What makes text of a value that is printed."""

    def finalize(value: Any) -> Any:
        text = shown(value)
        if isinstance(text, str):
            meter.printed -= len(text)
            if meter.printed < 0:
                meter.take(0)
            if printed is not None and type(text) is str and text:
                printed.append(text)
        elif not (_number(text) or hasattr(text, "__html__") or _is_unknown(text)):
            raise wrong("打印的不是文字和数字，是一个清单或一组数据；请写明要其中的哪一项")
        return text

    return finalize


def _is_unknown(value: Any) -> bool:
    from jinja2 import Undefined

    return isinstance(value, Undefined)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and -LARGEST <= value <= LARGEST


def _nearest(unknown: Any) -> str:
    """，是不是“本月新增”？: of what stands beside."""
    beside = unknown._undefined_obj
    names: Iterable[Any] = beside if isinstance(beside, Mapping) else ()
    near = nearest(str(unknown._undefined_name), map(str, names))
    return f"，{near}" if near else ""


def _line(error: BaseException) -> int | None:
    """The line of the template in which it happened."""
    if (line := getattr(error, "lineno", None)) is not None:
        return int(line)
    from jinja2.debug import rewrite_traceback_stack

    trace = rewrite_traceback_stack(source=None).__traceback__
    found = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            found = trace.tb_lineno
        trace = trace.tb_next
    return found
