"""From what the public may be told of a photograph or a series to the tabs of its share sheet.

What is shared is seen by everybody: all of it is decided for the public, whoever reads the page.
"""

from dam.catalogue.authorities import AuthorityKind
from dam.catalogue.citations import Cited, Genre, Maker
from dam.catalogue.fields import SeriesField
from dam.iiif.crops import piece
from dam.iiif.presentation_source import page_path
from dam.web import pages, public_pages
from dam.web.addresses import dropped
from dam.web.content_state import asked_box, asked_region, share_link
from dam.web.pages import Copyable
from dam.web.share_code import iframe
from dam.web.share_fields import (
    Shared,
    beside,
    citations,
    figure_field,
    iframe_field,
    jpegs,
    manifests,
    oembed_field,
    page_field,
    photograph_iframe,
    unchanged_only,
)
from dam.workflows.browse import InSeries, PhotographView
from dam.workflows.presentation import Told


def of_photograph(found: PhotographView, site: pages.Site, origin: str) -> pages.SharePage:
    """Return the share sheet of a photograph; *found* is as the public may see it."""
    cited = _cited_photograph(found, site.archive_name, origin)
    shared = Shared(found.told, cited, origin, asked_region())
    path = page_path(found.told.photograph.id)
    tabs = (_embed(shared), _link(shared), _detail(shared), _cite(shared), _iiif(shared))
    return pages.SharePage(
        site=site,
        title=public_pages.title(found.told),
        path=f"{path}/share",
        page_url=origin + path,
        tabs=tuple(tab for tab in tabs if tab is not None),
    )


def of_series(found: InSeries, site: pages.Site, origin: str) -> pages.SharePage:
    """Return the share sheet of a series; *found* holds the frames that the public is told of."""
    identifier = found.series.id
    path = page_path(identifier)
    page_url = origin + path
    title = public_pages.words(found.series.description.words(SeriesField.SERIES_TITLE))
    shown = title or pages.Words(found.series.title, found.series.language)
    makers = dict.fromkeys(name for one in found.frames for name in one.words.creators)
    cited = Cited(
        identifier,
        page_url,
        site.archive_name,
        tuple(map(Maker, makers)),
        shown.text,
        genre=Genre.SERIES,
    )
    code = iframe(f"{origin}/embed/{identifier}", f"{shown.text}. {site.archive_name}")
    embed = iframe_field(code, "The series one frame after the other, credit inside, no script")
    return pages.SharePage(
        site=site,
        title=shown,
        path=f"{path}/share",
        page_url=page_url,
        tabs=(
            pages.ShareTab("embed", "Embed", (embed, oembed_field(page_url))),
            pages.ShareTab("link", "Link", (page_field(page_url),)),
            pages.ShareTab("cite", "Cite", citations(cited)),
            pages.ShareTab(
                "iiif",
                "IIIF",
                manifests(origin, identifier),
                drag_url=dropped(identifier, origin),
            ),
        ),
    )


def _embed(shared: Shared) -> pages.ShareTab | None:
    one = shared.one
    if one.pack is None:
        note = f"There is no picture to embed. {one.withheld}"
        return pages.ShareTab("embed", "Embed", (), note)
    code = photograph_iframe(one, shared.origin)
    fields = [
        iframe_field(code, "Deep zoom with the credit inside, for any page; no script, no cookie"),
        oembed_field(shared.cited.url),
    ]
    if public_pages.advised(one):
        note = (
            "What may be hard to look at is embedded behind its advisory: there are no files here "
            "that would go round it."
        )
        return pages.ShareTab("embed", "Embed", tuple(fields), note)
    fields.append(figure_field(shared))
    return pages.ShareTab(
        "embed",
        "Embed",
        tuple(fields),
        _no_crops(one),
        jpegs=jpegs(shared),
        beside=beside(one),
    )


def _no_crops(one: Told) -> str:
    if not unchanged_only(one):
        return ""
    return "Its licence allows no changed copies, so only the whole picture is offered."


def _link(shared: Shared) -> pages.ShareTab:
    return pages.ShareTab("link", "Link", (page_field(shared.cited.url),))


def _detail(shared: Shared) -> pages.ShareTab | None:
    one = shared.one
    pack = one.pack
    if pack is None or public_pages.advised(one):
        return None
    picture = public_pages.picture(one, shared.origin)
    if picture is None:
        return None
    region, box = shared.region, asked_box(one)
    master = one.photograph.master.extent
    sides = (region.x, region.y, region.width, region.height) if region and box else ()
    numbers = dict(zip("xywh", map(str, sides), strict=False))
    detail = pages.ShareDetail(picture, master.width, master.height, **numbers)
    if region is None or box is None:
        return pages.ShareTab("detail", "Detail", (), detail=detail)
    query = f"?xywh={region.text}"
    fields = (
        Copyable("share-detail", "Link", shared.page_url, "Opens the page on exactly this detail."),
        iframe_field(
            photograph_iframe(one, shared.origin, query=query),
            "The viewer, opened on this detail",
            "share-detail-iframe",
        ),
        Copyable(
            "share-detail-picture",
            "Picture",
            f"{shared.service}/{piece(pack.extent, box).path}",
            "The detail alone, as a JPEG by the Image API.",
        ),
        Copyable(
            "share-detail-state",
            "Content state",
            share_link(one.photograph.id, shared.origin),
            "For programs: a link by IIIF Content State 1.0.",
        ),
    )
    return pages.ShareTab("detail", "Detail", fields, detail=detail)


def _cite(shared: Shared) -> pages.ShareTab:
    line = shared.one.words.credit
    credit = Copyable("share-credit-line", "Credit line", line, "To print beside the picture.")
    return pages.ShareTab("cite", "Cite", (*citations(shared.cited), *([credit] if line else [])))


def _iiif(shared: Shared) -> pages.ShareTab:
    identifier = shared.one.photograph.id
    fields = list(manifests(shared.origin, identifier))
    if shared.one.pack is not None:
        info = Copyable(
            "share-service",
            "Image service",
            f"{shared.service}/info.json",
            "For viewers and programs that take an image without a manifest.",
        )
        fields.append(info)
    return pages.ShareTab(
        "iiif", "IIIF", tuple(fields), drag_url=dropped(identifier, shared.origin, canvas=True)
    )


def _cited_photograph(found: PhotographView, archive_name: str, origin: str) -> Cited:
    one = found.told
    makers = tuple(
        Maker(contributor.byline, person=_is_person(found, contributor.agent_id))
        for contributor in one.photograph.description.contributors
        if contributor.role.creates
    )
    return Cited(
        one.photograph.id,
        origin + page_path(one.photograph.id),
        archive_name,
        makers,
        public_pages.title(one).text if one.words.titled else "",
        one.photograph.date,
    )


def _is_person(found: PhotographView, agent_id: str) -> bool:
    record = found.linked.get(agent_id)
    return record is None or record.kind is not AuthorityKind.ORGANISATION
