"""How the log of events is chained: each event's hash is made from the one before.

What may have to be erased by law (names, words) enters as a salted digest alone, so that the
value and its salt can go and the chain still verifies. This form is for ever: hashes that were
written by it are in the databases and checkpoints of archives.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from dam.errors import Malformed

SALT_BYTES = 16
BEGINNING = bytes(32)
"""What stands before the first event."""

_FORM = b"dam event 1"
_CHECKPOINT = re.compile(r"[1-9][0-9]{0,18}:[0-9a-f]{64}")


class NoCheckpoint(Malformed):
    """What was given is no checkpoint of the log."""

    def __init__(self) -> None:
        super().__init__("Give it as it was printed: a number, a colon, and 64 digits.")


class Part(StrEnum):
    """A value of an event that lies in a row of its own and can be erased."""

    ACTOR = "actor"
    SUBJECT = "subject"
    BEFORE = "before"
    AFTER = "after"
    WHY = "why"


@dataclass(frozen=True, slots=True)
class Link:
    """What of an event is chained; *digests* are in the order of ``Part``, none where empty."""

    number: int
    at: datetime
    verb: str
    subject_kind: str
    field: str
    language: str
    group_id: str
    reverses: str
    digests: Sequence[bytes | None]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of the log after one event, to be kept where nobody can change both."""

    number: int
    hash: bytes

    def __str__(self) -> str:
        return f"{self.number}:{self.hash.hex()}"

    @classmethod
    def read(cls, text: str) -> "Checkpoint":
        """Return the checkpoint that is written so; raises ``NoCheckpoint``."""
        number, _, digest = text.strip().partition(":")
        if not _CHECKPOINT.fullmatch(text.strip()):
            raise NoCheckpoint
        return cls(int(number), bytes.fromhex(digest))


def digest(salt: bytes, text: str) -> bytes:
    """Return what stands in the chain for a value."""
    return hashlib.sha256(salt + text.encode()).digest()


def link_hash(before: bytes, link: Link) -> bytes:
    """Return the hash of an event after the one whose hash is *before*."""
    words = (
        str(link.number),
        link.at.astimezone(UTC).isoformat(timespec="microseconds"),
        link.verb,
        link.subject_kind,
        link.field,
        link.language,
        link.group_id,
        link.reverses,
    )
    parts = [before, *(word.encode() for word in words), *(one or b"" for one in link.digests)]
    # Each part with its length before it: no two events come to the same bytes.
    framed = b"".join(len(part).to_bytes(8) + part for part in parts)
    return hashlib.sha256(_FORM + framed).digest()
