"""A short XMP segment that says whose a served picture is, and the splicing of it into a JPEG.

Specs: ISO 16684-1 (XMP) and XMP Part 3 §1.1.3 for JPEG; IPTC Photo Metadata (credit, notice, web
statement); Creative Commons REL. Pixels are untouched: a decoder skips the segment.
"""

from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from dam.metadata.text import clean_line

_SIGNATURE = b"http://ns.adobe.com/xap/1.0/\0"
_APP1 = b"\xff\xe1"
_START, _APP0 = b"\xff\xd8", b"\xff\xe0"
# A tile of 30 kB should not carry half its size in words; a segment could hold 65 533 bytes.
_MOST_CHARACTERS = 1000
_MOST_ADDRESS_CHARACTERS = 2000
_CUT = "…"

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\
<x:xmpmeta xmlns:x="adobe:ns:meta/">\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
<rdf:Description rdf:about=""\
 xmlns:dc="http://purl.org/dc/elements/1.1/"\
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"\
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"\
 xmlns:cc="http://creativecommons.org/ns#"\
{attributes}>{elements}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>"""
_ALTERNATIVES = '<{name}><rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt></{name}>'
_RESOURCE = "<{name} rdf:resource={address}/>"


@dataclass(frozen=True, slots=True)
class Attribution:
    """What a served picture says of itself; what is empty is left out.

    *notice* names owner and licence on one line. *rights_uri* is the licence or statement, and
    *is_licence* tells the two apart. *marked* is whether rights are claimed, where that is known.
    *page_url* is the page of the photograph.
    """

    credit: str
    notice: str
    terms: str
    rights_uri: str
    page_url: str
    is_licence: bool = False
    marked: bool | None = None


@lru_cache(maxsize=256)
def segment(attribution: Attribution) -> bytes:
    """Return *attribution* as a whole APP1 segment, marker and length included: below 64 kB.

    Texts of any length and with any characters are taken: they are put on one line, cleared of
    what XML cannot hold, and cut at 1000 characters with an ellipsis.
    """
    payload = _SIGNATURE + packet(attribution).encode()
    return _APP1 + (len(payload) + 2).to_bytes(2, "big") + payload


def packet(attribution: Attribution) -> str:
    """Return *attribution* as an XMP packet, well formed whatever its texts hold."""
    rights, page = _address(attribution.rights_uri), _address(attribution.page_url)
    attributes = [
        ("photoshop:Credit", _words(attribution.credit)),
        ("xmpRights:WebStatement", rights or page),
        ("xmpRights:Marked", "" if attribution.marked is None else str(attribution.marked)),
    ]
    languages = [
        ("dc:rights", _words(attribution.notice)),
        ("xmpRights:UsageTerms", _words(attribution.terms)),
    ]
    resources = [
        ("cc:license", rights if attribution.is_licence else ""),
        ("cc:attributionURL", page),
    ]
    return _PACKET.format(
        attributes="".join(f" {name}={quoteattr(text)}" for name, text in attributes if text),
        elements="".join(
            [_ALTERNATIVES.format(name=name, text=escape(text)) for name, text in languages if text]
            + [
                _RESOURCE.format(name=name, address=quoteattr(text))
                for name, text in resources
                if text
            ]
        ),
    )


def spliced(jpeg: bytes, marked: bytes) -> tuple[bytes | memoryview, ...]:
    """Return the pieces of *jpeg* with the segment *marked* after its start and a JFIF header.

    JFIF must come first where it is there, and must not be added where it is not: it would make
    decoders take three components for YCbCr. Anything that is no JPEG comes back as it is. The
    larger piece is a view of *jpeg*, since a copy of a large picture takes milliseconds.
    """
    at = place(jpeg)
    return (jpeg[:at] + marked, memoryview(jpeg)[at:]) if marked and at else (jpeg,)


def place(beginning: bytes) -> int:
    """Return where a segment goes into a JPEG of whose *beginning* six bytes are enough, or 0."""
    if beginning[:2] != _START:
        return 0
    return 4 + int.from_bytes(beginning[4:6], "big") if beginning[2:4] == _APP0 else 2


def _words(text: str) -> str:
    line = clean_line(text)
    return line if len(line) <= _MOST_CHARACTERS else line[: _MOST_CHARACTERS - 1] + _CUT


def _address(address: str) -> str:
    """Return an address, or nothing where it is too long to be one: half a link leads nowhere."""
    line = clean_line(address)
    return line if len(line) <= _MOST_ADDRESS_CHARACTERS else ""
