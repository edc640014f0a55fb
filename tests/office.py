"""An office in memory: the verbs' changes applied to texts, without git. For tests of decisions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from swm.domain import fields
from swm.domain.amendments import CorrectRequest, correct, undo
from swm.domain.edits import Change, Create
from swm.domain.fold import Standing, standing
from swm.domain.inspections import InspectRequest, inspect
from swm.domain.records import Approval, Enterprise, enterprise_path
from swm.domain.service import ServeRequest, serve
from swm.domain.workflow import AdvanceRequest, advance
from swm.store import yamltext
from tests.policy_fixture import policy, settings

APPROVED = Approval(person="孟签批", on=date(2026, 1, 5), basis="签批单")


class Office:
    """One enterprise's file, and the verbs played on it day by day."""

    def __init__(
        self,
        category: str | None = "关停取缔",
        on: date = date(2026, 1, 5),
        opening: dict[str, object] | None = None,
        **profile: object,
    ) -> None:
        """A firm found on patrol on that day; with `opening`, as an old list had it."""
        self.policy, self.settings = policy(), settings()
        self.today = on
        self.texts: dict[str, str] = {}
        self._before: dict[str, str] = {}
        first: dict[str, object] = {"序号": 1, "类型": "登记", "日期": on, "来源": "巡查发现"}
        if category:
            first["类别"] = category
        if opening:
            first = {"序号": 1, "类型": "期初", "日期": on, "类别": category, **opening}
        state = opening["状态"] if opening else "待整治" if category else "待核查"
        file = {
            "编号": "BK-0001",
            "名称": "俵口试验加工厂",
            "村": "俵口村",
            **profile,
            "整治": {
                "轮次": 1,
                **({"类别": category} if category else {}),
                "状态": state,
                **({"期限": opening["期限"]} if opening and "期限" in opening else {}),
            },
            "记录": [first],
        }
        path = enterprise_path("BK-0001")
        self._write(Change(verb="add", subject="登记", files={path: (Create(file),)}))

    @property
    def enterprise(self) -> Enterprise:
        return self._read(self.texts[enterprise_path("BK-0001")])

    def _read(self, text: str) -> Enterprise:
        path = enterprise_path("BK-0001")
        return fields.read(Enterprise, yamltext.parse(text.encode(), path), path)

    @property
    def standing(self) -> Standing:
        return standing(self.enterprise, self.policy)

    def on(self, month: int, day: int, year: int = 2026) -> Office:
        """Let the clerk's today be that day."""
        self.today = date(year, month, day)
        return self

    def visit(self, kind: str = "日常", result: str = "停产", **more: object) -> Change:
        request = InspectRequest(
            **{
                "on": self.today,
                "kind": kind,
                "result": result,
                "people": ("甲一", "乙二"),
                **more,
            }
        )
        return self._write(inspect([self.enterprise], request, self.policy, self.today))

    def act(self, action: str, **more: object) -> Change:
        request = AdvanceRequest(**{"action": action, "on": self.today, **more})
        return self._write(
            advance(self.enterprise, request, self.policy, self.settings, self.today)
        )

    def serve(self, number: int, **more: object) -> Change:
        request = ServeRequest(**{"number": number, "on": self.today, "method": "直接", **more})
        return self._write(serve(self.enterprise, request, self.policy, self.today))

    def correct(self, number: int, reason: str = "记错", **values: str) -> Change:
        """更正; `__` in a name stands for the point before a field of a field."""
        named = {name.replace("__", "."): value for name, value in values.items()}
        return self.do(correct, CorrectRequest(number=number, values=named, reason=reason))

    def undo(self) -> Change:
        """撤销 of the last change."""
        path = self.enterprise.path
        before = {path: self._read(self._before[path])}
        after = {path: self.enterprise}
        return self._write(undo(before, after, "录错", None, self.policy, self.today))

    def do(self, verb: Callable[..., Change], request: object) -> Change:
        """Another verb of the shape (enterprise, request, policy, today)."""
        return self._write(verb(self.enterprise, request, self.policy, self.today))

    def _write(self, change: Change) -> Change:
        self._before = dict(self.texts)
        for path, edits in change.files.items():
            first = edits[0]
            if isinstance(first, Create) and first.value is not None:
                self.texts[path] = yamltext.dump(first.value)
            else:
                self.texts[path] = yamltext.apply(self.texts[path], edits, path)
        self._printed_copy_is_the_fold()
        return change

    def _printed_copy_is_the_fold(self) -> None:
        """整治 in the file is always what the records add up to."""
        assert self.enterprise.remediation == replace(self.standing).remediation()
