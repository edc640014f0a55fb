"""An office in memory: the verbs' changes applied to texts, without git. For tests of decisions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from swm.domain import fields
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

    def __init__(self, category: str | None = "关停取缔", on: date = date(2026, 1, 5)) -> None:
        self.policy, self.settings = policy(), settings()
        self.today = on
        self.texts: dict[str, str] = {}
        record: dict[str, object] = {
            "序号": 1,
            "类型": "登记",
            "日期": on,
            "来源": "巡查发现",
        }
        if category:
            record["类别"] = category
        self._write(
            Change(
                verb="add",
                subject="登记",
                files={
                    enterprise_path("BK-0001"): (
                        Create(
                            {
                                "编号": "BK-0001",
                                "名称": "俵口试验加工厂",
                                "村": "俵口村",
                                "整治": {
                                    "轮次": 1,
                                    **({"类别": category} if category else {}),
                                    "状态": "待整治" if category else "待核查",
                                },
                                "记录": [record],
                            }
                        ),
                    )
                },
            )
        )

    @property
    def enterprise(self) -> Enterprise:
        path = enterprise_path("BK-0001")
        return fields.read(Enterprise, yamltext.parse(self.texts[path].encode(), path), path)

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

    def do(self, verb: Callable[..., Change], request: object) -> Change:
        """Another verb of the shape (enterprise, request, policy, today)."""
        return self._write(verb(self.enterprise, request, self.policy, self.today))

    def _write(self, change: Change) -> Change:
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
