"""What several pages are made of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Literal, Protocol, Self

from dam.iiif.geometry import Extent

TILE_SIDE = 512
"""A level that fits into one tile is stored as a file and costs one read to serve."""

RIGHT_TO_LEFT_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo", "adlm"})
RIGHT_TO_LEFT_LANGUAGES = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur"})
LANGUAGE_NAMES = {
    "ar": "العربية",
    "az": "Azərbaycanca",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fa": "فارسی",
    "fr": "Français",
    "hy": "Հայերեն",
    "it": "Italiano",
    "ka": "ქართული",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "ru": "Русский",
    "tr": "Türkçe",
    "uk": "Українська",
}


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Which way a text in *language* (BCP 47) runs; a script subtag overrules the language."""
    primary, *subtags = language.lower().split("-")
    scripts = [subtag for subtag in subtags if len(subtag) == 4 and subtag.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if primary in RIGHT_TO_LEFT_LANGUAGES else "ltr"


def language_name(language: str) -> str:
    """The language in its own words, or its code where we do not know them."""
    return LANGUAGE_NAMES.get(language.lower(), language)


class Page(Protocol):
    """What every page has: the template it fills, and the site it stands in."""

    template: ClassVar[str]

    @property
    def site(self) -> "Site":
        """The archive, and who is reading."""
        ...


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who has signed in, and the doors of the header that are open to them."""

    name: str
    may_describe: bool
    may_clear: bool
    may_administer: bool


@dataclass(frozen=True, slots=True)
class Site:
    """What stands around every page.

    ``notice`` is one sentence about what was done just now; ``language`` is of the interface.
    ``among_files`` says that the page becomes a file, behind which no service stands.
    """

    archive_name: str
    reader: Reader | None = None
    notice: str | None = None
    language: str = "en"
    among_files: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A text and the language it is in (BCP 47; ``und`` where nobody said)."""

    text: str
    language: str = "und"

    @property
    def direction(self) -> Literal["ltr", "rtl", "auto"]:
        """For the ``dir`` attribute."""
        return "auto" if self.language in {"und", "none"} else direction(self.language)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text cut at its empty lines."""
        parts = self.text.replace("\r\n", "\n").split("\n\n")
        return tuple(part.strip() for part in parts if part.strip())


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in another language."""

    language: str
    url: str

    @property
    def name(self) -> str:
        """The language in its own words."""
        return language_name(self.language)

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """For the ``dir`` attribute."""
        return direction(self.language)


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go; ``note`` is said quietly after it."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a select."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Paging:
    """Where in a paged list we are; numbers from 1."""

    number: int
    count: int
    previous_url: str | None
    next_url: str | None

    @classmethod
    def at(cls, number: int, count: int, url_of: Callable[[int], str]) -> Self:
        """Return page *number* of *count*, whose neighbours lie where *url_of* says."""
        return cls(
            number=number,
            count=count,
            previous_url=url_of(number - 1) if number > 1 else None,
            next_url=url_of(number + 1) if number < count else None,
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """A pack behind an image service that this audience may ask.

    ``service`` is the id of the image service without a slash at its end; width and height are
    the pack's, which a cap makes smaller than the master's.
    """

    service: str
    width: int
    height: int
    alt: str

    @property
    def stored(self) -> Extent:
        """The largest level that fits into one tile: the cheapest picture that can be served."""
        width, height = self.width, self.height
        while max(width, height) > TILE_SIDE:
            width, height = (width + 1) // 2, (height + 1) // 2
        return Extent(width, height)

    @property
    def thumbnail(self) -> str:
        """The URL of the stored level."""
        return self._url(self.stored)

    def at(self, long_side: int) -> str:
        """The URL of the whole picture, its long side *long_side* pixels or all it has."""
        return self._url(self.extent(long_side))

    def extent(self, long_side: int) -> Extent:
        """The extent of ``at(long_side)``."""
        longest = max(self.width, self.height)
        if longest <= long_side:
            return Extent(self.width, self.height)
        return Extent(
            max(1, round(self.width * long_side / longest)),
            max(1, round(self.height * long_side / longest)),
        )

    @property
    def ratio_class(self) -> str:
        """The class that tells the style sheet the ratio, in hundredths: ``r150`` is 3 : 2."""
        return f"r{min(400, max(25, round(100 * self.width / self.height)))}"

    def _url(self, extent: Extent) -> str:
        return f"{self.service}/full/{extent.width},{extent.height}/0/default.jpg"


@dataclass(frozen=True, slots=True)
class Shown:
    """The decision gives pixels; the viewer opens at ``region`` (x,y,w,h of them), or whole.

    ``restricted`` is the image service of what signing in opens beyond, where that is more.
    """

    picture: Picture
    region: str = ""
    restricted: str = ""
    kind: ClassVar[str] = "shown"


@dataclass(frozen=True, slots=True)
class Withheld:
    """The decision gives the record and no pixel.

    ``reason`` is the sentence that names the record; ``contact`` is where to ask (``mailto:`` or a
    page); ``sign_in_url`` leads there and back where signing in would show it, and ``restricted``
    is then its image service.
    """

    reason: str
    contact: str | None = None
    sign_in_url: str = ""
    restricted: str = ""
    kind: ClassVar[str] = "withheld"


@dataclass(frozen=True, slots=True)
class Advised:
    """The picture comes only when the reader asks for it; no pixel of it is in the page."""

    sentence: str
    show_url: str
    kind: ClassVar[str] = "advised"


View = Shown | Withheld | Advised


@dataclass(frozen=True, slots=True)
class Statement:
    """What may be done with a photograph: the rights statement in words.

    ``url`` is the statement's own page; ``sentence`` says what it means here.
    """

    label: str
    sentence: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """Where a page and its manifest are, its share sheet, its embed, and what oEmbed says."""

    manifest_url: str
    page_url: str
    sheet_url: str
    embed_url: str
    oembed: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What is shown where the address of a page is pasted; ``words`` end with the credit.

    ``indexed`` says whether search engines may keep the page.
    """

    title: str
    words: str
    picture: Picture | None = None
    indexed: bool = True


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the audience ``audience`` sees what it sees on ``day`` (ISO 8601).

    ``decision`` is the answer in one sentence; each of ``reasons`` names its record.
    """

    decision: str
    reasons: tuple[str, ...]
    until: str | None
    day: str
    audiences: tuple[Option, ...]
