"""Where a template is found, what it may do, and how text that cannot be seen is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import TemplateError

from swm.errors import NotFound, Unreadable
from swm.render import templates, zipped
from tests.data import monthly as samples


def test_the_offices_own_template_comes_before_the_built_in_one(tmp_path: Path) -> None:
    built_in = templates.find(templates.MONTHLY_HTML, templates.lying_in(tmp_path))
    assert built_in == templates.find(templates.MONTHLY_HTML)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / templates.MONTHLY_HTML).write_text("本镇自用", encoding="utf-8")
    assert (
        templates.find(templates.MONTHLY_HTML, templates.lying_in(tmp_path)).decode() == "本镇自用"
    )


def test_a_template_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("秘密")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / templates.MONTHLY_HTML).symlink_to(secret)
    with pytest.raises(Unreadable, match="是链接"):
        templates.find(templates.MONTHLY_HTML, templates.lying_in(tmp_path))


def test_a_templates_folder_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / templates.MONTHLY_HTML).write_text("别处")
    (tmp_path / "templates").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Unreadable, match="是链接"):
        templates.find(templates.MONTHLY_HTML, templates.lying_in(tmp_path))


def test_a_folder_in_a_templates_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "templates" / templates.MONTHLY_HTML).mkdir(parents=True)
    with pytest.raises(Unreadable, match="不是普通文件"):
        templates.find(templates.MONTHLY_HTML, templates.lying_in(tmp_path))


def test_a_template_in_a_folder_under_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere" / "site").mkdir(parents=True)
    (tmp_path / "elsewhere" / "site" / "页.html.j2").write_text("别处")
    (tmp_path / "templates").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Unreadable, match="是链接"):
        templates.find("site/页.html.j2", templates.lying_in(tmp_path))


def test_a_page_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    own = tmp_path / "templates" / templates.MONTHLY_HTML
    own.write_bytes("本镇".encode("gb18030"))
    with pytest.raises(Unreadable, match="不是 UTF-8 编码"):
        templates.find_page(templates.MONTHLY_HTML, templates.lying_in(tmp_path))


def test_a_template_that_nobody_has_is_named() -> None:
    with pytest.raises(NotFound, match="不存在的模板"):
        templates.find("不存在的模板.docx")


@pytest.mark.parametrize("name", samples.HOSTILE)
def test_ordinary_text_is_shown_as_it_is(name: str) -> None:
    assert templates.visible(name) == name


@pytest.mark.parametrize(("name", "seen"), samples.UNSEEN.items())
def test_what_cannot_be_seen_is_spelled_out(name: str, seen: str) -> None:
    assert templates.visible(name) == seen


def test_line_ends_become_one_kind_and_tabs_stay() -> None:
    assert templates.visible("一\r\n二\r三\n四\t五") == "一\n二\n三\n四\t五"


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ 名单.append(1) }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ range(10) }}",
        "{{ 名单.__init__.__globals__ }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
    ],
)
def test_a_template_gets_nowhere(attack: str) -> None:
    with pytest.raises((TemplateError, TypeError)):
        templates.environment().from_string(attack).render(名单=[])


def test_an_unknown_name_is_told_in_chinese() -> None:
    with pytest.raises(TemplateError, match="报告里没有“本月新曾”这一项"):
        templates.environment().from_string("{{ 数字.本月新曾 }}").render(数字={})


def test_a_figure_prints_its_text_and_nothing_prints_as_nothing() -> None:
    room = templates.environment()
    assert room.from_string("{{ 数 }}|{{ 空 }}").render(数={"文": "3家"}, 空=None) == "3家|"


def test_everything_printed_is_escaped() -> None:
    printed = templates.environment().from_string("{{ 名 }}").render(名="<b>&\"'")
    assert printed == "&lt;b&gt;&amp;&#34;&#39;"


def test_archives_of_equal_parts_are_equal_however_they_were_packed() -> None:
    parts = {"b.xml": b"2", "[Content_Types].xml": b"0", "a/c.xml": b"1"}
    packed = zipped.pack(parts)
    assert packed == zipped.pack(dict(reversed(parts.items()))) == zipped.canonical(packed)
    assert zipped.unpack(packed) == parts
    assert list(zipped.unpack(packed)) == ["[Content_Types].xml", "a/c.xml", "b.xml"]
