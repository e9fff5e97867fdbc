"""Index: what each photograph is found by, brought up to date in the transaction that changes it.

Nobody has to think of it: before a writing session commits, the photographs whose words, rights or
work it has changed are put into the index anew. Where a change reaches more photographs than a
transaction should hold (the name of a country), a job does it, in portions.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from dam.records import authorities, catalogue, moved, queue, register, search, stale
from dam.records import series as series_rows
from dam.records.base import Session, Sessions
from dam.records.queue import JobKind
from dam.records.values import StoredSeries
from dam.rights.decision import Policy
from dam.workflows.archive import Archive
from dam.workflows.listed import copy_for_lists
from dam.workflows.search_documents import Around, Deciding, document

_AT_ONCE = 1000  # photographs; more are left to a job
_PORTION = 500
_MOST_ANCESTORS = 12
MISSING = "missing"
_AUTHORITY, _SERIES, _PHOTOGRAPH = "authority:", "series:", "photograph:"


def follow(sessions: Sessions, policy: Policy, now: Callable[[], datetime]) -> None:
    """Let every session of this factory bring the index up to date before it commits."""

    def before_commit(db: Session) -> None:
        db.flush()
        changed = stale.taken(db)
        if changed:
            moment = now()
            put(db, policy, moment, _reached(db, changed, moment))

    stale.watch(sessions, before_commit)


def _reached(db: Session, changed: stale.Stale, now: datetime) -> list[str]:
    """Return the photographs that a change reaches; what reaches too many becomes a job."""
    found = dict.fromkeys(sorted(changed.photographs))
    reaching = [
        (_SERIES + one, search.frames_of(db, one, _AT_ONCE + 1)) for one in sorted(changed.series)
    ]
    reaching += [
        (_AUTHORITY + one, search.photographs_below(db, one, _AT_ONCE + 1))
        for one in sorted(changed.authorities)
    ]
    for subject, photographs in reaching:
        if len(photographs) > _AT_ONCE:
            queue.enqueue(db, JobKind.INDEX, subject, now)
        else:
            found |= dict.fromkeys(photographs)
    return list(found)


def put(db: Session, policy: Policy, now: datetime, photographs: Sequence[str]) -> None:
    """Put photographs into the index, in place of what it held of them.

    Those for which others stand are found by these alone.
    """
    for start in range(0, len(photographs), _PORTION):
        _put(db, policy, now, photographs[start : start + _PORTION])


def _put(db: Session, policy: Policy, now: datetime, photographs: Sequence[str]) -> None:
    gone = moved.of_photographs(db, photographs)
    search.forget(db, sorted(gone))
    photographs = [one for one in photographs if one not in gone]
    found = catalogue.photographs(db, photographs)
    facts = register.facts(db, photographs)
    around = _around(db, photographs)
    made = [document(one, Deciding(facts[one.id], policy, now), around) for one in found]
    search.put(db, [each.document for each in made])
    search.learn(db, {word for each in made for word in each.vocabulary})
    search.label(db, {mark: words for each in made for mark, words in each.labels})


def _around(db: Session, photographs: Sequence[str]) -> Around:
    repairs, comments = search.waiting(db, photographs)
    in_series = search.series_of(db, photographs)
    known: dict[str, StoredSeries] = {
        one: series_rows.series(db, one)
        for one in sorted({series for found in in_series.values() for series in found})
    }
    named = search.named_records(db, photographs)
    records = authorities.authorities(db, named)
    wanted = {one.parent_id for one in records.values() if one.parent_id} - records.keys()
    for _ in range(_MOST_ANCESTORS):
        above = authorities.authorities(db, wanted)
        records |= above
        wanted = {one.parent_id for one in above.values() if one.parent_id} - records.keys()
        if not wanted:
            break
    return Around(
        series={one: tuple(known[each] for each in found) for one, found in in_series.items()},
        authorities=records,
        damaged=repairs,
        commented=comments,
    )


def run(archive: Archive, subject: str) -> None:
    """Do what an index job says: photographs that are missing, or those that a record reaches."""
    if subject == MISSING:
        fill(archive)
        return
    kind, _, identifier = subject.partition(":")
    if f"{kind}:" == _PHOTOGRAPH:
        with archive.writing.begin() as db:
            copy_for_lists(db, archive, [identifier])
            put(db, archive.policy, archive.now(), [identifier])
        return
    after = ""
    while True:
        with archive.writing.begin() as db:
            some: Collection[str]
            if f"{kind}:" == _SERIES:
                frames = sorted(search.frames_of(db, identifier, 10**9))
                some = [one for one in frames if one > after][:_PORTION]
            else:
                some = search.photographs_below(db, identifier, _PORTION, after)
            put(db, archive.policy, archive.now(), list(some))
        if not some:
            return
        after = max(some)


def enqueue_then(db: Session, photograph_id: str, now: datetime, at: datetime) -> None:
    """Write a job that brings a photograph up to date at the moment when its answer changes."""
    queue.enqueue(db, JobKind.INDEX, _PHOTOGRAPH + photograph_id, now, at=at)


def fill(archive: Archive, told: Callable[[int], None] = lambda _done: None) -> int:
    """Put all photographs into the index that are not in it, and return how many there were."""
    done = 0
    while True:
        with archive.writing.begin() as db:
            some = search.not_indexed(db, _PORTION)
            put(db, archive.policy, archive.now(), some)
        if not some:
            return done
        done += len(some)
        told(done)


def empty(archive: Archive) -> None:
    """Empty the index, to be filled anew."""
    with archive.writing.begin() as db:
        search.forget_all(db)


def enqueue_missing(db: Session, now: datetime) -> None:
    """Write a job that fills the index, where photographs are missing in it."""
    if search.not_indexed(db, 1):
        queue.enqueue(db, JobKind.INDEX, MISSING, now)
