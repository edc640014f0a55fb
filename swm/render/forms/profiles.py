"""The profile of an enterprise at the head of its dossier, two entries to a row."""

from __future__ import annotations

from collections.abc import Mapping

from swm.domain import fields
from swm.domain.records import Enterprise
from swm.render import leads
from swm.render.forms.blanks import named
from swm.render.forms.values import Named, Office
from swm.render.whereabouts import address_in, grid_on

PROFILE = (
    ("统一社会信用代码", "证照情况"),
    ("经营者", "电话"),
    ("村", "网格"),
    ("地址", "坐标"),
    ("行业", "产品与工艺"),
    ("用电户号", "与居民合用"),
    ("特征", "来源"),
    ("厂房", "备注"),
)
"""The profile's keys, two to a row; what stays inside is left out for others."""
NOT_FILLED = "未填"


def profile(enterprise: Enterprise, office: Office) -> list[Named]:
    """What is told of an enterprise; where it is, as the villages are called today."""
    rows = fields.fragment(enterprise)
    settings, today = office.settings, office.today
    rows |= {
        "村": settings.village_at(enterprise.village, today),
        "网格": grid_on(enterprise.grid, settings, today),
        "地址": address_in(enterprise.village, enterprise.address, settings, today),
    }
    told = {key: _value(key, rows.get(key), office) for pair in PROFILE for key in pair}
    return paired(told, office)


def paired(told: Mapping[str, str], office: Office) -> list[Named]:
    """The profile two to a row."""
    keys = [k for pair in PROFILE for k in pair if office.veil.lifted or k not in leads.INSIDE]
    return [
        {"左": a, "左值": told.get(a, ""), "右": b, "右值": told.get(b, "")}
        for a, b in zip(keys[::2], [*keys[1::2], ""], strict=False)
    ]


def _value(key: str, value: object, office: Office) -> str:
    text = named([str(v) for v in value]) if isinstance(value, list) else str(value or "")
    if key == "经营者":
        text = office.veil.person(text)
    elif key == "电话":
        text = office.veil.phone(text)
    elif key == "来源" and not office.veil.lifted:
        text = leads.source(text)
    else:
        text = leads.written(text, office.veil)
    return text or NOT_FILLED
