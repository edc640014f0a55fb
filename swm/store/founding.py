"""The files that every new ledger begins with, and the rules that ship with swm."""

from __future__ import annotations

from pathlib import Path

from swm.domain import fields
from swm.domain.edits import Create
from swm.domain.policyfiles import PATHS as POLICY_PATHS
from swm.domain.scoring import SCORING
from swm.domain.settings import PATH as SETTINGS_PATH
from swm.domain.settings import Settings
from swm.domain.tables import TABLES
from swm.errors import NotFound
from swm.store import yamltext

_HERE = Path(__file__).resolve().parent.parent
POLICY_FOLDERS = (_HERE / "_data" / "policy", _HERE.parent / "ledger" / "制度")
"""The one copy of the default rules: in an installed wheel; in a checkout."""
_ATTRIBUTES = "* -text\n"
_IGNORED = "# 含个人信息的原件、生成的报表，不进历史\n原件/\n输出/\n"


def ledger_files(settings: Settings) -> dict[str, bytes]:
    """Every file of a new ledger with these settings."""
    text = yamltext.apply("", [Create(value=fields.fragment(settings))], SETTINGS_PATH)
    return {
        ".gitattributes": _ATTRIBUTES.encode(),
        ".gitignore": _IGNORED.encode(),
        SETTINGS_PATH: text.encode(),
        **default_policy(),
    }


def default_policy() -> dict[str, bytes]:
    """The rules that ship with swm, by path. Raises `NotFound` for a broken installation."""
    for folder in POLICY_FOLDERS:
        if folder.is_dir():
            paths = (*POLICY_PATHS, SCORING, TABLES)
            return {path: (folder / Path(path).name).read_bytes() for path in paths}
    raise NotFound("没有找到附送的默认制度", hint="请检查程序安装是否完整")
