"""Clear: record rights, publish, withdraw, reinstate; true everywhere when it returns."""

from collections.abc import Iterable, Sequence
from datetime import date

from dam.errors import Conflict, Malformed
from dam.records import catalogue, epochs, log, queue, register
from dam.records.base import Session
from dam.records.register import NewRecord, RecordKind
from dam.rights import entries
from dam.rights.days import local_day, year_later
from dam.rights.facts import Audience, Facts, Layer, Publication, RecordedStatement
from dam.rights.grounds import ever_grounded
from dam.workflows import ask, listed, publish
from dam.workflows.archive import Archive

COPYRIGHT_NOT_EVALUATED = "http://rightsstatements.org/vocab/CNE/1.0/"


class ReasonNeeded(Malformed):
    """Withdrawing and reinstating need a reason."""

    def __init__(self) -> None:
        super().__init__("Say why, in a few words; the reason is recorded.")


class AlreadySo(Conflict):
    """The photograph is in that state already; nothing was recorded."""


class RecordedMeanwhile(Conflict):
    """Somebody else recorded something about this photograph in the meantime."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else recorded something about this photograph in the meantime; "
            "nothing of yours was recorded. Look again, then record it."
        )


def record(
    archive: Archive,
    photograph_id: str,
    records: Sequence[NewRecord],
    by: str,
    *,
    seen: int | None = None,
) -> None:
    """Add rights records to a photograph; *seen* is the newest record that the person had read.

    Raises:
        UnknownPhotograph: there is none of that identifier.
        RecordedMeanwhile: there is a newer record than *seen*; nothing was recorded.
    """
    with archive.writing.begin() as db:
        catalogue.photograph(db, photograph_id)
        if seen is not None and register.newest(db, photograph_id) != seen:
            raise RecordedMeanwhile
        write_records(db, archive, photograph_id, records, by)
    after_rights_change(archive)


def write_records(
    db: Session, archive: Archive, photograph_id: str, records: Iterable[NewRecord], by: str
) -> None:
    """Write records, their events and the work that follows, in a transaction that is open."""
    now = archive.now()
    group = archive.new_id()
    held = register.standing(reversed(register.history(db, photograph_id)))
    for new in records:
        before = held.before(new)
        register.add(db, photograph_id, new, by, now)
        event = log.Event(
            at=now,
            actor=by,
            verb="recorded",
            subject_kind="photograph",
            subject_id=photograph_id,
            field=new.kind,
            before="" if before is None else in_words(before.value),
            after=in_words(new),
            group_id=group,
        )
        log.write(db, event)
    write_what_follows(db, archive, [photograph_id])


def write_what_follows(db: Session, archive: Archive, photographs: Sequence[str]) -> None:
    """Write what follows of a change of rights: copies for lists, jobs, and the epoch."""
    now = archive.now()
    listed.copy_for_lists(db, archive, photographs)
    for one in photographs:
        queue.enqueue(db, queue.JobKind.DERIVE, one, now)
    publish.enqueue_all(db, archive, photographs)
    epochs.advance(db)


def in_words(new: NewRecord) -> str:
    """Return what a record says, for the log."""
    parts = [new.text, "" if new.number is None else str(new.number)]
    parts.append("" if new.day is None else new.day.isoformat())
    parts.append("" if new.layer is Layer.PHOTOGRAPH else f"of the {new.layer} shown")
    parts.append("" if new.detail is None else f"({entries.in_words(new.detail)})")
    return " ".join(part for part in parts if part)


def after_rights_change(archive: Archive) -> None:
    """Let every worker of this host forget what it knew; called after the commit."""
    archive.epoch.advance()


def publication_records(facts: Facts, archive: Archive) -> tuple[NewRecord, ...]:
    """Return what publishing records: the state, and without a ground a person's decision.

    RIGHTS.md: publishing without rights records statement CNE and "shown without evidence, by
    NAME, review in 12 months"; the name is the record's author.
    """
    records = [NewRecord(RecordKind.PUBLICATION, Publication.PUBLISHED)]
    if not ever_grounded(facts, archive.now(), archive.policy):
        if facts.statement is None:
            records.insert(0, NewRecord(RecordKind.STATEMENT, COPYRIGHT_NOT_EVALUATED))
        records.insert(0, NewRecord(RecordKind.SHOWING, "no evidence", day=review_day(archive)))
    return tuple(records)


def facts_of_records(records: Iterable[NewRecord]) -> Facts:
    """Return what records amount to that are about to be written for a new photograph."""
    kinds = {new.kind: new for new in records}
    statement = kinds.get(RecordKind.STATEMENT)
    return Facts(
        publication=Publication.DRAFT,
        statement=None if statement is None else RecordedStatement(statement.text, ""),
    )


def review_day(archive: Archive) -> date:
    """Return the day by which a decision made today is looked at again: in 12 months."""
    return year_later(local_day(archive.now(), archive.settings.timezone))


def publish_photographs(archive: Archive, identifiers: Sequence[str], by: str) -> None:
    """Publish photographs by a person's decision; those that are published stay as they are."""
    for photograph_id in identifiers:
        with archive.writing.begin() as db:
            catalogue.photograph(db, photograph_id)
            facts = register.facts(db, [photograph_id])[photograph_id]
            if facts.publication is Publication.PUBLISHED:
                continue
            write_records(db, archive, photograph_id, publication_records(facts, archive), by)
        after_rights_change(archive)


def unpublish(archive: Archive, photograph_id: str, by: str) -> None:
    """Take a photograph back to the desk: for the public it is as if it had never been there."""
    record(archive, photograph_id, [NewRecord(RecordKind.PUBLICATION, Publication.DRAFT)], by)
    publish.everywhere(archive, photograph_id)


def withdraw(archive: Archive, photograph_id: str, reason: str, by: str) -> None:
    """Withdraw a photograph: when this returns, no pixel of it leaves any worker of this host.

    Raises:
        ReasonNeeded, UnknownPhotograph
        AlreadySo: it is withdrawn.
    """
    _change_withdrawal(archive, photograph_id, reason, by, withdraw=True)


def reinstate(archive: Archive, photograph_id: str, reason: str, by: str) -> None:
    """Bring a withdrawn photograph back to what its other records allow.

    Raises:
        ReasonNeeded, UnknownPhotograph
        AlreadySo: it is not withdrawn.
    """
    _change_withdrawal(archive, photograph_id, reason, by, withdraw=False)


def _change_withdrawal(
    archive: Archive, photograph_id: str, reason: str, by: str, *, withdraw: bool
) -> None:
    reason = reason.strip()
    if not reason:
        raise ReasonNeeded
    kind = RecordKind.WITHDRAWAL if withdraw else RecordKind.REINSTATEMENT
    with archive.writing.begin() as db:
        catalogue.photograph(db, photograph_id)
        facts = register.facts(db, [photograph_id])[photograph_id]
        if facts.withdrawn is withdraw:
            state = "withdrawn already" if withdraw else "not withdrawn"
            raise AlreadySo(f"The photograph {photograph_id} is {state}.")
        write_records(db, archive, photograph_id, [NewRecord(kind, reason)], by)
    after_rights_change(archive)
    # The published copies must not outlive the command; the job would come a moment later.
    publish.everywhere(archive, photograph_id)


def facts_and_history(
    archive: Archive, photograph_id: str
) -> tuple[Facts, tuple[register.RightsRecord, ...]]:
    """Return what holds now and every record, newest first; for the rights desk."""
    with archive.reading() as db:
        catalogue.photograph(db, photograph_id)
        facts = ask.ask_in(db, archive, [photograph_id], Audience.PUBLIC)[photograph_id].facts
        return facts, register.history(db, photograph_id)
