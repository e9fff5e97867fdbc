"""/oembed: what other systems fetch when somebody pastes the address of a page (oEmbed 1.0)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from flask import Blueprint, Response, request

from dam.catalogue.fields import SeriesField
from dam.iiif.content_state import region_of
from dam.iiif.extents import Box, Extent, fit, smaller
from dam.rights.facts import Audience
from dam.rights.life import Life, shortest
from dam.web import public_pages
from dam.web.conditions import FormatNotDone, NotForEmbeds, NotOurs
from dam.web.origin import Origin
from dam.web.responses import json_text, tagged
from dam.web.share_code import IFRAME_HEIGHT, IFRAME_WIDTH, iframe
from dam.workflows import ask, browse, merge
from dam.workflows.archive import Archive
from dam.workflows.browse import InSeries
from dam.workflows.manifests import listed_life
from dam.workflows.presentation import Told

_OURS = re.compile(
    r"(?:/(?:p|embed)/|/ark:/?[0-9a-z]+/|/manifests/[23]/)([0-9A-Za-z_-]+)"
    r"(?:/share|/manifest\.json)?/?"
)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_THUMBNAIL_SIDE = 400

Answer = dict[str, str | int]


@dataclass(frozen=True, slots=True)
class About:
    """What is embedded: where its frame is, and the words that stand with it."""

    address: str
    title: str
    credit: str
    author: str


def blueprint(archive: Archive, origin: Origin) -> Blueprint:
    """Return the route of oEmbed; what it answers is decided for the public."""
    routes = Blueprint("oembed", __name__)

    @routes.get("/oembed")
    def oembed() -> Response:
        write = _writer(request.args.get("format", "json"))
        here = origin()
        identifier, query = _named(request.args.get("url", ""), here)
        try:
            answer, life = _answer_of_any(archive, identifier, query, here)
        except ask.Withdrawn as error:
            raise NotOurs from error  # the specification knows no 410
        seconds = life.seconds_at(archive.now())
        text, media_type = write(answer | {"cache_age": seconds})
        return tagged(text.encode(), media_type, max_age=seconds)

    return routes


def _writer(form: str) -> Callable[[Answer], tuple[str, str]]:
    """Return how an answer is written in *form*; raises ``FormatNotDone``."""
    if form == "json":
        return lambda answer: (json_text(answer), "application/json")
    if form == "xml":
        return lambda answer: (_xml(answer), "text/xml; charset=utf-8")
    raise FormatNotDone


def _xml(answer: Answer) -> str:
    rows = "\n".join(
        f"  <{name}>{escape(_NOT_IN_XML.sub('', str(value)))}</{name}>"
        for name, value in answer.items()
    )
    opening = '<?xml version="1.0" encoding="utf-8" standalone="yes"?>'
    return f"{opening}\n<oembed>\n{rows}\n</oembed>\n"


def _named(address: str, origin: str) -> tuple[str, str]:
    """Return the identifier that an address of ours names, and its region as a query, or "".

    Raises:
        NotOurs: it is no address of a photograph or a series here.
    """
    try:
        asked, ours = urlsplit(address), urlsplit(origin)
    except ValueError as error:
        raise NotOurs from error
    path = asked.path.removeprefix(ours.path)
    found = _OURS.fullmatch(path)
    # A page that is https now may have been linked by http before.
    same = asked.netloc.lower() == ours.netloc.lower() and asked.scheme in {"http", "https"}
    if found is None or not same or not asked.path.startswith(ours.path):
        raise NotOurs
    region = region_of(parse_qs(asked.query).get("xywh", [""])[0])
    return found[1], f"?xywh={region.text}" if region else ""


def _answer_of_any(
    archive: Archive, identifier: str, query: str, origin: str
) -> tuple[Answer, Life]:
    """Return ``_answer``, also of a photograph for which another one stands by now."""
    try:
        return _answer(archive, identifier, query, origin)
    except ask.Unknown:
        successor = merge.leads_to(archive, identifier)
        if successor is None:
            raise
    answer, life = _answer(archive, successor.id, query, origin)
    return answer, shortest(life.seconds, (life, successor.life))


def _answer(archive: Archive, identifier: str, query: str, origin: str) -> tuple[Answer, Life]:
    """Return the answer without its age, and how long it holds.

    Raises:
        Unknown, Withdrawn: the public may not be told of it.
        NotForEmbeds: it may be told of it, and no pixel may leave.
    """
    if browse.is_series(archive, identifier):
        found = browse.series(archive, identifier, Audience.PUBLIC)
        return _of_series(found, archive.settings.archive_name, origin)
    one = browse.photograph(archive, identifier, Audience.PUBLIC).told
    if one.pack is None:
        raise NotForEmbeds(one.withheld)
    about = About(
        address=f"{origin}/embed/{identifier}{query}",
        title=public_pages.title(one).text,
        credit=one.words.credit,
        author=", ".join(one.words.creators),
    )
    answer = _rich(about, archive.settings.archive_name, origin)
    return answer | _licence(one) | _thumbnail([one], origin), listed_life([one.asked])


def _of_series(found: InSeries, archive_name: str, origin: str) -> tuple[Answer, Life]:
    shown = [one for one in found.frames if one.pack is not None]
    if not shown:
        raise NotForEmbeds(found.frames[0].withheld)
    title = public_pages.words(found.series.description.words(SeriesField.SERIES_TITLE))
    makers = dict.fromkeys(name for one in found.frames for name in one.words.creators)
    about = About(
        address=f"{origin}/embed/{found.series.id}",
        title=title.text if title else found.series.title,
        credit="",
        author=", ".join(makers),
    )
    answer = _rich(about, archive_name, origin) | _thumbnail(shown, origin)
    return answer, listed_life(one.asked for one in found.frames)


def _rich(about: About, archive_name: str, origin: str) -> Answer:
    width, height = _room(IFRAME_WIDTH, IFRAME_HEIGHT)
    label = f"{about.title}. {about.credit}".strip()
    author: Answer = {"author_name": about.author} if about.author else {}
    return {
        "version": "1.0",
        "type": "rich",
        "title": about.title,
        **author,
        "provider_name": archive_name,
        "provider_url": f"{origin}/",
        "width": width,
        "height": height,
        "html": iframe(about.address, label, width=width, height=height),
    }


def _licence(one: Told) -> Answer:
    """Return credit and licence, which are none of oEmbed's own fields and may stand beside."""
    statement = one.words.statement
    answer: Answer = {"credit": one.words.credit} if one.words.credit else {}
    if statement is None:
        return answer
    return answer | {"license": statement.label(), "license_url": statement.uri}


def _thumbnail(shown: list[Told], origin: str) -> Answer:
    """Return a picture of the first that needs no advisory, as small as the consumer wants it."""
    one = next((each for each in shown if not public_pages.advised(each)), None)
    picture = public_pages.picture(one, origin) if one else None
    if picture is None:
        return {}
    full = Extent(picture.width, picture.height)
    box = Extent(*_room(_THUMBNAIL_SIDE, _THUMBNAIL_SIDE))
    size = fit(Box(0, 0, full.width, full.height), smaller(box, full), None)
    return {
        "thumbnail_url": f"{picture.service}/full/{size.width},{size.height}/0/default.jpg",
        "thumbnail_width": size.width,
        "thumbnail_height": size.height,
    }


def _room(width: int, height: int) -> tuple[int, int]:
    """Return the two sides, each no longer than the consumer has room for."""
    most_wide, most_high = _pixels("maxwidth"), _pixels("maxheight")
    return min(width, most_wide or width), min(height, most_high or height)


def _pixels(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if re.fullmatch(r"0*[1-9][0-9]{0,5}", text) else None
