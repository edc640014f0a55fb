"""The HTML report as PDF, by WeasyPrint, which is no part of the ordinary installation.

WeasyPrint needs Pango of the system, so it stays an extra: who has none prints the HTML from a
browser.
"""

from __future__ import annotations

import hashlib
from datetime import date

from swm.errors import Surroundings

IDENTITY = 16
"""Bytes of the identity that a PDF carries; drawn from its contents, never from chance."""
INSIDE = ("data",)
"""A report holds all it shows: nothing is fetched from a file or from the net."""
MISSING = (
    "联网的电脑上：pip install 'swm[pdf]'（Linux 还要有系统的 Pango：apt install libpango-1.0-0 "
    "libpangoft2-1.0-0）；装不了的，用浏览器打开网页报表，打印，选“另存为 PDF”"
)


def render_pdf(html: str, on: date) -> bytes:
    """The page as it prints. The same HTML gives the same bytes on one machine; fonts are embedded,
    so another machine's fonts give others.

    Raises `Surroundings` where WeasyPrint, or what it needs of the system, is not there.
    """
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as failed:  # OSError: the package without Pango
        raise Surroundings("还没有安装生成 PDF 的组件 WeasyPrint", hint=MISSING) from failed
    dated = html.replace("<head>", f'<head>\n<meta name="dcterms.created" content="{on}">', 1)
    identity = hashlib.sha256(dated.encode()).digest()[:IDENTITY]
    itself = URLFetcher(allowed_protocols=INSIDE)
    page: bytes = HTML(string=dated, url_fetcher=itself).write_pdf(pdf_identifier=identity)
    return page
