"""From what may be told of a photograph to the dataclasses of the public pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from dam.catalogue.notices import Notice
from dam.iiif.presentation_source import manifest_path, page_path
from dam.iiif.presentation_words import LanguageMap
from dam.rights.decision import Duty
from dam.web import name_links, pages
from dam.web.addresses import discovery_links, share_path
from dam.web.content_state import opened_at
from dam.web.offered_files import offered_files
from dam.workflows.browse import PhotographView
from dam.workflows.deliver import FULL_SUFFIX
from dam.workflows.indexing import may_be_indexed, may_be_previewed
from dam.workflows.presentation import Told, by_role
from dam.workflows.restricted import better_pack
from dam.workflows.words import preferred


@dataclass(frozen=True, slots=True)
class Extra:
    """What a page shows to staff alone: why the public sees what it sees, and the desk."""

    why: pages.Explanation | None = None
    desk_url: str | None = None


_MOST_IN_FILMSTRIP = 60
_LONGEST_PREVIEW = 240
_NO_STATEMENT = pages.Statement(
    "Rights not recorded", "Nothing is recorded about the rights in this photograph. Ask first."
)


def languages() -> tuple[str, ...]:
    """Return the reader's languages, the one chosen on the page first."""
    chosen = request.args.get("lang", "")
    wanted = [language for language, _ in request.accept_languages if language != "*"]
    return tuple(dict.fromkeys([*([chosen] if chosen else []), *wanted]))


def words(texts: LanguageMap) -> pages.Words | None:
    """Return the text that suits the reader best, with its language."""
    found = preferred(texts, languages())
    if found is None:
        return None
    language, text = found
    return pages.Words(text, "und" if language == "none" else language)


def title(one: Told) -> pages.Words:
    """Return the title for this reader, or what stands for it."""
    return words(one.words.label) or pages.Words("Untitled photograph", "en")


def picture(one: Told, origin: str) -> pages.Picture | None:
    """Return the picture that the decision gives, if its pack is there."""
    pack = one.pack
    if pack is None:
        return None
    alt = words(one.words.alts)
    return pages.Picture(
        service=f"{origin}/iiif/3/{one.service_id}",
        width=pack.extent.width,
        height=pack.extent.height,
        alt=alt.text if alt else title(one).text,
    )


def view(one: Told, origin: str, show_url: str) -> pages.View:
    """Return the picture, the advisory before it, or why there is none.

    The advisory is held here: a page with it has no address of the picture in it.
    """
    shown = picture(one, origin)
    restricted = restricted_service(one, origin)
    asks_first = (restricted if shown is None else shown) and request.args.get("show") != "1"
    if asks_first and (advised(one) or (restricted and one.asked.facts.sensitivity is not None)):
        return pages.Advised(advisory_sentence(one), show_url)
    if shown is None:
        back = f"/sign-in?next={page_path(one.photograph.id)}" if restricted else ""
        return pages.Withheld(one.withheld, sign_in_url=back, restricted=restricted)
    return pages.Shown(shown, opened_at(one), restricted)


def restricted_service(one: Told, origin: str) -> str:
    """Return the image service of what signing in opens, or nothing where that is no more."""
    if better_pack(one.photograph, one.asked) is None:
        return ""
    return f"{origin}/iiif/3/{one.photograph.id}{FULL_SUFFIX}"


def advised(one: Told) -> bool:
    """Whether the decision asks for an advisory before the picture."""
    return Duty.ADVISORY in one.asked.decision.duties


def advisory_sentence(one: Told) -> str:
    """Return what the advisory says, from the terms that were recorded."""
    sensitivity = one.asked.facts.sensitivity
    terms = ", ".join(sensitivity.terms).replace("-", " ") if sensitivity else ""
    return f"This photograph may be hard to look at{f': {terms}' if terms else ''}."


def listed_picture(one: Told, origin: str) -> pages.Picture | None:
    """Return the picture for lists; none before an advisory, since lists show no warning."""
    return None if advised(one) else picture(one, origin)


def listed(one: Told, origin: str) -> pages.ListedPhotograph:
    """Return a photograph as the list shows it."""
    return pages.ListedPhotograph(
        url=page_path(one.photograph.id),
        title=title(one),
        # What stands for a title names the year already.
        year=one.words.year if one.words.titled else "",
        picture=listed_picture(one, origin),
    )


def statement(one: Told) -> pages.Statement:
    """Return how the photograph may be used, in words."""
    found = one.words.statement
    if found is None:
        return _NO_STATEMENT
    return pages.Statement(found.label(), found.use_in_words, found.human_url)


def dateline(one: Told) -> str:
    """Return place and date on one line, as datelines are printed."""
    place, date = words(one.words.places), words(one.words.date)
    return ", ".join(part.text for part in (place, date) if part)


def photograph_page(
    found: PhotographView, site: pages.Site, origin: str, extra: Extra
) -> pages.PhotographPage:
    """Return the page of one photograph; *extra* gives what only staff are shown."""
    one = found.told
    path = page_path(one.photograph.id)
    caption = words(one.words.captions)
    return pages.PhotographPage(
        site=site,
        id=one.photograph.id,
        title=title(one),
        caption=caption,
        other_languages=_other_languages(one, path, caption),
        dateline=dateline(one),
        credit=one.words.credit,
        credit_required=bool(one.words.statement and one.words.statement.requires_attribution),
        statement=statement(one),
        view=view(one, origin, f"{path}?show=1"),
        series=_series_context(found, origin),
        details=_details(one),
        required=required(one.words.notices),
        downloads=offered_files(one),
        share=share(one.photograph.id, origin),
        preview=preview(title(one), caption, [one], origin),
        why=extra.why,
        desk_url=extra.desk_url,
    )


def _other_languages(
    one: Told, path: str, shown: pages.Words | None
) -> tuple[pages.LanguageLink, ...]:
    known = dict.fromkeys(language for language, _ in one.words.captions)
    return tuple(
        pages.LanguageLink(language, f"{path}?lang={language}")
        for language in known
        if shown is None or language != shown.language
    )


def _series_context(found: PhotographView, origin: str) -> pages.SeriesContext | None:
    if found.place is None or found.context is None:
        return None
    frames = found.context.frames
    here = next(
        (n for n, one in enumerate(frames) if one.photograph.id == found.told.photograph.id), None
    )
    if here is None:
        return None
    strip = [_neighbour(one, origin, current=n == here) for n, one in enumerate(frames)]
    return pages.SeriesContext(
        title=pages.Words(found.place.series_title, found.place.series_language),
        url=page_path(found.place.series_id),
        number=here + 1,
        count=len(frames),
        previous=strip[here - 1] if here > 0 else None,
        next=strip[here + 1] if here + 1 < len(strip) else None,
        filmstrip=tuple(strip[:_MOST_IN_FILMSTRIP]),
    )


def _neighbour(one: Told, origin: str, *, current: bool) -> pages.Neighbour:
    path = page_path(one.photograph.id)
    return pages.Neighbour(path, title(one), listed_picture(one, origin), current)


def _details(one: Told) -> tuple[pages.Detail, ...]:
    words_ = one.words
    source, copyright_ = words(words_.source), words(words_.copyright)
    headline = words(words_.headlines)
    rows: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("Headline", (headline.text,) if headline else ()),
        ("Photographer", words_.creators),
        *((role.capitalize(), names) for role, names in by_role(words_)),
        ("People shown", words_.people),
        ("Place", name_links.places(one)),
        ("Keywords", tuple(word for _, word in words_.keywords)),
        ("Source", (source.text,) if source else ()),
        ("Copyright", (copyright_.text,) if copyright_ else ()),
        ("Accession number", (words_.accession,) if words_.accession else ()),
        ("Negative number", (words_.negative,) if words_.negative else ()),
        ("Size", (_size(one),)),
    )
    lead = name_links.links(one)
    return tuple(
        pages.Detail(label, values, tuple(lead.get((label, value), "") for value in values))
        for label, values in rows
        if values
    )


def _size(one: Told) -> str:
    extent = one.photograph.master.extent
    return f"{extent.width} \N{MULTIPLICATION SIGN} {extent.height} pixels"


def share(identifier: str, origin: str) -> pages.Share:
    """Return the addresses of a photograph or a series, and where its share sheet is."""
    return pages.Share(
        manifest_url=origin + manifest_path(identifier),
        page_url=origin + page_path(identifier),
        sheet_url=share_path(identifier, request.args),
        embed_url=f"/embed/{identifier}",
        oembed=discovery_links(origin + page_path(identifier), origin),
    )


def preview(
    heading: pages.Words, said: pages.Words | None, frames: Sequence[Told], origin: str
) -> pages.Preview:
    """Return what is shown where the address is pasted: the first picture that may be, and credit.

    Where *frames* are several, each has a credit of its own, and that of the picture is shown.
    """
    shown = next((one for one in frames if _previewed(one)), None)
    words_ = said.text[:_LONGEST_PREVIEW].strip() if said else ""
    if said and len(said.text) > _LONGEST_PREVIEW:
        words_ = f"{words_.rsplit(' ', 1)[0]} …"
    credit = shown.words.credit if shown else ""
    return pages.Preview(
        title=heading.text,
        words=" · ".join(part for part in (" ".join(words_.split()), credit) if part),
        picture=picture(shown, origin) if shown else None,
        indexed=any(may_be_indexed(one.asked) for one in frames),
    )


def _previewed(one: Told) -> bool:
    # Staff see more than the public, and what they paste is read by others.
    public = not one.asked.decision.audience.works_here
    return public and one.pack is not None and may_be_previewed(one.asked)


def required(notices: tuple[Notice, ...]) -> tuple[pages.Words, ...]:
    """Return what must be shown, each kind in the reader's language where it is in it."""
    shown = []
    for kind in dict.fromkeys(notice.kind for notice in notices):
        texts = tuple((one.language, one.text) for one in notices if one.kind is kind)
        best = preferred(texts, languages())
        language = best[0] if best else ""
        shown += [pages.Words(text, tag) for tag, text in texts if tag == language]
    return tuple(shown)


def tombstone_page(site: pages.Site, photograph_id: str, withdrawn_on: str) -> pages.TombstonePage:
    """Return the page of what was withdrawn: no name, no title, no picture."""
    return pages.TombstonePage(site=site, id=photograph_id, withdrawn_on=withdrawn_on)
