"""What a file carries about itself, still as bytes."""

from dataclasses import dataclass, field
from enum import StrEnum

# The largest real block seen is a depth map of some megabytes in extended XMP. What is larger
# than this is no description of a photograph, and would only cost memory.
MAX_BLOCK_BYTES = 16 * 1024 * 1024
_DIGEST_BYTES = 16


class BlockKind(StrEnum):
    """The three kinds of metadata; the value is the name that people know."""

    EXIF = "EXIF"
    XMP = "XMP"
    IIM = "IPTC-IIM"


@dataclass(frozen=True, slots=True)
class RawBlocks:
    """The metadata of one file, verbatim, and in words what was left out.

    ``exif`` starts at its TIFF header or at the ``Exif`` mark before it; of a TIFF file it is an
    excerpt of the tags that are read. ``xmp`` is the main packet and ``extended_xmp`` the part
    that a JPEG keeps in further segments (XMP Part 3 §1.1.3.1). ``iim_digest`` is the MD5 of the
    IPTC-IIM as it was when a program last brought XMP and IIM into step.
    """

    exif: bytes | None = None
    xmp: bytes | None = None
    iim: bytes | None = None
    notes: tuple[str, ...] = ()
    extended_xmp: bytes | None = None
    iim_digest: bytes | None = None


@dataclass(slots=True)
class BlockCollector:
    """The blocks found so far; the first of a kind wins and the others leave a note."""

    blocks: dict[BlockKind, bytes] = field(default_factory=dict)
    extended_xmp: bytes | None = None
    iim_digest: bytes | None = None
    # A dict is an ordered set: a file with a thousand equal faults has one note.
    noted: dict[str, None] = field(default_factory=dict)

    def note(self, words: str) -> None:
        """Remember a sentence, once."""
        self.noted[words] = None

    def keep(self, kind: BlockKind, piece: memoryview | bytes) -> None:
        """Copy *piece* unless it is empty, too large, or not the first of its kind."""
        if not len(piece):
            return
        if kind in self.blocks:
            self.note(f"The file has more than one {kind} block; only the first was read.")
        elif self.fits(kind, len(piece)):
            self.blocks[kind] = bytes(piece)

    def keep_digest(self, content: memoryview) -> None:
        """Keep the digest of the IPTC-IIM block, the first one."""
        if self.iim_digest is None and len(content) == _DIGEST_BYTES:
            self.iim_digest = bytes(content)

    def fits(self, kind: BlockKind, size_bytes: int) -> bool:
        """Whether a block of this size is taken in; a note is left when it is not."""
        if size_bytes <= MAX_BLOCK_BYTES:
            return True
        self.note(f"The {kind} block is larger than 16 MB and was not read.")
        return False

    def result(self) -> RawBlocks:
        """What was found, as a value."""
        return RawBlocks(
            exif=self.blocks.get(BlockKind.EXIF),
            xmp=self.blocks.get(BlockKind.XMP),
            iim=self.blocks.get(BlockKind.IIM),
            notes=tuple(self.noted),
            extended_xmp=self.extended_xmp,
            iim_digest=self.iim_digest,
        )
