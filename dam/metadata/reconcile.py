"""One answer per field from blocks that may contradict each other.

XMP comes first, then IPTC-IIM, then EXIF, as in the IPTC Photo Metadata Standard; or, where the
archive says so, the order of the Metadata Working Group, which begins with EXIF. What loses and
says something else becomes a note, so that nobody has to open the file to learn it.
"""

import re
from dataclasses import replace

from dam.metadata.blocks import BlockKind, RawBlocks
from dam.metadata.claims import Ledger
from dam.metadata.exif import ExifFields, is_camera_junk, read_exif
from dam.metadata.fields import Embedded, LanguageText
from dam.metadata.iptc import IimFields, read_iim
from dam.metadata.partial_date import iso_date
from dam.metadata.precedence import XMP_FIRST, Claim, Order, Precedence, order_of
from dam.metadata.xmp import XmpFields, read_xmp

_URI = re.compile(r"https?://\S+", re.IGNORECASE)
# ISO 16684-1 §8.2.1.2, with a year that is not 0000.
_XMP_DATE = re.compile(
    r"(?!0000)\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])"
    r"(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?",
    re.ASCII,
)
_XMP, _IIM, _EXIF = BlockKind.XMP, BlockKind.IIM, BlockKind.EXIF


def read_embedded(
    blocks: RawBlocks, *, default_language: str = "en", by: Precedence = Precedence.XMP
) -> Embedded:
    """What the blocks of one file say, resolved as in `reconcile`; nothing is raised."""
    exif = ExifFields() if blocks.exif is None else read_exif(blocks.exif)
    iim = IimFields() if blocks.iim is None else read_iim(blocks.iim)
    xmp = XmpFields() if blocks.xmp is None else read_xmp(blocks.xmp, blocks.extended_xmp)
    order = order_of(by, blocks.iim, blocks.iim_digest)
    embedded = reconcile(exif, iim, xmp, default_language=default_language, order=order)
    return replace(embedded, notes=blocks.notes + embedded.notes)


def reconcile(
    exif: ExifFields,
    iim: IimFields,
    xmp: XmpFields,
    *,
    default_language: str = "en",
    order: Order = XMP_FIRST,
) -> Embedded:
    """One answer per field: of XMP, else of IPTC-IIM, else of EXIF, or in another *order*.

    A text without a language, or of ``x-default``, is in *default_language*, unless the same text
    stands beside it in a named one.
    """
    ledger = Ledger(default_language, order, [*exif.notes, *iim.notes, *xmp.notes])
    return Embedded(
        titles=_titles(ledger, exif, iim, xmp),
        captions=_captions(ledger, exif, iim, xmp),
        alts=ledger.languages("alternative text", Claim(_XMP, xmp.alts)),
        creators=ledger.lines(
            "creator",
            Claim.of(_XMP, *xmp.creators),
            Claim.of(_IIM, *iim.bylines),
            Claim.of(_EXIF, *exif.artist),
        ),
        credit=ledger.line("credit", Claim.of(_XMP, xmp.credit), Claim.of(_IIM, iim.credit)),
        source=ledger.line("source", Claim.of(_XMP, xmp.source), Claim.of(_IIM, iim.source)),
        copyright=_copyright(ledger, exif, iim, xmp),
        rights_uris=_rights_uris(ledger, xmp),
        keywords=ledger.lines(
            "keyword", Claim.of(_XMP, *xmp.keywords), Claim.of(_IIM, *iim.keywords)
        ),
        date_text=_date_text(ledger, exif, iim, xmp),
        place=_place(ledger, iim, xmp),
        orientation=exif.orientation,
        headline=ledger.line(
            "headline", Claim.of(_XMP, xmp.headline), Claim.of(_IIM, iim.headline)
        ),
        usage_terms=ledger.languages("note on usage", Claim(_XMP, xmp.usage_terms)),
        marked=xmp.marked,
        notes=ledger.result(),
    )


def _titles(
    ledger: Ledger, exif: ExifFields, iim: IimFields, xmp: XmpFields
) -> tuple[LanguageText, ...]:
    return ledger.languages(
        "title", Claim(_XMP, xmp.titles), Claim.of(_IIM, iim.title), Claim.of(_EXIF, exif.title)
    )


def _captions(
    ledger: Ledger, exif: ExifFields, iim: IimFields, xmp: XmpFields
) -> tuple[LanguageText, ...]:
    """Camera junk is dropped wherever it stands: editors copy it from EXIF into XMP."""
    claims = (
        Claim(_XMP, xmp.captions),
        Claim.of(_IIM, iim.caption),
        Claim.of(_EXIF, exif.description),
    )
    written = (
        Claim(claim.origin, tuple(word for word in claim.words if not is_camera_junk(word[1])))
        for claim in claims
    )
    return ledger.languages("caption", *written)


def _copyright(ledger: Ledger, exif: ExifFields, iim: IimFields, xmp: XmpFields) -> str | None:
    """The notice in one language; a notice in several is one notice, said several times."""
    notices = ledger.languages(
        "copyright notice",
        Claim(_XMP, xmp.copyrights),
        Claim.of(_IIM, iim.copyright),
        Claim.of(_EXIF, exif.copyright),
    )
    return ledger.in_default_language(notices)


def _rights_uris(ledger: Ledger, xmp: XmpFields) -> tuple[str, ...]:
    """Web addresses only; the licence of Creative Commons and the page of the rights holder."""
    candidates = (*xmp.licences, xmp.web_statement)
    lines = ledger.lines("rights address", Claim.of(_XMP, *candidates))
    for line in lines:
        if not _URI.fullmatch(line):
            ledger.note(f"The rights statement is no web address: “{line[:200]}”.")
    return tuple(line for line in lines if _URI.fullmatch(line))


def _date_text(ledger: Ledger, exif: ExifFields, iim: IimFields, xmp: XmpFields) -> str | None:
    return ledger.date(
        "date",
        Claim.of(_XMP, _xmp_date(ledger, xmp.date_created)),
        Claim.of(_IIM, iim.date_created),
        Claim.of(_EXIF, exif.date_original),
    )


def _xmp_date(ledger: Ledger, written: str | None) -> str | None:
    """The date as it is written when that is a date of XMP, else what can be read of it."""
    if written is None or _XMP_DATE.fullmatch(written):
        return written
    readable = iso_date(written)
    if not written.startswith("0000"):
        ledger.note(f"The date in XMP is not written as a date should be: “{written[:200]}”.")
    return readable


def _place(ledger: Ledger, iim: IimFields, xmp: XmpFields) -> str | None:
    """Where the camera stood, else what is shown, else the older four fields, which may be either.

    The four are resolved one by one, as the Metadata Working Group does: a program that knows
    only a city writes only that.
    """
    parts = (
        ledger.line("country", Claim.of(_XMP, xmp.country), Claim.of(_IIM, iim.country)),
        ledger.line("region", Claim.of(_XMP, xmp.state), Claim.of(_IIM, iim.state)),
        ledger.line("city", Claim.of(_XMP, xmp.city), Claim.of(_IIM, iim.city)),
        ledger.line("spot", Claim.of(_XMP, xmp.sublocation), Claim.of(_IIM, iim.sublocation)),
    )
    named = ", ".join(dict.fromkeys(part for part in parts if part))
    in_xmp = xmp.country or xmp.state or xmp.city or xmp.sublocation
    return ledger.line(
        "place",
        Claim.of(f"{_XMP} (place of the camera)", "; ".join(xmp.places_created)),
        Claim.of(f"{_XMP} (place shown)", "; ".join(xmp.places_shown)),
        Claim.of(f"{_XMP if in_xmp else _IIM} (city and country)", named),
    )
