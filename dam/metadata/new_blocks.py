"""From the words of a photograph to the blocks that its file is given."""

from dam.metadata.blocks_out import NewBlocks
from dam.metadata.file_words import FileWords, properties
from dam.metadata.iim_writing import cut_to_bytes, write_iim
from dam.metadata.packet_writing import write_for_jpeg, write_packet
from dam.metadata.properties import PROPERTIES
from dam.metadata.tiff_edit import Tag, TagChanges, text_tag
from dam.metadata.values import Alternatives, Items, Value

_JPEG = "image/jpeg"
# More would crowd the 64 kB that a JPEG has for EXIF; the whole text stands in XMP.
_MAX_EXIF_TEXT_BYTES = 8_000
# What Windows writes beside the three; it would go on saying what the file said before.
_XP_TAGS = range(0x9C9B, 0x9CA0)
_ORIGINAL_DATES = (0x9003, 0x9011, 0x9291)  # and its offset and split seconds
_USER_COMMENT = 0x9286


def new_blocks(
    words: FileWords, media_type: str, *, iim: bool = False, private: bool = False
) -> NewBlocks:
    """Return the blocks for a file of *media_type* that is given *words*.

    With *iim* the file carries IPTC-IIM as well. *private* is for those outside the archive: what
    a person may have written elsewhere in the file goes, and where the camera stood.
    """
    said = properties(words)
    old_block = write_iim(said) if iim else None
    tags = TagChanges(
        {row.exif: _exif_text(said.get(row.clark)) for row in PROPERTIES if row.exif}
        | dict.fromkeys(_XP_TAGS),
        _photo_tags(words, private=private),
    )
    if media_type == _JPEG:
        packets = write_for_jpeg(said)
        return NewBlocks(
            packets.main, packets.extension, packets.guid, iim=old_block, tags=tags, private=private
        )
    return NewBlocks(write_packet(said), iim=old_block, tags=tags, private=private)


def sidecar(words: FileWords) -> bytes:
    """Return the words as an XMP file, to lie beside a picture of any format."""
    return write_packet(properties(words))


def _exif_text(value: Value | None) -> Tag | None:
    """The text for EXIF, which knows no language; names are joined as MWG 2.0 §5.4 says."""
    match value:
        case Alternatives(texts):
            text = texts[0][1]
        case Items(members=members):
            text = "; ".join(_quoted(one) for one in members if isinstance(one, str))
        case _:
            text = ""
    shortened = cut_to_bytes(text, _MAX_EXIF_TEXT_BYTES).decode()
    return text_tag(shortened) if shortened else None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"' if ";" in name or name.startswith('"') else name


def _photo_tags(words: FileWords, *, private: bool) -> dict[int, Tag | None]:
    """What goes from the EXIF directory.

    The date goes where the catalogue has another: that of a scanner is not the photograph's. None
    is written, since EXIF has no way to say a day without inventing its hour.
    """
    gone: dict[int, Tag | None] = {}
    if words.date or words.date_in_words:
        gone |= dict.fromkeys(_ORIGINAL_DATES)
    if private:
        gone[_USER_COMMENT] = None
    return gone
