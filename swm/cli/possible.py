"""`swm advance 企业` without an act: what can be done now, and what each act still lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swm.cli.call import Call
from swm.domain.fold import Standing, standing
from swm.domain.records import Enterprise
from swm.domain.workflow import Possibility, possibilities
from swm.render import terminal
from swm.render.dossier import condition
from swm.render.text import visible

if TYPE_CHECKING:
    from swm.store.snapshot import Snapshot


def show_possibilities(call: Call, snapshot: Snapshot, enterprise: Enterprise) -> None:
    """Every act that the state allows; for each, numbered, all that is missing."""
    policy, settings = snapshot.policy, snapshot.settings
    now = standing(enterprise, policy)
    found = possibilities(enterprise, policy, settings, call.today)
    call.mention_edits()
    if call.json:
        call.screen.document(_document(snapshot.commit, enterprise, now, found))
        return
    head = f"{enterprise.id} {visible(enterprise.name)}：{condition(now, policy, call.today)}"
    call.screen.result([head])
    if not found:
        call.screen.result(["没有可以办理的动作"])
    for each in found:
        call.screen.result(["", *_act(call, now, each)])


def _act(call: Call, now: Standing, each: Possibility) -> list[str]:
    screen, row = call.screen, each.row
    target = row.target(now.state)
    goes = f"，状态不变（{target}）" if target == now.state else f"，转为{target}"
    name = screen.tint(row.name, terminal.BOLD)
    approval = "，要有批准" if row.approval else ""
    if not each.missing:
        return [f"{name}（{row.clause}）{goes}{approval}：条件已经具备"]
    lines = [f"{name}（{row.clause}）{goes}{approval}，还缺 {len(each.missing)} 项："]
    for number, item in enumerate(each.missing, 1):
        lines += terminal.numbered(screen, number, item)
    return lines


def _document(
    commit: str, enterprise: Enterprise, now: Standing, found: list[Possibility]
) -> dict[str, object]:
    acts = [
        {
            "动作": each.row.name,
            "至": each.row.target(now.state),
            "依据": each.row.clause,
            "缺少": [{"内容": m.text, "依据": m.clause, "命令": m.command} for m in each.missing],
        }
        for each in found
    ]
    return {"编号": enterprise.id, "状态": now.state, "可办": acts, "台账版本": commit}
