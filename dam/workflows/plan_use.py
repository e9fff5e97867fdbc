"""Plan a use: may photographs be used so? Answered from the register, and kept with the answer."""

from collections.abc import Sequence

from dam.errors import Malformed
from dam.records import catalogue, log, planned_uses, register
from dam.records.planned_uses import StoredUse
from dam.rights.answering import answer
from dam.rights.planned_use import Use, lowest
from dam.rights.use_words import in_words
from dam.workflows.archive import Archive

MOST = 1000
_MOST_LISTED = 200


class NobodyAsks(Malformed):
    """A use is somebody's."""

    def __init__(self) -> None:
        super().__init__("Say who plans the use; nothing was asked.")


class NothingAskedFor(Malformed):
    """A use is of photographs."""

    def __init__(self) -> None:
        super().__init__(f"Name between 1 and {MOST} photographs; nothing was asked.")


def ask(archive: Archive, photographs: Sequence[str], use: Use, by: str) -> int:
    """Answer from what is on record now, keep question and answer, and return their number.

    Raises:
        NobodyAsks, NothingAskedFor, UnknownPhotograph
    """
    named = list(dict.fromkeys(photographs))
    if not use.asker.strip():
        raise NobodyAsks
    if not 1 <= len(named) <= MOST:
        raise NothingAskedFor
    now = archive.now()
    with archive.writing.begin() as db:
        catalogue.require_all(db, named)
        known = register.facts(db, named)
        answers = {photograph: answer(known[photograph], use) for photograph in named}
        verdict = lowest(found.verdict for found in answers.values())
        number = planned_uses.add(db, use, verdict, answers, by, now)
        event = log.Event(
            at=now,
            actor=by,
            verb="asked",
            subject_kind="planned use",
            subject_id=str(number),
            after=f"{in_words(use)} {len(named)} photographs: {verdict}.",
        )
        log.write(db, event)
    return number


def newest(archive: Archive) -> tuple[StoredUse, ...]:
    """Return the questions that were asked last, newest first, without their clauses."""
    with archive.reading() as db:
        return planned_uses.newest(db, _MOST_LISTED)


def one(archive: Archive, number: int) -> StoredUse:
    """Return a question with its answers; raises ``UnknownPlannedUse``."""
    with archive.reading() as db:
        return planned_uses.one(db, number)
