"""All that a file says, property by property, each with the block that says it.

Nothing is chosen and nothing left out here: a property that is not known is told by its name.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dam.metadata.blocks import BlockKind, RawBlocks
from dam.metadata.exif_values import exif_values
from dam.metadata.iptc import iim_datasets
from dam.metadata.names import prefixed
from dam.metadata.packet import read_packet
from dam.metadata.properties import BY_DATASET, BY_NAME, OTHER_DATASETS
from dam.metadata.values import Alternatives, Items, Link, Structure, Value

# The reference image of IPTC, which fills every property, makes 330 claims.
MOST_CLAIMS = 5_000
_LONGEST_VALUE = 20_000
_CONTROLS = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class FileClaim:
    """One value: *block* says it of *name*, which *label* says for people.

    *language* is set for a text of a language alternative. *note* tells what a reader should know:
    how the character set was found, that a value was shortened.
    """

    block: BlockKind
    name: str
    label: str
    value: str
    language: str = ""
    note: str = ""


def file_claims(blocks: RawBlocks) -> tuple[FileClaim, ...]:
    """Return every claim of a file: of EXIF, then IPTC-IIM, then XMP. Nothing is raised.

    At most 5000 are returned; the blocks themselves are kept whole.
    """
    found: list[FileClaim] = []
    for claim in _all(blocks):
        if len(found) == MOST_CLAIMS:
            break
        found.append(claim)
    return tuple(found)


def _all(blocks: RawBlocks) -> Iterator[FileClaim]:
    if blocks.exif is not None:
        for tag, text in exif_values(blocks.exif):
            yield _claim(BlockKind.EXIF, tag, _spoken(tag.partition(".")[2]), text)
    if blocks.iim is not None:
        yield from _of_iim(blocks.iim)
    if blocks.xmp is not None:
        properties, _ = read_packet(blocks.xmp, blocks.extended_xmp)
        for name, value in properties.items():
            short = prefixed(name)
            known = BY_NAME.get(short)
            label = known.label if known else _spoken(short)
            yield from _of_value(short, label, value)


def _claim(
    block: BlockKind, name: str, label: str, value: str, language: str = "", note: str = ""
) -> FileClaim:
    plain = _CONTROLS.sub("", value)
    if len(plain) > _LONGEST_VALUE:
        note = f"{note}; shortened" if note else "shortened"
        plain = plain[:_LONGEST_VALUE] + "…"
    return FileClaim(block, name[:400], label[:400], plain, language[:35], note)


def _of_iim(block: bytes) -> Iterator[FileClaim]:
    datasets, how = iim_datasets(block)
    for one in datasets:
        key = (one.record, one.number)
        known = BY_DATASET.get(one.number) if one.record == 2 else None
        label = known.label if known else OTHER_DATASETS.get(key, "Other dataset")
        text = f"{one.size_bytes} bytes" if one.text is None else one.text
        note = how if one.text is not None and not one.text.isascii() else ""
        yield _claim(BlockKind.IIM, f"{one.record}:{one.number:02}", label, text, note=note)


def _of_value(name: str, label: str, value: Value) -> Iterator[FileClaim]:
    match value:
        case str():
            yield _claim(BlockKind.XMP, name, label, value)
        case Link(uri):
            yield _claim(BlockKind.XMP, name, label, uri)
        case Alternatives(texts):
            for language, text in texts:
                yield _claim(BlockKind.XMP, name, label, text, language)
        case Items(members=members):
            yield from _of_members(name, label, members)
        case Structure(fields):
            for field, inside in fields:
                short = prefixed(field)
                yield from _of_value(f"{name}/{short}", f"{label}: {_spoken(short)}", inside)


def _of_members(name: str, label: str, members: Iterable[Value]) -> Iterator[FileClaim]:
    members = tuple(members)
    for number, member in enumerate(members, 1):
        several = len(members) > 1
        one = f"{label} {number}" if several and not isinstance(member, str) else label
        yield from _of_value(f"{name}[{number}]", one, member)


def _spoken(name: str) -> str:
    """The words of a name: ``AOCircaDateCreated`` is “AO circa date created”."""
    local = name.rpartition("}")[2].rpartition(":")[2] or name
    words = _WORDS.sub(" ", local).split()
    return " ".join([*words[:1], *(one if one.isupper() else one.lower() for one in words[1:])])
