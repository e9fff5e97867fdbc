"""/sitemap.xml, /sitemaps/…, /feed.atom and /robots.txt: what programs that come by are told.

A sitemap has what may be indexed (sitemaps.org 0.9, with Google's extension for images), the feed
what is newest (Atom, RFC 4287). They are the same for everybody.
"""

import re
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from flask import Blueprint, Response

from dam.iiif.presentation_source import page_path
from dam.iiif.presentation_words import LanguageMap
from dam.web.origin import Origin
from dam.web.public_pages import picture
from dam.web.responses import tagged
from dam.workflows import indexing
from dam.workflows.archive import Archive
from dam.workflows.indexing import Entry, Feed
from dam.workflows.presentation import Told

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_IMAGES = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PICTURE_SIDE, _SHORT_SIDE = 1600, 800
_LIFE_SECONDS = 300
_NOT_FOR_ROBOTS = ("/desk/", "/rights/", "/admin/", "/sign-in", "/search", "/lightbox")


def blueprint(archive: Archive, origin: Origin) -> Blueprint:
    """Return the routes; of photographs each asks the decision anew."""
    routes = Blueprint("syndication", __name__)

    def xml(text: str, media_type: str = "application/xml", seconds: int = 0) -> Response:
        body = (_XML + _NOT_IN_XML.sub("", text)).encode()
        return tagged(body, f"{media_type}; charset=utf-8", max_age=seconds)

    @routes.get("/robots.txt")
    def robots() -> Response:
        rules = "".join(f"Disallow: {path}\n" for path in _NOT_FOR_ROBOTS)
        text = f"User-agent: *\n{rules}\nSitemap: {origin()}/sitemap.xml\n"
        return tagged(text.encode(), "text/plain; charset=utf-8", max_age=_LIFE_SECONDS)

    @routes.get("/sitemap.xml")
    def index() -> Response:
        names = ["series", *(f"photographs-{n + 1}" for n in range(indexing.parts(archive)))]
        found = "".join(
            f"<sitemap><loc>{escape(f'{origin()}/sitemaps/{name}.xml')}</loc></sitemap>\n"
            for name in names
        )
        return xml(f"<sitemapindex {_SITEMAP}>\n{found}</sitemapindex>\n", seconds=_LIFE_SECONDS)

    @routes.get("/sitemaps/series.xml")
    def series() -> Response:
        found = indexing.series(archive)
        urls = "".join(f"{_url(origin() + page_path(one))}\n" for one in found.series)
        seconds = found.life.seconds_at(archive.now())
        return xml(f"<urlset {_SITEMAP}>\n{urls}</urlset>\n", seconds=seconds)

    @routes.get("/sitemaps/photographs-<int:number>.xml")
    def photographs(number: int) -> Response:
        found = indexing.part(archive, number)
        urls = "".join(f"{_photograph(one, origin())}\n" for one in found.photographs)
        seconds = found.life.seconds_at(archive.now())
        return xml(f"<urlset {_SITEMAP} {_IMAGES}>\n{urls}</urlset>\n", seconds=seconds)

    @routes.get("/feed.atom")
    def feed() -> Response:
        found = indexing.feed(archive)
        seconds = found.life.seconds_at(archive.now())
        return xml(_feed(found, archive, origin()), "application/atom+xml", seconds)

    return routes


def _url(address: str, more: str = "") -> str:
    return f"<url><loc>{escape(address)}</loc>{more}</url>"


def _photograph(one: Told, origin: str) -> str:
    shown = picture(one, origin) if indexing.may_be_previewed(one.asked) else None
    image = ""
    if shown is not None:
        image = (
            f"<image:image><image:loc>{escape(shown.at(_PICTURE_SIDE))}</image:loc></image:image>"
        )
    return _url(origin + page_path(one.photograph.id), image)


def _feed(found: Feed, archive: Archive, origin: str) -> str:
    settings = archive.settings
    newest = max((one.at for one in found.entries), default=datetime(1970, 1, 1, tzinfo=UTC))
    entries = "".join(_entry(one, origin) for one in found.entries)
    language = quoteattr(settings.archive_language)
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={language}>\n'
        f"<id>{escape(origin)}/feed.atom</id>\n"
        f"<title>{escape(settings.archive_name)}</title>\n"
        f"<updated>{_moment(newest)}</updated>\n"
        f"<author><name>{escape(settings.archive_name)}</name></author>\n"
        f'<link rel="self" href={quoteattr(f"{origin}/feed.atom")}/>\n'
        f'<link rel="alternate" type="text/html" href={quoteattr(f"{origin}/photographs")}/>\n'
        f"{entries}</feed>\n"
    )


def _entry(one: Entry, origin: str) -> str:
    words = one.told.words
    address = origin + page_path(one.told.photograph.id)
    authors = "".join(f"<author><name>{escape(name)}</name></author>\n" for name in words.creators)
    rights = f"<rights>{escape(words.credit)}</rights>\n" if words.credit else ""
    return (
        f"<entry>\n<id>{escape(address)}</id>\n<title>{escape(_first(words.label))}</title>\n"
        f"<updated>{_moment(one.at)}</updated>\n{authors}{rights}"
        f'<link rel="alternate" type="text/html" href={quoteattr(address)}/>\n'
        f"{_enclosure(one.told, origin)}"
        f"<summary>{escape(_first(words.captions))}</summary>\n</entry>\n"
    )


def _enclosure(one: Told, origin: str) -> str:
    shown = picture(one, origin) if indexing.may_be_previewed(one.asked) else None
    if shown is None:
        return ""
    return f'<link rel="enclosure" type="image/jpeg" href={quoteattr(shown.at(_SHORT_SIDE))}/>\n'


def _first(words: LanguageMap) -> str:
    """Return the words in the archive's language, or the first there are."""
    return words[0][1] if words else ""


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
