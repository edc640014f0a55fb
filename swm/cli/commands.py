"""Every command word, in the order of a clerk's work: its module, and one line about it."""

from __future__ import annotations

from swm.cli.grammar import Place

PLACES = {
    "init": Place("setup", "新建台账"),
    "demo": Place("setup", "生成一个演示台账"),
    "add": Place("registration", "登记企业"),
    "find": Place("reading", "按名称、地址、经营者、电话查找"),
    "list": Place("reading", "企业清单"),
    "show": Place("reading", "一企一档"),
    "inspect": Place("visits", "登记巡查、核查、复查、回头看、验收"),
    "advance": Place("acts", "推进整治状态；不写动作则列出可以办什么、还缺什么"),
    "serve": Place("acts", "登记文书送达"),
    "edit": Place("registration", "修改企业的基本情况"),
    "assign": Place("assigning", "包保责任人：登记、换人、谁包保多少家"),
    "village": Place("villages", "村名册：增加、撤并、更名"),
    "correct": Place("amending", "更正一条记录"),
    "undo": Place("amending", "撤销上一次登记"),
    "premises": Place("premises", "厂房：登记、查看、房东和承租变动"),
    "letter": Place("letters", "保证书：签订、清单、未签、将到期"),
    "activity": Place("activities", "活动：宣传、培训、会议、零报告"),
    "lookback": Place("lookbacks", "回头看：几时该再看一次"),
    "due": Place("duties", "期限：超期和将到期的，回头看、保证书等"),
    "figure": Place("figures", "一个数字和它的名单"),
    "brief": Place("briefs", "一段情况简报，可以直接粘贴"),
    "report": Place("reporting", "月报"),
    "log": Place("history", "谁在什么时候记了什么"),
    "adopt": Place("history", "收录直接改在文件里的内容"),
    "check": Place("health", "检查台账文件"),
    "policy": Place("health", "现行制度"),
}
