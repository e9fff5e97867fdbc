"""The log of events for those who doubt it: checked from its beginning, or told elsewhere."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dam.metadata.premis import CONTEXT, LoggedEvent, premis_event
from dam.records import log, log_check
from dam.records.chain import Checkpoint
from dam.records.log_check import Fault
from dam.workflows import publish
from dam.workflows.archive import Archive

MOST_FAULTS = 100


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the log came to; *faults* are the first hundred of *fault_count*.

    *checkpoint* is where the log ends, to be kept elsewhere; none where its end is not known.
    """

    count: int
    checkpoint: Checkpoint | None
    faults: tuple[Fault, ...]
    fault_count: int


def check(archive: Archive, checkpoints: Sequence[Checkpoint] = ()) -> Checked:
    """Read the whole log and return what is not as it was written."""
    faults, count = [], 0
    with archive.reading() as db:
        for fault in log_check.faults(db, checkpoints):
            count += 1
            if count <= MOST_FAULTS:
                faults.append(fault)
        events = log_check.count(db)
        end = log.checkpoint(db) if events else None
    return Checked(events, end, tuple(faults), count)


def as_premis(archive: Archive, subjects: Sequence[str] = ()) -> Iterator[str]:
    """Yield the pieces of a JSON-LD document of events, of these subjects or of all."""
    origin = publish.public_origin(archive)
    yield f'{{"@context": {json.dumps(CONTEXT)},\n"@graph": ['
    between = "\n"
    with archive.reading() as db:
        for place, event in log.in_order(db, subjects):
            told = premis_event(_logged(place, event), origin)
            yield between + json.dumps(told, ensure_ascii=False)
            between = ",\n"
    yield "\n]}\n"


def _logged(place: Checkpoint, event: log.Event) -> LoggedEvent:
    return LoggedEvent(
        number=place.number,
        hash=place.hash.hex(),
        at=event.at,
        actor=event.actor,
        verb=event.verb,
        subject_kind=event.subject_kind,
        subject_id=event.subject_id,
        field=event.field,
        language=event.language,
        before=event.before,
        after=event.after,
        why=event.why,
        erased=tuple(sorted(event.erased)),
    )
