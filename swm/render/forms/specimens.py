"""Invented records for every form: what a template is tried out with before an office uses it.

The names of states, acts and items are those of the policy that is shipped; people, firms and
places are invented.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from datetime import date, datetime

from swm.domain.admissionrecords import Admission, Reason, Review
from swm.domain.complaintrecords import Closed, Complaint, Received, Verified
from swm.domain.patrolrecords import Called, Outing, Patrol, Spot
from swm.domain.records import (
    Act,
    Approval,
    Assignment,
    Clearing,
    Enterprise,
    Lead,
    Letter,
    Owner,
    Paper,
    Premises,
    Registration,
    Remediation,
    Service,
    Tenant,
    Term,
    Transfer,
    Visit,
)
from swm.domain.scorerecords import Announced, Deducted, ItemScore, Score, VillageScore
from swm.render.forms.values import Subject

TOWN_HALL, COUNTY_BUREAU = "俵口镇人民政府", "宁河区应急管理局"
TEAM = ("章丙水", "邵丁金")
PHOTOGRAPH = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAIAAAA7ljmRAAAAFElEQVR4nGOs6IligAEmBiSAwgEAM1ABZE7P"
    "3oIAAAAASUVORK5CYII="
)
"""A picture of four pixels by three."""
SHA = hashlib.sha256(PHOTOGRAPH).hexdigest()


def enterprise(issuer: str = TOWN_HALL) -> Enterprise:
    """A firm from its registration to its acceptance; its paper comes from `issuer`."""
    ordered = issuer != TOWN_HALL
    name = "限期整改通知书" if ordered else "限期整改告知书"
    category, state = "限期整改", "整改中"
    return Enterprise(
        id="BK-0001",
        name="俵口兴旺金属加工厂",
        licence="有照",
        operator="程甲木",
        phone="13800000000",
        village="俵口村",
        address="村东工业路3号院",
        premises="CF-0001",
        industry="C3311 金属结构制造",
        product="焊接、喷漆",
        shared_supply=("水",),
        traits=("散", "污"),
        source="巡查发现",
        assignments=(
            Assignment(
                role="镇包保领导", person="贺壬土", department="俵口镇", since=date(2026, 3, 2)
            ),
        ),
        remediation=Remediation(round=1, category=category, state=state),
        records=(
            Registration(
                number=1, type="登记", on=date(2026, 3, 2), by=TEAM[:1], category=category
            ),
            Visit(
                number=2,
                type="巡查",
                on=date(2026, 3, 3),
                by=TEAM[:1],
                kind="夜查",
                time="21:30",
                leader="贺壬土",
                people=TEAM,
                result="在产",
                found="喷漆间正在作业",
                problems=("喷漆废气没有收集", "没有排污登记"),
                police_at=datetime(2026, 3, 3, 21, 40),
                reported_at=datetime(2026, 3, 3, 21, 45),
                kept_order="劝止作业，看护现场",
                photos=(SHA,),
            ),
            Act(
                number=3,
                type="动作",
                on=date(2026, 3, 5),
                by=TEAM,
                action="限期整改",
                before="待整治",
                after=state,
                term=Term(days=30, unit="自然日", roll=True),
                clause="方案三（一）6",
                relied=(2,),
                paper=Paper(
                    name=name,
                    number="宁应急〔2026〕8号" if ordered else "俵整〔2026〕3号",
                    issuer=issuer,
                    nature="责令" if ordered else "告知",
                ),
            ),
            Service(
                number=4,
                type="送达",
                on=date(2026, 3, 6),
                by=TEAM,
                of=3,
                method="留置",
                witness=("田戊土",),
                refusal="看过后拒绝签字",
                deadline=date(2026, 4, 7),
            ),
            Lead(number=5, type="线索", on=date(2026, 3, 9), complaint="JB-2026-0001"),
            Transfer(
                number=6,
                type="移送",
                on=date(2026, 3, 10),
                by=TEAM[:1],
                to=COUNTY_BUREAU,
                matter="涉嫌存在重大安全隐患",
                letter="俵函〔2026〕1号",
                received_on=date(2026, 3, 12),
            ),
            Visit(
                number=7,
                type="巡查",
                on=date(2026, 3, 30),
                by=TEAM[:1],
                kind="验收",
                people=TEAM,
                result="停产",
                solved=("没有排污登记",),
                problems=("喷漆废气没有收集",),
                verdict="不通过",
                again_on=date(2026, 4, 6),
            ),
        ),
    )


def premises() -> Premises:
    """A rented yard, sublet in part, with a letter and a notice to stop letting."""
    return Premises(
        id="CF-0001",
        village="俵口村",
        address="村东工业路3号院",
        area="860",
        use="转租",
        registered=date(2026, 3, 2),
        owners=(
            Owner(name="郑己火", kind="房东", phone="13900000000"),
            Owner(name="孔庚木", kind="二手房东", lessor="郑己火", since=date(2026, 3, 1)),
        ),
        tenants=(Tenant(name="BK-0001", since=date(2026, 3, 1)),),
        letters=(
            Letter(
                number="BZ-2026-0001",
                kind="厂房出租保证书",
                landlord="郑己火",
                on=date(2026, 3, 4),
                until=date(2027, 3, 4),
                witness=("田戊土",),
            ),
        ),
        clearings=(
            Clearing(
                number=1,
                step="停租告知",
                on=date(2026, 3, 11),
                tenant="BK-0001",
                told="郑己火",
                document="俵整〔2026〕4号",
            ),
        ),
    )


def patrol() -> Patrol:
    """A night patrol to one firm and one free point."""
    first = Outing(
        number=1,
        type="出巡",
        on=date(2026, 3, 3),
        by=TEAM[:1],
        kind="夜查",
        start=datetime(2026, 3, 3, 21, 0),
        end=datetime(2026, 3, 4, 0, 20),
        people=TEAM,
        leader="贺壬土",
        villages=("俵口村",),
        calls=(Called(enterprise="BK-0001", number=2),),
    )
    spot = Spot(
        number=2, type="点位", on=date(2026, 3, 3), place="村北旧窑", village="俵口村",
        result="未见异常",
    )  # fmt: skip
    return Patrol(id="XC-2026-0001", records=(first, spot))


def complaint() -> Complaint:
    """A complaint that was true."""
    received = Received(
        number=1,
        type="收件",
        on=date(2026, 3, 8),
        source="12345热线",
        source_number="GD-2026-777",
        village="俵口村",
        text="夜间喷漆，气味大",
        about=("BK-0001",),
        deadline=date(2026, 3, 18),
        handler="环保办",
    )
    visited = Verified(
        number=2, type="核查", on=date(2026, 3, 9), people=TEAM, conclusion="属实",
        found="喷漆间没有收集设施", proof=("BK-0001第2条",),
    )  # fmt: skip
    closed = Closed(
        number=3, type="办结", on=date(2026, 3, 12), result="已列入整治", measure="下达限期整改"
    )
    return Complaint(id="JB-2026-0001", records=(received, visited, closed))


def admission() -> Admission:
    """An application with one thing against it."""
    reason = Reason(
        rule="材料",
        text="缺少用地证明",
        clause="方案五1",
        leads_to="补充材料",
        remedy="补交用地证明",
    )
    review = Review(
        number=1,
        type="审查",
        on=date(2026, 3, 15),
        by=TEAM[:1],
        kind="接电",
        name="俵口新达五金厂",
        village="俵口村",
        operator="程乙火",
        phone="13700000000",
        address="村西",
        materials=("营业执照",),
        advice="补充材料",
        reasons=(reason,),
        decision="补充材料",
    )
    return Admission(id="ZR-2026-0001", records=(review,))


def score() -> Score:
    """An announced quarter of three villages, one of them without anything to be scored by."""
    lost = ItemScore(
        item="没有超期",
        points="5",
        most="10",
        because=(Deducted(id="BK-0001", number=3, name="俵口兴旺金属加工厂", points="-5"),),
    )
    kept = ItemScore(item="没有超期", points="10", most="10")
    results = (
        VillageScore(village="苇湾村", points="100", grade="优秀", rank=1, items=(kept,)),
        VillageScore(village="俵口村", points="95", grade="优秀", rank=2, items=(lost,)),
        VillageScore(village="鹭洲村"),
    )
    announced = Announced(
        number=1,
        type="公布",
        on=date(2026, 4, 10),
        by=TEAM[:1],
        edition=1,
        version="0" * 40,
        policy="0" * 64,
        ends=date(2026, 3, 31),
        approval=Approval(person="贺壬土", on=date(2026, 4, 9), basis="领导小组会议纪要"),
        results=results,
        grades={"优秀": 2, "良好": 0},
    )
    return Score(id="KH-2026-Q1", records=(announced,))


def of_firm(number: int | None = None, issuer: str = TOWN_HALL) -> Callable[[], Subject]:
    """The firm with its premises, and one of its records named."""
    return lambda: Subject(
        enterprise=enterprise(issuer),
        premises=(premises(),),
        number=number,
        photographs={SHA: PHOTOGRAPH},
        others={"BK-0001": enterprise()},
    )


def of_letter(variant: str) -> Callable[[], Subject]:
    """The premises, and the kind of letter that is asked for."""
    return lambda: Subject(
        premises=(premises(),), others={"BK-0001": enterprise()}, variant=variant
    )


def _of_premises() -> Subject:
    return Subject(premises=(premises(),), number=1, others={"BK-0001": enterprise()})


SUBJECTS: dict[str, tuple[Callable[[], Subject], ...]] = {
    "保证书": (
        of_letter("厂房出租保证书"),
        of_letter("转租保证书"),
        of_letter("村集体资产出租保证书"),
        of_letter("闲置厂房看管保证书"),
    ),
    "文书": (of_firm(3), of_firm(3, COUNTY_BUREAU)),
    "送达回证": (of_firm(3),),
    "停租告知书": (_of_premises,),
    "移送函": (of_firm(6),),
    "巡查记录": (of_firm(2),),
    "夜查记录": (lambda: Subject(file=patrol(), others={"BK-0001": enterprise()}),),
    "验收销号表": (of_firm(),),
    "举报核查表": (lambda: Subject(file=complaint(), others={"BK-0001": enterprise()}),),
    "准入审查表": (lambda: Subject(file=admission()),),
    "一企一档": (of_firm(),),
    "考核通报": (lambda: Subject(file=score()),),
}
"""What each form is tried out with, one subject for each of its templates."""
