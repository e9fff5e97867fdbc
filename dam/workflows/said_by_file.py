"""What a file says of itself, read once when it comes in, beside what is to be recorded of it."""

import mmap
from dataclasses import dataclass
from pathlib import Path

from dam.metadata.containers import RawBlocks, raw_blocks
from dam.metadata.precedence import Precedence
from dam.metadata.reconcile import read_embedded
from dam.workflows.archive import Archive
from dam.workflows.batch import Batch, Plan


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be recorded of a file, and the blocks in which it speaks for itself."""

    plan: Plan
    blocks: RawBlocks


def read_said(archive: Archive, path: Path, name: str, batch: Batch) -> Said:
    """Return what the file at *path*, called *name* in its batch, says, and the plan for it."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        blocks = raw_blocks(data)
    by = Precedence(archive.settings.metadata_precedence)
    embedded = read_embedded(blocks, default_language=batch.options.language, by=by)
    return Said(batch.plan(name, embedded), blocks)
