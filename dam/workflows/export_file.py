"""Files that leave the archive with their words in them: copies of masters, and pictures drawn.

The decision is asked first. A master is never changed: its copy is told as pieces of it with a
new header between, so that a range of a large one costs no more than its bytes.
"""

import hashlib
import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dam.metadata.file_words import FileWords
from dam.metadata.new_blocks import new_blocks
from dam.metadata.new_blocks import sidecar as packet
from dam.metadata.pieces import CannotWrite, Edited, Span
from dam.metadata.writing import write_into
from dam.records import catalogue
from dam.records.values import StoredPhotograph
from dam.rights.facts import Audience, Purpose, Step
from dam.workflows import ask
from dam.workflows.archive import Archive
from dam.workflows.ask import Asked
from dam.workflows.file_words import file_words

_ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tif",
    "image/webp": "webp",
    "image/avif": "avif",
    "image/gif": "gif",
    "image/jp2": "jp2",
    "image/vnd.adobe.photoshop": "psd",
}


@dataclass(frozen=True, slots=True)
class MasterCopy:
    """A copy of a master with words in it, not yet read.

    *name* is the photograph's identifier with an ending: the name of the original may name a
    person. *has_words* is false where the format has no safe place for them; `sidecar` has them.
    """

    name: str
    media_type: str
    etag: str
    has_words: bool
    edited: Edited
    path: Path

    @property
    def size_bytes(self) -> int:
        """The length of the copy."""
        return self.edited.size_bytes

    def chunks(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """Yield the bytes from *start* to *stop*, a mebibyte at most at a time."""
        with self.path.open("rb") as file:

            def read(first: int, last: int) -> bytes:
                file.seek(first)
                return file.read(last - first)

            yield from self.edited.chunks(read, start, stop)


def master_copy(archive: Archive, photograph_id: str, audience: Audience) -> MasterCopy:
    """Return a copy of the master with today's words in it, for those who may have the master.

    Raises:
        UnknownPhotograph, Unknown, Withdrawn
        Withheld: the decision does not let the master out.
    """
    with archive.reading() as db:
        photograph = catalogue.photograph(db, photograph_id)
        asked = ask.ask_in(db, archive, [photograph_id], audience, Purpose.DOWNLOAD)[photograph_id]
    ask.require_step(asked, Step.MASTER)
    master = photograph.master
    path = archive.store.path(master.key)
    blocks = new_blocks(
        file_words(archive, photograph, asked),
        master.media_type,
        iim=archive.settings.metadata_iim,
        private=not audience.works_here,
    )
    has_words = True
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        try:
            made = write_into(data, master.media_type, blocks)
        except CannotWrite:
            made, has_words = Edited((Span(0, len(data)),)), False
    return MasterCopy(
        name=f"{photograph.id}.{_ENDINGS.get(master.media_type, 'bin')}",
        media_type=master.media_type,
        etag=_etag(master.sha256, made),
        has_words=has_words,
        edited=made,
        path=path,
    )


def with_words(
    archive: Archive, photograph: StoredPhotograph, asked: Asked, picture: bytes, media_type: str
) -> bytes:
    """Return a picture that was drawn from *photograph*, with the words that *asked* lets out.

    A format that has no place for words is returned as it is.
    """
    words = file_words(archive, photograph, asked)
    blocks = new_blocks(words, media_type, iim=archive.settings.metadata_iim, private=True)
    try:
        return write_into(picture, media_type, blocks).joined(picture)
    except CannotWrite:
        return picture


def sidecar(archive: Archive, photograph_id: str, audience: Audience) -> bytes:
    """Return the words of a photograph as an XMP file; raises ``Unknown`` and ``Withdrawn``."""
    with archive.reading() as db:
        photograph = catalogue.photograph(db, photograph_id)
        asked = ask.ask_in(db, archive, [photograph_id], audience)[photograph_id]
    words: FileWords = file_words(archive, photograph, asked)
    return packet(words)


def _etag(master_sha256: str, made: Edited) -> str:
    """A strong tag: the master's digest, and that of what is new."""
    found = hashlib.sha256(master_sha256.encode())
    for piece in made.pieces:
        found.update(piece if isinstance(piece, bytes) else f"{piece.start}-{piece.stop}".encode())
    return found.hexdigest()[:32]
