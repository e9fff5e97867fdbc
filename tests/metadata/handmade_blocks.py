"""Small metadata blocks and the containers around them, made byte by byte."""

import struct
import zlib

JPEG_XMP = b"http://ns.adobe.com/xap/1.0/\0"
JPEG_EXTENDED_XMP = b"http://ns.adobe.com/xmp/extension/\0"
PHOTOSHOP = b"Photoshop 3.0\0"
NAMESPACES = """
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="adobe:ns:meta/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:core="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:cc="http://creativecommons.org/ns#"
"""


def segment(marker, content):
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content


def jpeg(*segments):
    return b"\xff\xd8" + b"".join(segments) + b"\xff\xda\0\2 scan \xff\xd9"


def resource(identifier, content, name=b""):
    label = bytes((len(name),)) + name
    label += b"\0" * (len(label) % 2)
    size = len(content).to_bytes(4, "big")
    return (
        b"8BIM"
        + identifier.to_bytes(2, "big")
        + label
        + size
        + content
        + b"\0" * (len(content) % 2)
    )


def psd(*resources, version=1):
    joined = b"".join(resources)
    header = b"8BPS" + version.to_bytes(2, "big") + bytes(20)
    return header + (4).to_bytes(4, "big") + b"pale" + len(joined).to_bytes(4, "big") + joined


def chunk(name, content):
    checksum = zlib.crc32(name + content).to_bytes(4, "big")
    return len(content).to_bytes(4, "big") + name + content + checksum


def png(*chunks):
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks) + chunk(b"IEND", b"")


def png_xmp(packet, *, deflated=False):
    start = b"XML:com.adobe.xmp\0" + bytes((deflated, 0)) + b"\0\0"
    return chunk(b"iTXt", start + (zlib.compress(packet) if deflated else packet))


def webp(*chunks):
    body = b"WEBP"
    for name, content in chunks:
        body += name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def dataset(number, content, record=2, *, extended=False):
    size = len(content).to_bytes(2, "big")
    if extended:
        size = b"\x80\x04" + len(content).to_bytes(4, "big")
    return bytes((0x1C, record, number)) + size + content


UTF8_DECLARED = dataset(90, b"\x1b%G", record=1)


def tiff(entries, photo=(), *, order="<", big=False):
    """A TIFF or EXIF block; entries are (tag, type, count, bytes in the byte order)."""
    first = 16 if big else 8
    mark = (b"II" if order == "<" else b"MM") + struct.pack(order + "H", 43 if big else 42)
    mark += struct.pack(order + "HHQ", 8, 0, first) if big else struct.pack(order + "L", first)
    if not photo:
        return mark + _directory(entries, first, order, big=big)
    pointer = (0x8769, 4, 1, struct.pack(order + "L", 0))
    photo_at = first + len(_directory([*entries, pointer], first, order, big=big))
    pointer = (0x8769, 4, 1, struct.pack(order + "L", photo_at))
    image = _directory([*entries, pointer], first, order, big=big)
    return mark + image + _directory(photo, photo_at, order, big=big)


def _directory(entries, start, order, *, big):
    word, word_bytes, entry_bytes, count = ("Q", 8, 20, "Q") if big else ("L", 4, 12, "H")
    values_at = start + struct.calcsize(order + count) + entry_bytes * len(entries) + word_bytes
    head, values = struct.pack(order + count, len(entries)), b""
    for tag, kind, number, content in entries:
        place = content.ljust(word_bytes, b"\0")
        if len(content) > word_bytes:
            place = struct.pack(order + word, values_at + len(values))
            values += content + b"\0" * (len(content) % 2)
        head += struct.pack(order + "HH" + word, tag, kind, number) + place
    return head + bytes(word_bytes) + values


def ascii_entry(tag, text, kind=2):
    content = text + b"\0"
    return tag, kind, len(content), content


def short_entry(tag, number, order="<"):
    return tag, 3, 1, struct.pack(order + "H", number)


def xmp(properties, attributes=""):
    return (
        f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta {NAMESPACES}><rdf:RDF>'
        f'<rdf:Description rdf:about="" {attributes}>{properties}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def language_alternative(**texts):
    items = "".join(
        f'<rdf:li xml:lang="{language.replace("_", "-")}">{text}</rdf:li>'
        for language, text in texts.items()
    )
    return f"<rdf:Alt>{items}</rdf:Alt>"
