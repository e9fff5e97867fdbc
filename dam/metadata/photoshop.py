"""Photoshop's image resources: in PSD files, and in JPEG and TIFF around the IPTC-IIM block.

Spec: Adobe Photoshop File Formats Specification, "Image Resources Section".
"""

from collections.abc import Iterator

from dam.metadata.blocks import BlockCollector, BlockKind

IIM_RESOURCE = 0x0404
EXIF_RESOURCE = 0x0422
XMP_RESOURCE = 0x0424
DIGEST_RESOURCE = 0x0425

_SIGNATURES = (b"8BIM", b"MeSa", b"AgHg", b"PHUT", b"DCSR")
_MAX_RESOURCES = 10_000
_PSD_HEADER_BYTES = 26
_SHORTEST_RESOURCE_BYTES = 12


def image_resources(payload: memoryview) -> Iterator[tuple[int, memoryview]]:
    """Every (identifier, content) up to the first one that is damaged or cut off."""
    for identifier, _, start, stop in _walk(payload):
        yield identifier, payload[start:stop]


def raw_resources(payload: memoryview) -> Iterator[tuple[int, bytes]]:
    """Every (identifier, whole resource with its head and padding), padded where it was not."""
    for identifier, begin, start, stop in _walk(payload):
        yield identifier, bytes(payload[begin:stop]) + b"\0" * ((stop - start) & 1)


def resource(identifier: int, content: bytes) -> bytes:
    """A resource without a name."""
    head = b"8BIM" + identifier.to_bytes(2, "big") + b"\0\0" + len(content).to_bytes(4, "big")
    return head + content + b"\0" * (len(content) & 1)


def _walk(payload: memoryview) -> Iterator[tuple[int, int, int, int]]:
    """Every identifier with where its resource begins and its content begins and ends."""
    at = 0
    for _ in range(_MAX_RESOURCES):
        if at + _SHORTEST_RESOURCE_BYTES > len(payload):
            return
        if bytes(payload[at : at + 4]) not in _SIGNATURES:
            return
        identifier = int.from_bytes(payload[at + 4 : at + 6], "big")
        # The name is a Pascal string, padded so that its length byte and it are even together.
        start = at + 6 + ((payload[at + 6] + 2) & ~1) + 4
        size = int.from_bytes(payload[start - 4 : start], "big")
        if start + size > len(payload):
            return
        yield identifier, at, start, start + size
        at = start + size + (size & 1)


def collect_iim(payload: memoryview, found: BlockCollector, *, digest_only: bool = False) -> None:
    """Keep the IPTC-IIM block and its digest among the image resources of a JPEG or TIFF."""
    for identifier, content in image_resources(payload):
        if identifier == IIM_RESOURCE and not digest_only:
            found.keep(BlockKind.IIM, content)
        elif identifier == DIGEST_RESOURCE:
            found.keep_digest(content)


def collect_psd(data: memoryview, found: BlockCollector) -> None:
    """Keep the blocks of a PSD or PSB file; both have the same sections up to the resources."""
    colours = int.from_bytes(data[_PSD_HEADER_BYTES : _PSD_HEADER_BYTES + 4], "big")
    start = _PSD_HEADER_BYTES + 4 + colours + 4
    size = int.from_bytes(data[start - 4 : start], "big")
    kinds = {
        IIM_RESOURCE: BlockKind.IIM,
        EXIF_RESOURCE: BlockKind.EXIF,
        XMP_RESOURCE: BlockKind.XMP,
    }
    for identifier, content in image_resources(data[start : start + size]):
        if identifier in kinds:
            found.keep(kinds[identifier], content)
        elif identifier == DIGEST_RESOURCE:
            found.keep_digest(content)
