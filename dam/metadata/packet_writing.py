"""Writes XMP packets, and puts what is too much for one segment of a JPEG into an extension.

Specs: XMP Part 1 (ISO 16684-1) §7; XMP Part 3 §1.1.3.1 for extended XMP.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from dam.metadata.names import NAMESPACES, clark, prefixed
from dam.metadata.values import Alternatives, Items, Link, Order, Properties, Structure, Value

# A segment holds 65533 bytes, of which the signature of XMP takes 29.
MAX_JPEG_PACKET_BYTES = 65_502
# What no XML 1.0 may hold (§2.2); a carriage return is escaped, since parsers make it a line feed.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {"\r": "&#13;"}
_BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_END = '\n<?xpacket end="w"?>'


@dataclass(frozen=True, slots=True)
class Packets:
    """A main packet and, where that has no room, an extension with its GUID."""

    main: bytes
    extension: bytes | None = None
    guid: str = ""


def writable(text: str) -> str:
    """Return *text* without the characters that no XML can hold."""
    return _NO_XML.sub("", text)


def write_packet(properties: Properties) -> bytes:
    """Return the properties as one packet in UTF-8, of any size."""
    return (_BEGIN + _document(properties) + _END).encode()


def write_for_jpeg(properties: Properties) -> Packets:
    """Return the properties as a packet that fits a segment of a JPEG, the largest moved out."""
    main = write_packet(properties)
    if len(main) <= MAX_JPEG_PACKET_BYTES:
        return Packets(main)
    kept, moved = dict(properties), dict[str, Value]()
    kept[clark("xmpNote:HasExtendedXMP")] = "0" * 32
    sizes = {name: len(write_packet({name: value})) for name, value in properties.items()}
    # Without the wrapping that both packets have, sizes add up well enough; the loop is exact.
    for name in sorted(properties, key=lambda name: -sizes[name]):
        if len(write_packet(kept)) <= MAX_JPEG_PACKET_BYTES:
            break
        moved[name] = kept.pop(name)
    extension = _document(moved).encode()
    guid = hashlib.md5(extension, usedforsecurity=False).hexdigest().upper()
    kept[clark("xmpNote:HasExtendedXMP")] = guid
    return Packets(write_packet(kept), extension, guid)


def _document(properties: Properties) -> str:
    used = sorted({prefix for prefix in _prefixes(properties) if prefix not in {"rdf", "xml"}})
    spaces = "".join(f'\n   xmlns:{one}="{NAMESPACES[one]}"' for one in used)
    body = "".join(_element(name, value, 3) for name, value in sorted(properties.items()))
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        f' <rdf:RDF xmlns:rdf="{NAMESPACES["rdf"]}">\n'
        f'  <rdf:Description rdf:about=""{spaces}>\n{body}'
        "  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>"
    )


def _prefixes(properties: Properties | Iterable[tuple[str, Value]]) -> Iterable[str]:
    pairs = properties.items() if isinstance(properties, Mapping) else properties
    for name, value in pairs:
        yield prefixed(name).partition(":")[0]
        members = value.members if isinstance(value, Items) else (value,)
        for member in members:
            if isinstance(member, Structure | Items):
                nested = member.fields if isinstance(member, Structure) else [(name, member)]
                yield from _prefixes(nested)


def _element(name: str, value: Value, depth: int) -> str:
    """One property or field; the names of the packet are those of ``dam.metadata.names``."""
    return _tagged(prefixed(name), "", value, depth)


def _tagged(tag: str, attributes: str, value: Value, depth: int) -> str:
    space = " " * depth
    match value:
        case Link(uri):
            return f"{space}<{tag}{attributes} rdf:resource={quoteattr(writable(uri))}/>\n"
        case Structure(fields):
            inside = "".join(_element(name, field, depth + 1) for name, field in fields)
            return f'{space}<{tag}{attributes} rdf:parseType="Resource">\n{inside}{space}</{tag}>\n'
        case Alternatives() | Items():
            inside = _array(value, depth + 1)
            return f"{space}<{tag}{attributes}>\n{inside}{space}</{tag}>\n"
        case str():
            return f"{space}<{tag}{attributes}>{escape(writable(value), _ESCAPES)}</{tag}>\n"


def _array(value: Alternatives | Items, depth: int) -> str:
    order = Order.ALTERNATIVE if isinstance(value, Alternatives) else value.order
    space = " " * depth
    if isinstance(value, Alternatives):
        inside = "".join(
            _tagged("rdf:li", f" xml:lang={quoteattr(language)}", text, depth + 1)
            for language, text in value.texts
        )
    else:
        inside = "".join(_tagged("rdf:li", "", member, depth + 1) for member in value.members)
    return f"{space}<rdf:{order}>\n{inside}{space}</rdf:{order}>\n"
