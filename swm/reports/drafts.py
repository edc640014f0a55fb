"""三、存在问题 and 四、下一步工作, drafted from the figures: whole sentences, never empty.

An officer may rewrite every one of them; the numbers in them are the report's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from swm.domain.periods import MONTH, Period
from swm.domain.periodwords import PeriodWords, whole_months, words_of
from swm.domain.policy import Policy
from swm.reports.deskqueries import BEARS_ON
from swm.reports.figures import Answers
from swm.reports.values import Entry, Figure, Rate

Found = Mapping[str, Figure]
NIGHTS = "夜查每月次数"
MANY = 3
"""How many villages a sentence names before it says 等."""


def problems(
    found: Found, rates: Mapping[str, Rate], policy: Policy, period: Period
) -> tuple[str, ...]:
    """What the figures show to be wrong: one sentence at least, one point a subject."""
    words = words_of(period)
    drafted = _points(
        _deadline_problems(found, period, words),
        _paper_problems(found),
        _patrol_problems(found),
        _unlawful_problems(found, policy, period, words),
        _relapse_problems(found, rates, words),
        _duty_problems(found, period, words),
        _letter_problems(found, rates, words),
        _complaint_problems(found, rates, words),
        _record_problems(found, words),
    )
    return drafted or (
        f"{words.this}没有超期、未送达和应查未查的企业，未发现突出问题，但“散乱污”企业整治具有长期性、"
        "反复性，防止反弹的压力仍然存在。",
    )


def next_steps(found: Found, policy: Policy, period: Period) -> tuple[str, ...]:
    """What the figures call for, one point a subject; what has to go on in any case comes last."""
    return _points(
        _deadline_steps(found, words_of(period)),
        _paper_steps(found),
        _suspect_steps(found),
        _patrol_steps(found, policy, period),
        _enforcement_steps(found),
        _duty_steps(found, period),
        _letter_steps(found),
        _admission_steps(found),
        _publicity_steps(found),
        _lasting_steps(found),
    )


def _points(*subjects: Iterator[str]) -> tuple[str, ...]:
    """One sentence for each subject of which something is to be said."""
    said = ("；".join(clauses) for clauses in subjects)
    return tuple(f"{clauses}。" for clauses in said if clauses)


_PENDING = f"SELECT COUNT(*), COUNT(DISTINCT p.id) FROM pending p WHERE {BEARS_ON}"


def reminders(facts: Answers, period: Period, found: Found, opening: int) -> tuple[str, ...]:
    """What the reader of the numbers should know besides; `opening` is how many of 底数 stand as
    the opening list had them."""
    said = []
    pending = facts.query(_PENDING, {"end": period.end.isoformat()})[0]
    if pending[0]:
        said.append(f"台账中有{pending[0]}条记录待补批，涉及{pending[1]}家企业。")
    if opening:
        said.append(f"底数中有{opening}家的状态来自期初清单。")
    if not found["底数"].value:
        said.append("底数为零，请核对报表期间。")
    return tuple(said)


def where(entries: Sequence[Entry], unit: str = "家") -> str:
    """俵口村2家、白庙村1家, the villages with most first; 等 when there are more. One village has
    them all, and is named alone."""
    counts = Counter(entry.village for entry in entries).most_common()
    if len(counts) == 1:
        return counts[0][0]
    named = "、".join(f"{village}{count}{unit}" for village, count in counts[:MANY])
    return f"{named}等{len(counts)}个村" if len(counts) > MANY else named


def _deadline_problems(found: Found, period: Period, words: PeriodWords) -> Iterator[str]:
    overdue = found["超期"].entries
    if overdue:
        days = max((period.end - e.deadline).days for e in overdue if e.deadline)
        longest = "其中超期时间最长的已" if len(overdue) > 1 else "已超期"
        yield f"超期未完成整治的企业有{len(overdue)}家（{where(overdue)}），{longest}{days}天"
    due, met = found["到期应完成"].value, found["按期完成"].value
    if due > met:
        yield (
            f"{words.this}到期应完成的{due}家企业中，有{due - met}家没有按期完成"
            if met
            else f"{words.this}到期应完成的{due}家企业没有按期完成"
        )


def _paper_problems(found: Found) -> Iterator[str]:
    if undated := found["列入满30日未下达期限"].entries:
        yield f"列入满30日仍未下达整治期限的企业有{len(undated)}家（{where(undated)}）"
    if unserved := found["已作出未送达"].entries:
        yield (
            f"限期文书已经作出但尚未送达的企业有{len(unserved)}家（{where(unserved)}），期限无法起算"
        )


def _patrol_problems(found: Found) -> Iterator[str]:
    if unvisited := found["应查未查"].entries:
        yield f"按巡查间隔应查未查的企业有{len(unvisited)}家（{where(unvisited)}），巡查没有做到全覆盖"
    if outside := found["仅外围查看"].entries:
        yield f"巡查间隔内只作外围查看、没有进门的企业有{len(outside)}家（{where(outside)}）"


def _unlawful_problems(
    found: Found, policy: Policy, period: Period, words: PeriodWords
) -> Iterator[str]:
    short = _nights_short(found, policy, period)
    if short:
        nights, rule = found["夜查次数"].value, found["夜查次数"].value + short
        yield (
            f"{words.this}开展夜查{nights}次，比每月{rule}次的要求少{short}次"
            if nights
            else f"{words.this}没有开展夜查，要求每月不少于{rule}次"
        )
    unlawful = found["违法生产"].value
    lacking = [
        f"{unlawful - found[f'违法生产·{told}'].value}家次没有{told}的记录"
        for told in ("通知派出所", "报告主要领导")
        if unlawful > found[f"违法生产·{told}"].value
    ]
    if lacking:
        yield f"{words.this}发现的违法生产{unlawful}家次中，有{'、'.join(lacking)}"
    if late := found["处置超期"].value:
        yield f"对违法生产的现场处置中，有{late}件超过期限仍没有完成的记录"


def _relapse_problems(found: Found, rates: Mapping[str, Rate], words: PeriodWords) -> Iterator[str]:
    if rebounds := found["反弹"].entries:
        yield f"已销号企业中发现反弹的有{len(rebounds)}家（{where(rebounds)}），整治成果还不稳固"
    if late := found["回头看逾期"].entries:
        rate = rates["回头看按期率"]
        earlier = rate.part == rate.whole
        told = f"均为{words.earlier}到期" if earlier else f"{words.this}回头看按期率为{rate.text}"
        yield f"已销号企业中回头看逾期未做的有{len(late)}家（{where(late)}），{told}"
    if returned := found["区验收退回"].value:
        yield f"报区验收的企业中，{words.this}被区里退回{returned}件，镇里自行验收把关不严"


def _duty_problems(found: Found, period: Period, words: PeriodWords) -> Iterator[str]:
    if bare := found["无包保责任人"].entries:
        yield f"没有落实包保责任人的企业有{len(bare)}家（{where(bare)}），包保责任还没有全部到人"
    if whole_months(period) and (silent := found["应报未报"].entries):
        yield f"{_silent(silent, words)}既没有登记、排查，也没有报送零报告"


def _silent(entries: Sequence[Entry], words: PeriodWords) -> str:
    """俵口村、白庙村本月; of several months 俵口村（7月、8月）、白庙村（9月）."""
    months = missed_months(entries)
    named = "、".join(
        f"{village}（{'、'.join(missed)}）" if any(missed) else village
        for village, missed in list(months.items())[:MANY]
    )
    more = f"等{len(months)}个村" if len(months) > MANY else ""
    return f"{named}{more}{'' if any(map(any, months.values())) else words.this}"


def missed_months(entries: Sequence[Entry]) -> dict[str, list[str]]:
    """The months that each village of 应报未报 missed, where the records name them: 7月."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        month = entry.note.partition("没有")[0].rpartition("年")[2]
        found.setdefault(entry.village, []).append(month)
    return found


def _letter_problems(found: Found, rates: Mapping[str, Rate], words: PeriodWords) -> Iterator[str]:
    if unsigned := found["应签未签"].entries:
        yield (
            f"应签保证书的厂房中有{len(unsigned)}处没有有效的保证书（{where(unsigned, '处')}），"
            f"签订率为{rates['签订率'].text}"
        )
    if broken := found["违反保证"].value:
        yield f"{words.this}发现房东违反保证{broken}件，签订以后所租厂房内仍有“散乱污”企业"
    if unreported := found["未报送"].value:
        yield f"已经清退的承租企业中，有{unreported}家尚未报送专项整治工作办公室"


def _complaint_problems(
    found: Found, rates: Mapping[str, Rate], words: PeriodWords
) -> Iterator[str]:
    due, met = found["举报到期应办结"].value, found["举报按期办结"].value
    overdue = found["举报超期"].value
    late = f"截至期末超期未办结{overdue}件" if overdue else ""
    if due > met:
        yield (
            f"{words.this}到期应办结的{due}件举报投诉和交办事项中，有{due - met}件没有按期办结，"
            f"按期办结率为{rates['按期办结率'].text}{'，' if late else ''}{late}"
        )
    elif late:
        yield f"举报投诉和交办事项{late}"


def _record_problems(found: Found, words: PeriodWords) -> Iterator[str]:
    if supplements := found["补录"].value:
        yield f"{words.this}补录往期记录{supplements}条，记录登记不够及时"


def _deadline_steps(found: Found, words: PeriodWords) -> Iterator[str]:
    if overdue := found["超期"].value:
        yield (
            f"对超期未完成的{overdue}家企业逐家复查，搬迁、整改逾期的按程序转为关停取缔，"
            "清理逾期的提请领导小组组织联合执法"
        )
    if coming := found["下月到期"].entries:
        yield f"对{words.coming}到期的{len(coming)}家企业（{where(coming)}）提前上门督促，确保按期完成整治"


def _paper_steps(found: Found) -> Iterator[str]:
    if unserved := found["已作出未送达"].value:
        yield f"尽快送达已经作出的文书，落实{unserved}家企业的整治期限"
    if undated := found["列入满30日未下达期限"].value:
        yield f"对列入满30日的{undated}家企业逐家确定整治期限并下达文书"


def _suspect_steps(found: Found) -> Iterator[str]:
    if overdue := found["举报超期"].value:
        yield f"对超期的{overdue}件举报投诉和交办事项逐件落实承办人，限时办结"
    asked = []
    if suspects := found["待核查"].value:
        asked.append(f"待核查的{suspects}家企业")
    if unchecked := found["举报未核查"].value:
        asked.append(f"尚未核查的{unchecked}件举报投诉和交办事项")
    if asked:
        yield f"对{'、'.join(asked)}组织两人以上现场核查，属实的及时列入台账"


def _patrol_steps(found: Found, policy: Policy, period: Period) -> Iterator[str]:
    if unvisited := found["应查未查"].value:
        yield f"对应查未查的{unvisited}家企业安排补查，做到未销号企业巡查全覆盖"
    if outside := found["仅外围查看"].value:
        yield f"对只作外围查看的{outside}家企业联系经营者或房东，安排进门核查"
    if _nights_short(found, policy, period):
        times = policy.rule(NIGHTS, period.end).days
        yield f"落实值班领导带班、组员不少于两人的夜查制度，每月夜查不少于{times}次"


def _enforcement_steps(found: Found) -> Iterator[str]:
    if late := found["处置超期"].value:
        yield f"对超期的{late}件现场处置逐件核实，未落实的依法采取进一步措施"
    if waiting := found["移送未反馈"].value:
        yield f"与有关机关对接尚未反馈的{waiting}件移送事项，掌握处理结果"
    if returned := found["区验收退回"].value:
        yield f"对区里退回的{returned}件逐项整改，重新验收以后再报"


def _duty_steps(found: Found, period: Period) -> Iterator[str]:
    if bare := found["无包保责任人"].value:
        yield f"对{bare}家企业逐家落实包保责任人，做到责任到村、到部门、到人"
    if whole_months(period) and (silent := missed_months(found["应报未报"].entries)):
        yield f"督促应报未报的{len(silent)}个村落实零报告制度，没有新发现的也要按月报送"


def _letter_steps(found: Found) -> Iterator[str]:
    if unsigned := found["应签未签"].value:
        yield f"督促{unsigned}处厂房的房东签订保证书，压实出租厂房的房东责任"
    if expiring := found["30日内到期"].value:
        yield f"对30日内到期的{expiring}份保证书提前办理续签"
    if broken := found["违反保证"].value:
        yield f"对违反保证的{broken}件逐件约谈房东，告知停止出租，及时清退企业"
    if unreported := found["未报送"].value:
        yield f"将已清退的{unreported}家企业及时报送专项整治工作办公室"


def _admission_steps(found: Found) -> Iterator[str]:
    if waiting := found["准入·补充材料"].value:
        yield f"督促要求补充材料的{waiting}件准入申请限期补齐，对不能达到条件的坚决不予准入"


def _publicity_steps(found: Found) -> Iterator[str]:
    if not found["宣传"].value:
        yield "利用网络、微信、条幅、广播等开展宣传，畅通举报渠道，发动群众参与监督"
    if not found["培训"].value:
        yield "组织网格员开展安全、消防、环保等方面的业务培训，提高发现隐患的能力"


def _lasting_steps(found: Found) -> Iterator[str]:
    if back := found["本月回潮"].value:
        yield f"对回潮的{back}家企业重新按类整治，查清原因，严防再次反弹"
    if late := found["回头看逾期"].value:
        yield f"对回头看逾期的{late}家企业尽快补做"
    if done := found["已销号"].value:
        yield f"继续对已销号的{done}家企业开展回头看，发现回潮的重新纳入整治，防止死灰复燃"
    else:
        yield "继续开展日常巡查和夜间巡查，做到早发现、早登记、早整治"


def _nights_short(found: Found, policy: Policy, period: Period) -> int:
    """How many night patrols the month lacks; only a month has a rule."""
    if period.kind != MONTH:
        return 0
    return max(0, policy.rule(NIGHTS, period.end).days - found["夜查次数"].value)
