"""Every command word, in the order of a clerk's work: its module, and one line about it."""

from __future__ import annotations

from swm.cli.grammar import Place

PLACES = {
    "init": Place("setup", "新建台账"),
    "demo": Place("setup", "生成一个演示台账"),
    "add": Place("registration", "登记企业"),
    "edit": Place("registration", "修改企业的基本情况"),
    "find": Place("reading", "按名称、地址、经营者、电话查找"),
    "list": Place("reading", "企业清单"),
    "show": Place("reading", "一企一档"),
    "assign": Place("assigning", "包保责任人：登记、换人、谁包保多少家"),
    "village": Place("villages", "村名册：增加、撤并、更名"),
    "duty": Place("rosters", "值班表：带班领导和组员"),
    "patrol": Place("patrols", "成组巡查：登记、清单、路线、抽取、覆盖"),
    "inspect": Place("visits", "登记巡查、核查、复查、回头看、验收"),
    "dispose": Place("disposing", "登记对违法生产的现场处置"),
    "advance": Place("acts", "推进整治状态；不写动作则列出可以办什么、还缺什么"),
    "serve": Place("serving", "登记文书送达"),
    "paper": Place("papers", "文书登记簿"),
    "transfer": Place("transferring", "移送其他机关，登记签收和反馈"),
    "lookback": Place("lookbacks", "回头看：几时该再看一次"),
    "due": Place("duties", "期限：超期和将到期的，回头看、保证书等"),
    "premises": Place("premises", "厂房：登记、查看、房东和承租变动、清退"),
    "letter": Place("letters", "保证书：签订、作废、清单、未签、违反保证"),
    "admit": Place("admitting", "准入：审查、补充材料、决定、清单"),
    "complaint": Place("complaints", "举报、上级交办：登记、核查、答复、办结"),
    "vault": Place("vaulting", "保密库：举报人的姓名、电话、原话"),
    "original": Place("originalfiles", "原件：扫描件存在 原件/，不进历史"),
    "activity": Place("activities", "活动：宣传、培训、会议、零报告"),
    "score": Place("scores", "村级考核：得分、名次、手工评分、公布、核对"),
    "figure": Place("figures", "一个数字和它的名单"),
    "brief": Place("briefs", "一段情况简报，可以直接粘贴"),
    "report": Place("reporting", "月报、周报、季报、年报、专报、公示"),
    "correct": Place("amending", "更正一条记录"),
    "undo": Place("amending", "撤销上一次登记"),
    "log": Place("history", "谁在什么时候记了什么"),
    "adopt": Place("history", "收录直接改在文件里的内容"),
    "check": Place("health", "检查台账文件"),
    "policy": Place("health", "现行制度"),
}
