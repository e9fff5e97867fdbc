"""What is to stand in a file: the three blocks as bytes, and what of the old ones may stay."""

import hashlib
from dataclasses import dataclass, field

from dam.metadata.tiff_edit import TagChanges


@dataclass(frozen=True, slots=True)
class NewBlocks:
    """The blocks of a file that is given away.

    ``xmp`` replaces every XMP of the file; ``extended_xmp`` is for a JPEG alone. ``iim`` replaces
    its IPTC-IIM, and None removes it: an old block would contradict the new words, or name whom
    they do not. ``tags`` are changed in the EXIF of the file, whose other tags stay where they
    are. *private* removes what a person may have written elsewhere in the file, and where the
    camera stood.
    """

    xmp: bytes
    extended_xmp: bytes | None = None
    extension_guid: str = ""
    iim: bytes | None = None
    tags: TagChanges = field(default_factory=TagChanges)
    private: bool = False

    @property
    def iim_digest(self) -> bytes:
        """The MD5 by which others see whether the IIM was changed after the XMP."""
        return hashlib.md5(self.iim or b"", usedforsecurity=False).digest()
