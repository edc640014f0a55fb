"""`swm site DIR`: the ledger as a folder of pages that need no network and no server."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from swm import __version__
from swm.cli import options as o
from swm.cli import parsing, sitefolder
from swm.cli.call import OF_LEDGER, Call
from swm.cli.grammar import Command, verbs
from swm.cli.output import from_here
from swm.domain.contents import ATTACHMENTS
from swm.domain.fields import NAME
from swm.errors import Refused, WrongUsage
from swm.reports.audiences import AUDIENCES, INTERNAL, PUBLIC

if TYPE_CHECKING:
    from swm.domain.records import Enterprise
    from swm.render.site.firm import Room
    from swm.reports.site import Site
    from swm.store.facts import Facts
    from swm.store.snapshot import Snapshot

app = verbs()

Pages = Iterator[tuple[str, bytes]]
PROGRAM = f"swm {__version__}"

Where = Annotated[o.Text, typer.Argument(metavar="文件夹", help="写到哪里，如 输出/网站")]
Audience = Annotated[o.Text, o.text("--audience", "口径", "公示、上报、内部；不写就是公示")]
Approver = Annotated[o.Text, o.text("--approver", "姓名", "批准公示的人；公示必填，不写进网页")]
Photos = Annotated[
    bool, typer.Option("--photos", help="上报的网站也放现场照片；先看过照片里没有人和号码")
]


@app.command("site", cls=Command, help="离线网站：写成一个文件夹，用浏览器打开 index.html。")
def site(
    context: typer.Context,
    folder: Where = None,
    audience: Audience = None,
    approver: Approver = None,
    at: o.At = None,
    photos: Photos = False,
) -> None:
    """Write the site."""
    call = Call.of(context)
    if folder is None:
        raise WrongUsage("要写明写到哪个文件夹", hint="例如 swm site 输出/网站 --audience 内部")
    told = parsing.maybe("--audience", audience, parsing.choice(AUDIENCES, "口径")) or PUBLIC
    _approved(told, approver)
    if photos and told == PUBLIC:
        raise WrongUsage("公示的网站不放照片", hint="去掉 --photos")
    place = _place(call, folder)
    sitefolder.refuse_foreign(place)
    facts = call.facts(at)
    day = call.judged_on(at)
    if told == PUBLIC:
        pages = _public(call, facts, day)
    else:
        pages = _inside(call, facts, day, told, photos or told == INTERNAL)
    about = {"程序": PROGRAM, "台账版本": facts.commit, "口径": told, "截至": day.isoformat()}
    files = sitefolder.publish(place, pages, about)
    _show(call, from_here(place), told, files, facts.commit)


def _approved(audience: str, approver: str | None) -> None:
    """公示 is read by everybody: somebody has to answer for it."""
    if audience == PUBLIC:
        if not (approver or "").strip():
            raise Refused(
                "公示要有批准人，没有写入",
                hint="swm site 文件夹 --approver 姓名；内部看的加 --audience 内部",
            )
        parsing.read("--approver", approver or "", lambda text: NAME.read(text.strip()))
    elif approver is not None:
        raise WrongUsage(f"{audience}的网站不需要 --approver", hint="只有公示要写批准人")


def _place(call: Call, folder: str) -> Path:
    """The folder in full. Raises `Refused` for one among the ledger's own files."""
    full = Path(folder).expanduser().absolute()
    place = full.resolve() if full.name == ".." else full.parent.resolve() / full.name
    root = call.ledger.root.resolve()
    if place == root or place in root.parents:
        raise Refused(f"{folder} 里有台账，不能用来放网站", hint="例如 输出/网站")
    if place.is_relative_to(root):
        top = place.relative_to(root).parts[0]
        if top == ".git" or f"{top}/" in OF_LEDGER or top in OF_LEDGER:
            raise Refused(f"{folder} 是台账自己的文件夹，不往那里写", hint="例如 输出/网站")
    return place


def _find(snapshot: Snapshot) -> Callable[[str], str]:
    """The site's templates, the office's own first."""
    from swm.render.templates import find_page

    return lambda name: find_page(f"site/{name}", snapshot.template)


def _public(call: Call, facts: Facts, day: date) -> Pages:
    from swm.cli.duties import refuse_unread
    from swm.render.site.pages import public_pages
    from swm.reports.site import public_site

    refuse_unread(facts)
    snapshot = call.ledger.snapshot(facts.commit)
    made = public_site(facts, snapshot.settings, snapshot.policy, day, PROGRAM)
    return public_pages(made, _find(snapshot))


def _inside(call: Call, facts: Facts, day: date, audience: str, photos: bool) -> Pages:
    from swm.domain.kinds import REPORT
    from swm.domain.reportrecords import Report
    from swm.render.site.pages import site_pages
    from swm.reports.site import site as site_of

    snapshot = call.ledger.snapshot(facts.commit)
    enterprises = list(_counted(call, snapshot, facts))
    reports = [snapshot.filed(Report, id) for id in snapshot.ids(REPORT)]
    made = site_of(facts, snapshot.settings, snapshot.policy, day, PROGRAM, audience, reports)
    places = _photographs(snapshot, enterprises) if photos else {}
    room = _room(made, snapshot, {digest: name for digest, (name, _) in places.items()})
    pages = site_pages(made, enterprises, room, _find(snapshot))
    return _with_photos(_progress(call, pages, len(enterprises)), snapshot, places)


def _counted(call: Call, snapshot: Snapshot, facts: Facts) -> Iterator[Enterprise]:
    """Every enterprise's file, with a bar while they are read."""
    total = facts.query("SELECT COUNT(*) FROM enterprise")[0][0]
    bar = call.progress("读取档案")
    for number, enterprise in enumerate(snapshot.enterprises(), start=1):
        if bar:
            bar(number, max(total, number))
        yield enterprise


def _progress(call: Call, pages: Pages, firms: int) -> Pages:
    """The same pages, with a bar that follows the enterprises' own."""
    bar = call.progress("生成网站")
    done = 0
    for page in pages:
        done += page[0].startswith("firm/")
        if bar:
            bar(done, max(firms, 1))
        yield page


def _room(made: Site, snapshot: Snapshot, photos: Mapping[str, str]) -> Room:
    from swm.render.discretion import veil_for
    from swm.render.monthly import category_names
    from swm.render.site.firm import Room
    from swm.render.site.links import links_of

    return Room(
        policy=snapshot.policy,
        settings=snapshot.settings,
        opening_date=snapshot.settings.opening_date,
        day=made.day,
        veil=veil_for(made.month.audience, made.people),
        known=links_of(made),
        papers=made.papers,
        categories=category_names(made.month),
        photos=photos,
    )


def _photographs(snapshot: Snapshot, enterprises: list[Enterprise]) -> dict[str, tuple[str, str]]:
    """Each photograph that a visit names and the commit holds: its file in the site, and here."""
    from swm.domain.records import Visit
    from swm.render.site.firm import photo_name

    held = {Path(p).stem: p for p in snapshot.paths if p.startswith(ATTACHMENTS)}
    named = {
        digest
        for enterprise in enterprises
        for record in enterprise.records
        if isinstance(record, Visit)
        for digest in record.photos
    }
    return {
        digest: (photo_name(digest, Path(held[digest]).suffix), held[digest])
        for digest in sorted(named & held.keys())
    }


def _with_photos(pages: Pages, snapshot: Snapshot, places: Mapping[str, tuple[str, str]]) -> Pages:
    """The pages, then the photographs: one process for all of them, one in memory at a time."""
    yield from pages
    with snapshot.repo.objects() as objects:
        for name, path in places.values():
            entry = objects.entry(snapshot.commit, path)
            if entry is not None:
                yield name, objects.blob(entry.id)


def _show(call: Call, place: Path, audience: str, files: int, commit: str) -> None:
    where = place / "index.html"
    if call.json:
        document = {"网页": str(where), "口径": audience, "文件数": files, "台账版本": commit}
        call.screen.document(document)
        return
    call.screen.result([str(where)])
    call.screen.say([f"{audience}网站，{files}个文件；用浏览器打开，整个文件夹一起拷走"])
