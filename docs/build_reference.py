"""Generate docs/reference/ from the code, or (--check) tell that a page is out of step.

python docs/build_reference.py [--check]
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from itertools import groupby
from pathlib import Path

from swm.cli.commands import PLACES
from swm.domain import fields, policy, records, reportstyle, reporttexts, scoring, settings
from swm.domain.fields import AnyKind, Kind, ListOf, Many, MapOf, One
from swm.domain.kinds import KINDS
from swm.domain.kinds import Kind as FileKind
from swm.domain.policyfiles import PATHS, WORKFLOW, read_policy
from swm.render import roomfilters, templatenames
from swm.render.templatekinds import KINDS as KINDS_OF_TEMPLATE
from swm.render.templatekinds import Known
from swm.reports.figures import figures
from swm.store.yamlread import parse

DOCS = Path(__file__).parent
PAGES = DOCS / "reference"
LEDGER = DOCS.parent / "ledger"

FILED = tuple(kind for kind in KINDS if kind.yearly)
"""The kinds of file that are nothing but their records."""


def example(kind: FileKind) -> str:
    """An id of that kind."""
    tail = {"考核": "Q3", "值班": "11"}.get(kind.title, "0001")
    return f"{kind.prefix}-2026-{tail}"


def record_tables(kind: FileKind) -> tuple[tuple[str, type], ...]:
    """The kind's own types of record, and what stands in their fields."""
    types = import_module(f"swm.domain.{kind.module}").TYPES
    inner = {row.key: row.kind.of for of in types.values() for row in nested(of)}
    known = {of for _, of in COMMON}
    return (
        *((f"记录：{name}", of) for name, of in types.items()),
        *((name, of) for name, of in inner.items() if of not in known),
    )


def nested(record: type) -> Iterator[fields.Field]:
    """The rows that hold records of their own."""
    for row in fields.table(record):
        if isinstance(row.kind, One | Many):
            yield row
            yield from nested(row.kind.of)


COMMON = (
    ("文书", records.Paper),
    ("批准", records.Approval),
    ("期限日数", records.Term),
)

FILES: dict[str, tuple[tuple[str, type], ...]] = {
    "企业档案（企业/BK-00/BK-0001.yaml）": (
        ("企业", records.Enterprise),
        ("整治", records.Remediation),
        ("包保", records.Assignment),
    ),
    "记录": tuple((f"记录：{name}", of) for name, of in records.RECORD_TYPES.items()),
    "记录中的下级字段": COMMON,
    "厂房（厂房/CF-00/CF-0001.yaml）": (
        ("厂房", records.Premises),
        ("房东", records.Owner),
        ("承租", records.Tenant),
        ("保证书", records.Letter),
        ("清退", records.Clearing),
    ),
    **{f"{kind.title}（{kind.path(example(kind))}）": record_tables(kind) for kind in FILED},
    "设置（swm.yaml）": (
        ("设置", settings.Settings),
        ("村", settings.Village),
        ("人员", settings.Person),
        ("领导小组", settings.Member),
        ("月报", reportstyle.ReportStyle),
    ),
    "报表文字（月报/2026/10-文字.yaml）": (("文字", reporttexts.ReportText),),
    "制度": (
        ("类别", policy.Category),
        ("状态", policy.State),
        ("动作", policy.Action),
        ("验收标准", policy.Standard),
        ("标准项", policy.Item),
        ("取缔情形", policy.Ground),
        ("保证书适用", policy.LetterUse),
        ("准入材料", policy.Materials),
        ("规则", policy.Rule),
        ("规则的取值", policy.DatedValue),
        ("职权", policy.Power),
        ("依据", policy.Clause),
    ),
    "考核办法（制度/考核.yaml）": (
        ("考核", scoring.Scheme),
        ("项目", scoring.ScoreItem),
        ("分档", scoring.Band),
        ("加分", scoring.Bonus),
        ("一票否决", scoring.Veto),
        ("等次", scoring.Grade),
    ),
}

HEAD = "<!-- 由 docs/build_reference.py 生成，请勿手改 -->\n\n"


def kind_name(kind: AnyKind) -> str:
    """A type in a clerk's words."""
    match kind:
        case Kind():
            return kind.name
        case ListOf():
            return f"列表：{kind.item.name}"
        case MapOf():
            return f"{'姓名' if kind.name else '名称'}到值：{kind.item.name}"
        case One():
            return "下级字段"
        case Many():
            return "列表：下级字段"


def cell(text: str) -> str:
    """Text fit for a table's cell."""
    return text.replace("|", "／").replace("\n", " ")


def field_pages() -> Iterator[str]:
    """Every record's table."""
    yield "# 字段\n\n每个文件由“键: 值”组成；未列出的键一律拒收。“必填”指文件里必须有。\n"
    for title, group in FILES.items():
        yield f"\n## {title}\n"
        for name, record in group:
            yield f"\n### {name}\n\n| 键 | 类型 | 必填 | 含义 |\n| --- | --- | --- | --- |\n"
            for row in fields.table(record):
                required = "是" if row.required else ""
                yield f"| {row.key} | {cell(kind_name(row.kind))} | {required} | {cell(row.meaning)} |\n"


def workflow_page() -> Iterator[str]:
    """Acts, states and categories as the default policy has them."""
    rules = default_policy()
    yield f"# 流程\n\n以下是附送的默认制度（{WORKFLOW}）；本镇可以修改，改后用 `swm adopt --why 原因` 采纳。\n"
    yield "\n| 动作 | 由 | 至 | 前提 | 需批准 | 依据 |\n| --- | --- | --- | --- | --- | --- |\n"
    for act in rules.workflow.actions:
        target = (
            "不变"
            if set(act.targets) == set(act.sources) and len(act.targets) > 1
            else "、".join(act.targets)
        )
        yield (
            f"| {act.name} | {'、'.join(act.sources)} | {target} | {'；'.join(act.guards)} "
            f"| {'是' if act.approval else ''} | {act.clause} |\n"
        )
    yield "\n| 状态 | 计入底数 | 已销号 | 应停产 | 说明 |\n| --- | --- | --- | --- | --- |\n"
    for state in rules.workflow.states:
        marks = ("是" if each else "" for each in (state.listed, state.delisted, state.must_stop))
        yield f"| {state.name} | {' | '.join(marks)} | {state.meaning or ''} |\n"
    yield "\n| 规则 | 现行取值 | 含义 |\n| --- | --- | --- |\n"
    for rule in rules.rules.rules:
        now = rule.values[-1]
        yield f"| {rule.name} | {now.days} | {cell(rule.meaning)} |\n"


def default_policy() -> policy.Policy:
    """The rules that ship with swm."""
    return read_policy({p: parse((LEDGER / p).read_bytes(), p) for p in PATHS})


def figure_page() -> Iterator[str]:
    """Every figure and its definition."""
    yield "# 数字\n\n每个数字就是一份清单，数字是清单的条数（人次为人数之和）。`swm figure 名称` 打印清单。\n"
    yield "\n| 名称 | 单位 | 口径 | 定义 |\n| --- | --- | --- | --- |\n"
    for figure in figures(default_policy()).values():
        yield f"| {figure.name} | {figure.unit} | {figure.kind} | {cell(figure.definition)} |\n"


def template_page() -> Iterator[str]:
    """What templates may use: names, filters, and how each kind of name is written."""
    units = {name: figure.unit for name, figure in figures(default_policy()).items()}
    known = Known(units, default_policy)
    yield "# 模板里的名称\n\n`swm template names 模板` 也列出这些名称。“→ 项.”前面是清单，要先写 "
    yield "`{% for 项 in 清单 %}`。\n\n## 各种名称的写法\n\n| 种类 | 写法 |\n| --- | --- |\n"
    for kind, how in templatenames.HELP.items():
        yield f"| {kind} | {code_in(how)} |\n"
    for title, alike in groupby(KINDS_OF_TEMPLATE.values(), lambda kind: kind.title.split("（")[0]):
        yield from kind_rows(title, {kind.file: kind.table(known) for kind in alike})
    for title, table in (
        ("数字的各项", templatenames.IN_FIGURE),
        ("名单的各项", templatenames.ENTRY),
    ):
        yield f"\n## {title}\n\n{NAMES_HEAD}"
        yield from name_rows(table)
    yield "\n## 可以用的过滤器\n\n"
    yield "、".join(f"`{name}`" for name in roomfilters.ALL) + "。\n"


NAMES_HEAD = "| 名称 | 种类 | 含义 | 例 |\n| --- | --- | --- | --- |\n"


def kind_rows(title: str, tables: Mapping[str, tuple[templatenames.Name, ...]]) -> Iterator[str]:
    """The names of templates that belong together: those that all have, then those of one alone."""
    common = set.intersection(*(set(table) for table in tables.values()))
    yield f"\n## {title}\n\n{'、'.join(f'`{file}`' for file in tables)}。\n\n{NAMES_HEAD}"
    first = next(iter(tables.values()))
    yield from name_rows(tuple(name for name in first if name in common))
    for file, table in tables.items():
        if own := tuple(name for name in table if name not in common):
            yield f"\n只有 `{file}` 有的：\n\n{NAMES_HEAD}"
            yield from name_rows(own)


def name_rows(table: tuple[templatenames.Name, ...]) -> Iterator[str]:
    """A row a name."""
    for path, name in templatenames.lines(table):
        example = f"`{name.example}`" if "{" in name.example else name.example
        yield f"| {path} | {name.kind} | {code_in(name.meaning)} | {example} |\n"


def code_in(text: str) -> str:
    """Tags as code."""
    return cell(re.sub(r"\{[{%].*?[}%]\}", lambda tag: f"`{tag[0]}`", text)).replace("／", "\\|")


def command_page() -> Iterator[str]:
    """The help of every command, and of every verb of a noun."""
    yield "# 命令\n\n以下是各命令自己的帮助（`swm 命令 --help`），按经办的先后排列。\n"
    for noun in PLACES:
        told = told_by(noun)
        yield section(noun, told)
        for verb in verbs(told):
            yield section(f"{noun} {verb}", told_by(noun, verb))


def told_by(*words: str) -> str:
    """What `swm … --help` shows."""
    run = subprocess.run(
        [sys.executable, "-m", "swm", *words, "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={"COLUMNS": "100", "PYTHONUTF8": "1", "PATH": "/usr/bin:/bin", "NO_COLOR": "1"},
    )
    return "\n".join(line.rstrip() for line in run.stdout.strip().splitlines())


def verbs(told: str) -> list[str]:
    """The verbs that a noun's help lists."""
    _, _, listed = told.partition("\n命令：\n")
    return re.findall(r"^  ([a-z]+) ", listed.partition("\n\n")[0], re.MULTILINE)


def section(words: str, told: str) -> str:
    """One command's help under its heading."""
    return f"\n## swm {words}\n\n```text\n{told}\n```\n"


def pages() -> dict[str, str]:
    """File name -> text."""
    return {
        "字段.md": HEAD + "".join(field_pages()),
        "流程.md": HEAD + "".join(workflow_page()),
        "数字.md": HEAD + "".join(figure_page()),
        "模板.md": HEAD + "".join(template_page()),
        "命令.md": HEAD + "".join(command_page()),
    }


def main() -> int:
    """Write the pages, or with --check name those that differ."""
    stale = []
    for name, text in pages().items():
        place = PAGES / name
        if not place.exists() or place.read_text("utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                place.write_text(text, "utf-8")
                print(f"wrote docs/reference/{name}")
    if stale and "--check" in sys.argv:
        print("out of step, run `make docs`: " + ", ".join(stale))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
