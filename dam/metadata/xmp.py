"""The fields of an XMP packet. This is the one door to an XML parser.

Specs: ISO 16684-1; IPTC Photo Metadata Standard 2025.1; PLUS; Creative Commons REL.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from dam.metadata.blocks import MAX_BLOCK_BYTES
from dam.metadata.fields import LanguageText
from dam.metadata.rdf import (
    Node,
    PropertyCollector,
    TooMuchXml,
    alternatives,
    items,
    members,
    texts,
)

_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_IPTC_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_IPTC_EXTENSION = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
_RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
_LICENCE = "{http://creativecommons.org/ns#}license"

_WANTED = frozenset(
    {
        *(f"{_DC}{name}" for name in ("title", "description", "rights", "creator", "subject")),
        *(
            f"{_PHOTOSHOP}{name}"
            for name in ("Credit", "Source", "Headline", "DateCreated", "City", "State", "Country")
        ),
        f"{_IPTC_CORE}Location",
        f"{_IPTC_CORE}AltTextAccessibility",
        f"{_IPTC_EXTENSION}LocationCreated",
        f"{_IPTC_EXTENSION}LocationShown",
        *(f"{_RIGHTS}{name}" for name in ("WebStatement", "UsageTerms", "Marked")),
        _LICENCE,
    }
)
# From the large to the small, as a dateline is written.
_PLACE_FIELDS = ("CountryName", "ProvinceState", "City", "Sublocation", "LocationName")


@dataclass(frozen=True, slots=True)
class XmpFields:
    """What an XMP packet says, as it is written there; languages may be ``x-default``."""

    titles: tuple[LanguageText, ...] = ()
    captions: tuple[LanguageText, ...] = ()
    alts: tuple[LanguageText, ...] = ()
    copyrights: tuple[LanguageText, ...] = ()
    creators: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    credit: str | None = None
    source: str | None = None
    headline: str | None = None
    date_created: str | None = None
    city: str | None = None
    state: str | None = None
    country: str | None = None
    sublocation: str | None = None
    places_created: tuple[str, ...] = ()
    places_shown: tuple[str, ...] = ()
    web_statement: str | None = None
    usage_terms: tuple[LanguageText, ...] = ()
    marked: bool | None = None
    licences: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_xmp(packet: bytes, extension: bytes | None = None) -> XmpFields:
    """The fields of an XMP packet, in UTF-8 or UTF-16, and of its *extension* where it has one.

    Nothing is raised: a packet that is no XML, has a DOCTYPE, or is larger than 16 MB has no
    fields and a note.
    """
    properties, note = parsed_properties(packet, _WANTED)
    notes = [note] if note else []
    if extension is not None:
        further, note = parsed_properties(extension, _WANTED)
        properties = {**further, **properties}
        notes += [note] if note else []
    return _fields(properties, tuple(notes))


def parsed_properties(
    packet: bytes, wanted: AbstractSet[str] | None
) -> tuple[Mapping[str, Node], str | None]:
    """The *wanted* properties, or all; or none and what was wrong."""
    if len(packet) > MAX_BLOCK_BYTES:
        return {}, "The XMP is larger than 16 MB and was not read."
    # XMP is Unicode; a declaration of anything else would only make the parser load a codec.
    is_utf16 = b"\0" in packet[:4]
    collector = PropertyCollector(wanted)
    try:
        parser = DefusedXMLParser(
            target=collector, encoding=None if is_utf16 else "utf-8", forbid_dtd=True
        )
        # The NULs and blanks around a packet are no XML.
        parser.feed(packet if is_utf16 else packet.strip(b"\0 \t\r\n"))
        parser.close()
    except ParseError:
        return {}, "The XMP is damaged and was not read."
    except (DefusedXmlException, TooMuchXml):
        return {}, "The XMP holds what no XMP may hold and was not read."
    return collector.close(), None


def _fields(properties: Mapping[str, Node], notes: tuple[str, ...]) -> XmpFields:
    def many(name: str) -> tuple[str, ...]:
        return texts(properties.get(name))

    def one(name: str) -> str | None:
        return next(iter(many(name)), None)

    def languages(name: str) -> tuple[LanguageText, ...]:
        return alternatives(properties.get(name))

    return XmpFields(
        titles=languages(f"{_DC}title"),
        captions=languages(f"{_DC}description"),
        alts=languages(f"{_IPTC_CORE}AltTextAccessibility"),
        copyrights=languages(f"{_DC}rights"),
        creators=many(f"{_DC}creator"),
        keywords=many(f"{_DC}subject"),
        credit=one(f"{_PHOTOSHOP}Credit"),
        source=one(f"{_PHOTOSHOP}Source"),
        headline=one(f"{_PHOTOSHOP}Headline"),
        date_created=one(f"{_PHOTOSHOP}DateCreated"),
        city=one(f"{_PHOTOSHOP}City"),
        state=one(f"{_PHOTOSHOP}State"),
        country=one(f"{_PHOTOSHOP}Country"),
        sublocation=one(f"{_IPTC_CORE}Location"),
        places_created=_places(properties.get(f"{_IPTC_EXTENSION}LocationCreated")),
        places_shown=_places(properties.get(f"{_IPTC_EXTENSION}LocationShown")),
        web_statement=one(f"{_RIGHTS}WebStatement"),
        usage_terms=languages(f"{_RIGHTS}UsageTerms"),
        marked=_truth(one(f"{_RIGHTS}Marked")),
        licences=many(_LICENCE),
        notes=notes,
    )


def _places(node: Node | None) -> tuple[str, ...]:
    """The places of a Location property, each as one line without repeated parts."""
    places = (_place(item) for item in items(node))
    return tuple(place for place in places if place)


def _place(item: Node) -> str:
    structure = members(item)
    parts = (texts(structure.get(f"{_IPTC_EXTENSION}{name}")) for name in _PLACE_FIELDS)
    return ", ".join(dict.fromkeys(part[0] for part in parts if part)) or item.text


def _truth(text: str | None) -> bool | None:
    match (text or "").casefold():
        case "true" | "1":
            return True
        case "false" | "0":
            return False
        case _:
            return None
