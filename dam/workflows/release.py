"""Release: a photograph is published from the desk, once what it needs is written.

The command line's ``--public`` and the rights desk are decisions about rights and ask for no
words; the desk is where the words are written, so it is the desk that asks for them.
"""

from dam.catalogue.stages import lacking
from dam.catalogue.text import clean
from dam.errors import Conflict, Malformed
from dam.records import catalogue, log, register
from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Publication
from dam.workflows import clear
from dam.workflows.archive import Archive

_LONGEST_REASON = 1000  # characters


class NotReady(Conflict):
    """Something that is needed before publishing is not written."""

    def __init__(self, needed: tuple[str, ...]) -> None:
        self.needed = needed
        super().__init__(
            f"Not published. {' '.join(needed)} "
            "Write it, or say why the photograph is published all the same."
        )


class StandsAside(Conflict):
    """Another photograph stands for it; undo that choice before it is published."""

    def __init__(self, photograph_id: str) -> None:
        super().__init__(
            f"Not published. {photograph_id} stands for this photograph; undo that choice first."
        )
        self.photograph_id = photograph_id


class KnownAlready(Conflict):
    """There is a sensitivity in the rights records already."""

    def __init__(self) -> None:
        super().__init__("A sensitivity is recorded already; the rights desk can change it.")


class NoTerm(Malformed):
    """No sensitivity was chosen."""

    def __init__(self) -> None:
        super().__init__("Choose what makes the photograph sensitive first.")


def release(archive: Archive, photograph_id: str, by: str, *, all_the_same: str = "") -> None:
    """Publish a photograph; one that is published stays as it is.

    *all_the_same* is the reason why it is published though something is missing; it is recorded
    with what was missing.

    Raises:
        UnknownPhotograph
        NotReady: something is missing and no reason is given; nothing was recorded.
        StandsAside: another photograph stands for it.
    """
    reason = clean(all_the_same, multiline=False)[:_LONGEST_REASON]
    with archive.writing.begin() as db:
        description = catalogue.locked(db, photograph_id).description
        facts = register.facts(db, [photograph_id])[photograph_id]
        if facts.publication is Publication.PUBLISHED:
            return
        if facts.aside is not None:
            raise StandsAside(facts.aside.photograph_id)
        needed = lacking(description, archive.settings.required_to_publish)
        if needed and not reason:
            raise NotReady(needed)
        if needed:
            log.write(db, _all_the_same(archive, photograph_id, by, needed, reason))
        records = clear.publication_records(facts, archive)
        clear.write_records(db, archive, photograph_id, records, by)
    clear.after_rights_change(archive)


def _all_the_same(
    archive: Archive, photograph_id: str, by: str, needed: tuple[str, ...], reason: str
) -> log.Event:
    return log.Event(
        at=archive.now(),
        actor=by,
        verb="published all the same",
        subject_kind="photograph",
        subject_id=photograph_id,
        field="reason",
        before=" ".join(needed),
        after=reason,
    )


def propose_sensitivity(
    archive: Archive, photograph_id: str, terms: tuple[str, ...], by: str
) -> None:
    """Record that a photograph may be sensitive: the public sees none of it until it is reviewed.

    Anybody who works here may say so, since it can only hold back; who clears rights decides.

    Raises:
        UnknownPhotograph, NoTerm
        KnownAlready: the rights records name a sensitivity.
    """
    if not terms:
        raise NoTerm
    with archive.writing.begin() as db:
        catalogue.locked(db, photograph_id)
        if register.facts(db, [photograph_id])[photograph_id].sensitivity is not None:
            raise KnownAlready
        record = NewRecord(RecordKind.SENSITIVITY, "; ".join(terms))
        clear.write_records(db, archive, photograph_id, [record], by)
    clear.after_rights_change(archive)
