"""What a file says about its photograph, in one form whatever block said it."""

from dataclasses import dataclass

LanguageText = tuple[str, str]
"""A language (BCP 47) and a text in it."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """The resolved fields of one file: cleaned, in NFC, at most 20 000 characters each.

    ``date_text`` is as precise as the file is: ``1992``, ``1992-02``, a day, or a moment.
    ``place`` runs from the large to the small: country, region, city, spot. ``orientation`` is
    1 to 8. ``notes`` are sentences for the person who checks the caption.
    """

    titles: tuple[LanguageText, ...] = ()
    captions: tuple[LanguageText, ...] = ()
    alts: tuple[LanguageText, ...] = ()
    creators: tuple[str, ...] = ()
    credit: str | None = None
    source: str | None = None
    copyright: str | None = None
    rights_uris: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    date_text: str | None = None
    place: str | None = None
    orientation: int | None = None
    notes: tuple[str, ...] = ()
    headline: str | None = None
    usage_terms: tuple[LanguageText, ...] = ()
    marked: bool | None = None
