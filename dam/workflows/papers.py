"""Papers: what the register rests on is kept under its digest, for rights managers alone."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

from dam.errors import NotFound
from dam.records import evidence
from dam.records.evidence import Evidence
from dam.storage import keys
from dam.storage.base import ObjectExists
from dam.workflows.archive import Archive

_PIECE = 1 << 18
_LONGEST_NAME = 200
# What may be said of a file by its first bytes; everything else is bytes.
_BEGINNINGS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
_BYTES = "application/octet-stream"


class UnknownPaper(NotFound):
    """No paper has that digest."""

    def __init__(self) -> None:
        super().__init__("There is no such paper in the register.")


@dataclass(frozen=True, slots=True)
class Arriving:
    """A file that somebody sends: what it is called, and its bytes."""

    name: str
    stream: BinaryIO


def keep(archive: Archive, sent: Iterable[Arriving], by: str) -> tuple[str, ...]:
    """Keep papers and return their digests; the same bytes are kept once.

    Raises:
        UploadTooLarge, SourceUnreadable, StoreUnavailable: it and those after it are not kept.
    """
    found = []
    for one in sent:
        received = archive.store.receive(
            _pieces(one.stream), max_bytes=archive.settings.max_upload_bytes
        )
        key = keys.paper(received.sha256)
        with suppress(ObjectExists):  # the key is the hash, so the bytes are these
            archive.store.keep(received.path, key)
        received.path.unlink(missing_ok=True)
        with archive.store.open(key) as file:
            beginning = file.read(16)
        media_type = next((kind for first, kind in _BEGINNINGS if beginning.startswith(first)), "")
        paper = Evidence(
            received.sha256,
            key,
            one.name.replace("\0", "")[-_LONGEST_NAME:] or "paper",
            media_type or _BYTES,
            received.size_bytes,
        )
        with archive.writing.begin() as db:
            evidence.add(db, paper, by, archive.now())
        found.append(received.sha256)
    return tuple(found)


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    while piece := stream.read(_PIECE):
        yield piece


def named(archive: Archive, digests: Iterable[str]) -> dict[str, Evidence]:
    """Return the papers of these digests."""
    with archive.reading() as db:
        return evidence.papers(db, digests)


def one(archive: Archive, digest: str) -> tuple[Evidence, BinaryIO]:
    """Return a paper and its bytes; raises ``UnknownPaper``."""
    found = named(archive, [digest]).get(digest)
    if found is None or not archive.store.exists(found.key):
        raise UnknownPaper
    return found, archive.store.open(found.key)
