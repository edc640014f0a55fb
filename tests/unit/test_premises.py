"""厂房: who owns and who uses a place, from when to when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from swm.domain.edits import Change
from swm.domain.premises import PremisesRequest, add, change_owner, change_tenant
from swm.domain.records import Letter, Owner, Premises, Tenant
from swm.errors import Refused
from tests.policy_fixture import played, premises, read_back, settings, written

TODAY = date(2026, 3, 4)
LETTER = Letter(
    number="BZ-2026-0001", landlord="房大有", on=date(2026, 1, 5), until=date(2027, 1, 5)
)


def new(*existing: str, **more: Any) -> Change:
    values = {
        "village": "俵口村",
        "address": "村东工业路3号院",
        "landlord": "房大有",
        "on": TODAY,
        **more,
    }
    return add(existing, PremisesRequest(**values), settings(), TODAY, firms=["BK-0003"])


def after(change: Change, before: Premises) -> Premises:
    return read_back(played(change, written(before)), Premises)


def refused(call: Any, *args: Any, **more: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        call(*args, **more)
    return caught.value


def test_new_premises_are_written_and_numbered() -> None:
    done = new("CF-0007", area="600", phone="022-69590000", tenant="BK-0003")
    ((path, text),) = played(done).items()
    assert path == "厂房/CF-00/CF-0008.yaml"
    assert (
        text
        == """\
编号: CF-0008
村: 俵口村
地址: 村东工业路3号院
面积: "600"
用途: 出租
登记日期: 2026-03-04
房东:
  - 姓名: 房大有
    身份: 房东
    电话: "022-69590000"
承租:
  - 名称: BK-0003
"""
    )
    assert done.recorded == {"编号": "CF-0008"}
    assert done.subject == "厂房 CF-0008 村东工业路3号院（俵口村）"
    assert "房大有" not in "".join((done.subject, *done.body))


def test_the_next_step_is_the_letter_where_one_is_due() -> None:
    assert any("swm letter add --premises CF-0001" in note for note in new().notes)
    assert not any("保证书" in note for note in new(use="自用").notes)
    assert any("电话存疑" in note for note in new(phone="123").notes)


def test_all_that_is_wrong_is_said_at_once() -> None:
    why = refused(new, village="甲村", landlord="", use="租", address="一\x07")
    assert [m.text for m in why.missing] == [
        "2026-03-04 的村名册里没有“甲村”",
        "“地址”含有名称中不允许的字符 U+0007",
        "“用途”“租”不在可选值内",
        "“姓名”必须填写",
    ]
    assert "晚于今天" in refused(new, on=date(2026, 3, 5)).message


def test_a_new_owner_begins_where_the_old_one_ends() -> None:
    before = premises()
    done = change_owner(before, "房二有", None, date(2026, 3, 1), "房东", TODAY)
    owners = after(done, before).owners
    assert [(o.name, o.since, o.until) for o in owners] == [
        ("房大有", None, date(2026, 2, 28)),
        ("房二有", date(2026, 3, 1), None),
    ]
    assert done.subject == "房东变更 CF-0001 村东工业路3号院（俵口村）"
    assert "房二有" not in "".join((done.subject, *done.body))
    assert done.recorded == {"编号": "CF-0001", "自": date(2026, 3, 1)}


def test_one_who_sublets_stands_beside_the_owner() -> None:
    before = premises()
    now = after(change_owner(before, "转有", None, TODAY, "二手房东", TODAY), before)
    assert [o.until for o in now.owners] == [None, None]
    later = date(2026, 3, 5)
    last = after(change_owner(now, "再转", None, later, "二手房东", later), now)
    assert [(o.name, o.until) for o in last.owners] == [
        ("房大有", None),
        ("转有", TODAY),
        ("再转", None),
    ]


def test_an_owner_who_is_one_already_or_begins_too_early_is_refused() -> None:
    before = premises(owners=(Owner(name="房大有", phone="13800000000", since=TODAY),))
    assert "没有变化" in refused(change_owner, before, "房大有", None, TODAY, "房东", TODAY).message
    why = refused(change_owner, before, "房二有", None, TODAY, "房东", TODAY)
    assert "现房东自 2026-03-04 起" in why.missing[0].text
    wrong = refused(change_owner, before, "房\n二", None, TODAY, "亲戚", TODAY)
    assert len(wrong.missing) == 3


def test_a_new_telephone_of_the_same_owner_is_a_new_line() -> None:
    before = premises(letters=(LETTER,))
    done = change_owner(before, "房大有", "13800000000", TODAY, "房东", TODAY)
    assert [o.phone for o in after(done, before).owners] == [None, "13800000000"]


def test_letters_signed_before_become_doubtful_and_the_next_step_is_named() -> None:
    before = premises(letters=(LETTER,))
    done = change_owner(before, "房二有", None, date(2026, 3, 1), "房东", TODAY)
    assert done.notes == (
        "BZ-2026-0001 签订在先，自 2026-03-01 起存疑，应重新签订：swm letter add "
        "--premises CF-0001 --landlord 房二有 --on 日期",
    )
    (note,) = change_tenant(before, "BK-0001", TODAY, TODAY).notes
    assert "--landlord 房大有" in note


def test_the_first_tenant_stands_before_the_letters() -> None:
    before = premises(letters=(LETTER,))
    done = change_tenant(before, "BK-0001", TODAY, TODAY)
    (text,) = played(done, written(before)).values()
    assert "承租:\n  - 名称: BK-0001\n    自: 2026-03-04\n保证书:" in text


def test_tenants_follow_each_other_or_stand_side_by_side() -> None:
    before = premises(tenants=(Tenant(name="BK-0001"),))
    now = after(change_tenant(before, "BK-0002", TODAY, TODAY), before)
    assert [(t.name, t.until) for t in now.tenants] == [
        ("BK-0001", date(2026, 3, 3)),
        ("BK-0002", None),
    ]
    both = after(change_tenant(before, "BK-0002", TODAY, TODAY, beside=True), before)
    assert [t.until for t in both.tenants] == [None, None]
    assert "没有变化" in refused(change_tenant, before, "BK-0001", TODAY, TODAY).message


def test_when_all_have_left_the_place_is_empty_for_rent_until_let_again() -> None:
    before = premises(tenants=(Tenant(name="BK-0001"), Tenant(name="甲仓库")))
    empty = after(change_tenant(before, None, date(2026, 2, 28), TODAY), before)
    assert [t.until for t in empty.tenants] == [date(2026, 2, 28)] * 2
    assert empty.use == "空置待租"
    again = after(change_tenant(empty, "乙仓库", TODAY, TODAY), empty)
    assert (again.use, again.tenants[-1].name) == ("出租", "乙仓库")
    assert "没有承租人" in refused(change_tenant, empty, None, TODAY, TODAY).message


def test_a_sublet_place_stays_sublet() -> None:
    before = premises(use="转租")
    assert after(change_tenant(before, "甲仓库", TODAY, TODAY), before).use == "转租"


def test_tenants_cannot_leave_before_they_came() -> None:
    before = premises(tenants=(Tenant(name="BK-0001", since=TODAY),))
    assert "早于承租开始" in refused(change_tenant, before, None, date(2026, 3, 1), TODAY).message
    why = refused(change_tenant, before, "BK-0002", TODAY, TODAY)
    assert "现承租人自 2026-03-04 起" in why.missing[0].text
