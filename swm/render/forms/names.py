"""What a form's template may name, by the form."""

from __future__ import annotations

from swm.render.forms import papernames as paper
from swm.render.forms import recordnames as record

NAMES = {
    "保证书": paper.LETTER,
    "文书": paper.PAPER,
    "送达回证": paper.RECEIPT,
    "停租告知书": paper.EVICTION,
    "移送函": paper.TRANSFER,
    "巡查记录": record.PATROL,
    "夜查记录": record.PATROL,
    "验收销号表": record.CLOSING,
    "举报核查表": record.COMPLAINT,
    "准入审查表": record.ADMISSION,
    "一企一档": record.DOSSIER,
    "考核通报": record.ANNOUNCEMENT,
}
"""The templates of one form all have the same names."""
