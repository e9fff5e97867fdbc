"""Work lists: what waits for somebody at the desk, each with how many there are."""

from dataclasses import dataclass

from dam.catalogue.marks import Gap, MarkKind, mark
from dam.records import search_text
from dam.records.search_text import Match
from dam.workflows.archive import Archive
from dam.workflows.find import MOST


@dataclass(frozen=True, slots=True)
class WorkList:
    """Photographs that wait for the same thing; *count* goes no further than ``MOST``."""

    kind: MarkKind
    value: str
    count: int
    more: bool = False


_WORK_LISTS = (
    (MarkKind.GAP, Gap.CAPTION.value),
    (MarkKind.GAP, Gap.ALT.value),
    (MarkKind.GAP, Gap.DAMAGED.value),
    (MarkKind.GAP, Gap.PLACE.value),
    (MarkKind.GAP, Gap.DATE.value),
    (MarkKind.STATE, "inreview"),
    (MarkKind.GAP, Gap.COMMENT.value),
)


def work_lists(archive: Archive) -> tuple[WorkList, ...]:
    """Return what waits at the desk, each with how many there are."""
    with archive.reading() as db:
        found = [
            (kind, value, search_text.count(
                db, Match(marks=((mark(kind, value),),), inner=True), MOST + 1
            ))
            for kind, value in _WORK_LISTS
        ]  # fmt: skip
    return tuple(
        WorkList(kind, value, min(count, MOST), more=count > MOST) for kind, value, count in found
    )
