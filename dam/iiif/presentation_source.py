"""What a manifest is made of: frozen values, and the addresses under which they are published.

Identifiers and words only; which words and which pixels an audience may have was decided before.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dam.errors import Malformed
from dam.iiif.geometry import Extent
from dam.iiif.presentation_words import Json, LanguageMap

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
NAV_PLACE_CONTEXT = "http://iiif.io/api/extension/navplace/context.json"
NOT_SHOWN_PATH = "/manifests/not-shown.svg"

_NOT_IN_TAGS = re.compile(r"[^0-9a-z-]+")
_IDENTIFIER = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]*")

_CREATIVE_COMMONS = (
    r"http://creativecommons\.org/(?:"
    r"licenses/(?:by|by-sa|by-nc|by-nd|by-nc-sa|by-nc-nd|by-nd-nc|nc|nc-sa|nd|nd-nc|sa)"
    r"/(?:1\.0|2\.0|2\.1|2\.5|3\.0|4\.0)/(?:(?:[a-z]{2}|scotland|igo)/)?"
    r"|publicdomain/(?:zero|mark)/1\.0/)"
)
_RIGHTS_STATEMENT = (
    r"http://rightsstatements\.org/vocab/(?:InC|InC-OW-EU|InC-EDU|InC-NC|InC-RUU"
    r"|NoC-CR|NoC-NC|NoC-OKLR|NoC-US|CNE|UND|NKC)/1\.0/"
)
_RIGHTS = re.compile(f"{_CREATIVE_COMMONS}|{_RIGHTS_STATEMENT}")


class InvalidPresentation(Malformed):
    """What was to be published as IIIF breaks Presentation API 3.0."""


@dataclass(frozen=True, slots=True)
class LabelledWords:
    """A label and a value in several languages: a row of metadata, or a required statement."""

    label: LanguageMap
    value: LanguageMap


@dataclass(frozen=True, slots=True)
class ImageSource:
    """The pack that an audience may see: its service, its full size, its stored levels.

    ``service_id`` is the last part of the service's address, such as ``abc123`` or
    ``abc123_full``. ``extent`` is the pack's, which may be smaller than the master's.
    """

    service_id: str
    extent: Extent
    sizes: tuple[Extent, ...] = ()


@dataclass(frozen=True, slots=True)
class Restricted:
    """An image that signing in opens, and where: its services, without an origin."""

    image: ImageSource
    services: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a canvas has no pixels for this audience, in words that it may read."""

    label: LanguageMap
    reason: LanguageMap


@dataclass(frozen=True, slots=True)
class Terms:
    """What is owed for a photograph: one rights URI, its name in words, and the credit.

    ``rights`` is an http URI of Creative Commons or RightsStatements.org, spelt exactly.
    """

    rights: str | None = None
    rights_name: LanguageMap = ()
    required_statement: LabelledWords | None = None


@dataclass(frozen=True, slots=True)
class Provider:
    """The institution that shows the photographs.

    ``id`` and ``homepage`` are http(s) URLs, or paths on this service that begin with a slash.
    """

    id: str
    label: LanguageMap
    homepage: str | None = None


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file that this audience may take away; ``path`` begins with a slash."""

    path: str
    label: LanguageMap
    format: str


@dataclass(frozen=True, slots=True)
class PointSource:
    """A known place, in degrees of WGS 84."""

    label: LanguageMap
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class RangeSource:
    """Frames of a series that follow each other and belong together, in their order."""

    label: LanguageMap
    photographs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FrameSource:
    """One photograph as a canvas; ``extent`` is the master's, whatever the audience sees of it.

    ``captions``, one in a language, become annotations of the canvas.

    ``restricted`` is what signing in opens beyond the picture, or where there is none.

    ``nav_date`` is a moment with a time zone, given only when the date is known to the day.
    ``homepage_label`` names the link to the page.
    """

    photograph_id: str
    extent: Extent
    label: LanguageMap
    picture: ImageSource | Refusal
    homepage_label: LanguageMap
    terms: Terms = Terms()
    summary: LanguageMap = ()
    metadata: tuple[LabelledWords, ...] = ()
    alt: LanguageMap = ()
    captions: LanguageMap = ()
    files: tuple[FileSource, ...] = ()
    points: tuple[PointSource, ...] = ()
    nav_date: datetime | None = None
    restricted: Restricted | None = None


class WholeKind(StrEnum):
    """What a manifest can be part of."""

    MANIFEST = "Manifest"
    COLLECTION = "Collection"


@dataclass(frozen=True, slots=True)
class Whole:
    """Something that a manifest or a collection is part of; ``path`` begins with a slash."""

    kind: WholeKind
    path: str
    label: LanguageMap = ()


@dataclass(frozen=True, slots=True)
class ManifestSource:
    """A manifest without its canvases: of one photograph, or of one series.

    ``searched`` says that there are captions in which can be searched.
    """

    manifest_id: str
    label: LanguageMap
    provider: Provider
    homepage_label: LanguageMap
    terms: Terms = Terms()
    summary: LanguageMap = ()
    metadata: tuple[LabelledWords, ...] = ()
    part_of: tuple[Whole, ...] = ()
    thumbnail: ImageSource | None = None
    nav_date: datetime | None = None
    searched: bool = False
    files: tuple[FileSource, ...] = ()
    points: tuple[PointSource, ...] = ()
    ranges: tuple[RangeSource, ...] = ()
    has_records: bool = False


@dataclass(frozen=True, slots=True)
class ManifestItem:
    """A manifest in a collection."""

    manifest_id: str
    label: LanguageMap
    thumbnail: ImageSource | None = None


@dataclass(frozen=True, slots=True)
class PageItem:
    """A page of a long collection; the first is number 1."""

    number: int
    label: LanguageMap


@dataclass(frozen=True, slots=True)
class CollectionSource:
    """The top collection (``page`` is None) or one page of it.

    Presentation API 3.0 has no ``first``, ``next`` and ``prev`` for collections: a long
    collection lists its pages as collections, and each page is part of the top one.
    """

    label: LanguageMap
    provider: Provider
    items: tuple[ManifestItem | PageItem, ...]
    summary: LanguageMap = ()
    page: int | None = None


def is_rights_uri(uri: str) -> bool:
    """Return whether *uri* is in IIIF's registry of rights, spelt exactly.

    http, with the last slash, without ``/deed.en``: the identifier and not the page about it.
    """
    return _RIGHTS.fullmatch(uri) is not None


def manifest_path(manifest_id: str) -> str:
    """Return where the manifest of a photograph or a series is served."""
    return f"/manifests/3/{_identifier(manifest_id)}/manifest.json"


def canvas_path(photograph_id: str, manifest_id: str) -> str:
    """Return the canvas of a photograph within one manifest; no two manifests share a canvas."""
    canvas = f"/manifests/3/{_identifier(manifest_id)}/canvas"
    if photograph_id == manifest_id:
        return canvas
    return f"{canvas}/{_identifier(photograph_id)}"


def search_path(manifest_id: str, version: int) -> str:
    """Return where the captions of a manifest are searched, by the version of its manifests.

    Content Search 2.0 goes with Presentation API 3.0, and 1.0 with 2.1.
    """
    return f"/search/{version}/{_identifier(manifest_id)}"


def caption_suffix(language: str) -> str:
    """Return what follows the address of a canvas in that of its caption in *language*."""
    return f"/caption/{_NOT_IN_TAGS.sub('-', language.lower()) or 'none'}"


def service_path(service_id: str) -> str:
    """Return the base of the Image API 3.0 service."""
    return f"/iiif/3/{_identifier(service_id)}"


def image_path(service_id: str, size: Extent) -> str:
    """Return the canonical path of the whole picture as a JPEG of *size*."""
    return f"{service_path(service_id)}/full/{size.width},{size.height}/0/default.jpg"


def page_path(page_id: str) -> str:
    """Return the public page of a photograph or a series."""
    return f"/p/{_identifier(page_id)}"


def record_path(photograph_id: str) -> str:
    """Return the JSON record of a photograph."""
    return f"/api/v1/photographs/{_identifier(photograph_id)}.json"


def range_path(manifest_id: str, number: int) -> str:
    """Return the address of a range of a series, counted from 1."""
    return f"/manifests/3/{_identifier(manifest_id)}/range/{number}"


def collection_path(page: int | None = None) -> str:
    """Return the top collection, or one page of it counted from 1."""
    if page is None:
        return "/manifests/3/collection.json"
    if page < 1:
        raise InvalidPresentation("Pages of a collection are counted from 1; ask for page 1.")
    return f"/manifests/3/collections/page-{page}.json"


def _identifier(identifier: str) -> str:
    if not _IDENTIFIER.fullmatch(identifier):
        raise InvalidPresentation(
            "An identifier holds something else than letters, digits, hyphen and underscore;"
            " give the one that the archive made."
        )
    return identifier
