"""JPEG 2000, JPEG XL and the raw files of Canon: each block of metadata is a box of its own.

Specs: ISO 15444-1 Annex I.7.2 (uuid) and ISO 15444-2 Annex M; XMP Part 3 §1.1.4; ISO 18181-2 §9
(Exif, xml, brob). The boxes of a CR3 are those that its makers never described and all read.
"""

from dam.metadata.blocks import BlockCollector, BlockKind
from dam.metadata.boxes import Boxes, boxes
from dam.metadata.heif import after_offset
from dam.metadata.tiff import excerpt_of_parts

_UUID_BYTES = 16
_XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_UUIDS = {
    _XMP_UUID: BlockKind.XMP,
    b"JpgTiffExif->JP2": BlockKind.EXIF,
    bytes.fromhex("0537cdab9d0c4431a72afa561f2a113e"): BlockKind.EXIF,  # Photoshop 7
    bytes.fromhex("33c7a4d2b81d4723a0baf1a3e097ad38"): BlockKind.IIM,
    bytes.fromhex("09a14e97c0b442e0bebf36df6f0ce36f"): BlockKind.IIM,  # Photoshop 7
}
_CANON_UUID = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
_RDF = b"http://www.w3.org/1999/02/22-rdf-syntax-ns#"
# How far into an XML the namespace of RDF may stand; other XML is no XMP.
_RDF_WITHIN_BYTES = 4_096
_PACKED = {b"Exif": BlockKind.EXIF, b"xml ": BlockKind.XMP}


def collect_boxed(data: memoryview, found: BlockCollector) -> None:
    """Keep the blocks of a JPEG 2000 or JPEG XL; those that JPEG XL packs leave a note."""
    top = boxes(data)
    _collect_uuids(top, found)
    for box in top.found:
        if box.kind == b"Exif":
            found.keep(BlockKind.EXIF, after_offset(box.content))
        elif box.kind == b"xml " and _RDF in bytes(box.content[:_RDF_WITHIN_BYTES]):
            found.keep(BlockKind.XMP, box.content)
        elif box.kind == b"brob" and (kind := _PACKED.get(bytes(box.content[:4]))):
            found.note(f"The {kind} of the file is packed with Brotli, which is not read here.")
    if not top.whole:
        found.note("The file is damaged or cut off; what follows was not read.")


def _collect_uuids(top: Boxes, found: BlockCollector) -> None:
    for box in top.found:
        if box.kind == b"uuid" and (kind := _UUIDS.get(bytes(box.content[:_UUID_BYTES]))):
            found.keep(kind, box.content[_UUID_BYTES:])


def collect_canon(data: memoryview, found: BlockCollector) -> None:
    """Keep the XMP of a CR3, and an excerpt of its tags: it has a TIFF for each directory."""
    top = boxes(data)
    _collect_uuids(top, found)
    for box in boxes(top.first(b"moov") or memoryview(b"")).found:
        if box.kind == b"uuid" and bytes(box.content[:_UUID_BYTES]) == _CANON_UUID:
            parts = boxes(box.content[_UUID_BYTES:])
            found.keep(
                BlockKind.EXIF,
                excerpt_of_parts(parts.first(b"CMT1"), parts.first(b"CMT2"), parts.first(b"CMT4")),
            )
