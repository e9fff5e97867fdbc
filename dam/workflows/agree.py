"""Agree: agreements are recorded, superseded, and spread over the photographs that they cover."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dam.errors import Conflict, Malformed
from dam.records import agreements, catalogue, log
from dam.records.agreements import Cover, StoredAgreement
from dam.records.base import Session
from dam.rights.agreement_words import in_full
from dam.rights.agreements import Agreement
from dam.rights.layers import BOTH, Layer
from dam.workflows import clear
from dam.workflows.archive import Archive

_AT_ONCE = 500
MOST_COVERED = 20_000


class AgreementPassed(Conflict):
    """Somebody else recorded another version in the meantime."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else changed this agreement in the meantime; nothing of yours was recorded. "
            "Look again, then record it."
        )


class NothingCovered(Malformed):
    """No photograph was named."""

    def __init__(self) -> None:
        super().__init__("Name at least one photograph; nothing was recorded.")


class TooManyCovered(Malformed):
    """More photographs were named than one step takes."""

    def __init__(self) -> None:
        super().__init__(
            f"One step covers at most {MOST_COVERED} photographs; take a narrower search."
        )


class NoParties(Malformed):
    """An agreement has two parties."""

    def __init__(self) -> None:
        super().__init__("Say who gives and who is given; nothing was recorded.")


class NothingBefore(Conflict):
    """There is no version before the one that holds."""

    def __init__(self) -> None:
        super().__init__(
            "This is the first version of the agreement. If it was recorded by mistake, mark it as "
            "void."
        )


def conclude(archive: Archive, agreement: Agreement, by: str) -> int:
    """Record a new agreement and return its number; that of *agreement* does not count.

    Raises:
        NoParties
    """
    _require_parties(agreement)
    with archive.writing.begin() as db:
        numbered = replace(agreement, number=agreements.next_number(db))
        agreements.add(db, numbered, by, archive.now())
        _tell(db, archive, numbered, by, before="", verb="recorded")
    return numbered.number


def supersede(
    archive: Archive, number: int, agreement: Agreement, by: str, *, seen: int | None = None
) -> None:
    """Record another version of an agreement; *seen* is the version that the person had read.

    Raises:
        UnknownAgreement, NoParties
        AgreementPassed: there is a newer version than *seen*; nothing was recorded.
    """
    _require_parties(agreement)
    with archive.writing.begin() as db:
        newest = agreements.versions(db, number)[0]
        if seen is not None and newest.version != seen:
            raise AgreementPassed
        _supersede(db, archive, newest, replace(agreement, number=number), by)
    clear.after_rights_change(archive)


def undo(archive: Archive, number: int, by: str, *, seen: int | None = None) -> None:
    """Record once more what the agreement said before its newest version.

    Raises:
        UnknownAgreement, NothingBefore, AgreementPassed
    """
    with archive.writing.begin() as db:
        found = agreements.versions(db, number)
        if seen is not None and found[0].version != seen:
            raise AgreementPassed
        if len(found) == 1:
            raise NothingBefore
        _supersede(db, archive, found[0], found[1].agreement, by)
    clear.after_rights_change(archive)


def _require_parties(agreement: Agreement) -> None:
    if not agreement.licensor.strip() or not agreement.licensee.strip():
        raise NoParties


def _supersede(
    db: Session, archive: Archive, newest: StoredAgreement, after: Agreement, by: str
) -> None:
    if after == newest.agreement:
        return
    agreements.add(db, after, by, archive.now())
    _tell(db, archive, after, by, before=in_full(newest.agreement), verb="superseded")
    covered = [one.photograph_id for one in agreements.covers(db, after.number)]
    _follow(db, archive, covered)


def _tell(
    db: Session, archive: Archive, agreement: Agreement, by: str, *, before: str, verb: str
) -> None:
    log.write(
        db,
        log.Event(
            at=archive.now(),
            actor=by,
            verb=verb,
            subject_kind="agreement",
            subject_id=agreement.name,
            before=before,
            after=in_full(agreement),
        ),
    )


def _follow(db: Session, archive: Archive, photographs: Sequence[str]) -> None:
    agreements.touch(db, photographs)
    for some in _portions(photographs):
        clear.write_what_follows(db, archive, some)


def _portions(photographs: Sequence[str]) -> Iterable[Sequence[str]]:
    return (photographs[at : at + _AT_ONCE] for at in range(0, len(photographs), _AT_ONCE))


def cover(
    archive: Archive,
    number: int,
    photographs: Sequence[str],
    by: str,
    *,
    layers: tuple[Layer, ...] = BOTH,
    via: str = "",
) -> int:
    """Let an agreement cover photographs and return how many are new; without *layers*, no more.

    What it covers is written down photograph by photograph: a frame that comes into a series later,
    or a caption that a search finds later, is covered once a person says so. *via* says through
    what they were found.

    Raises:
        UnknownAgreement, UnknownPhotograph, NothingCovered, TooManyCovered
    """
    named = list(dict.fromkeys(photographs))
    if not named:
        raise NothingCovered
    if len(named) > MOST_COVERED:
        raise TooManyCovered
    with archive.writing.begin() as db:
        agreement = agreements.versions(db, number)[0].agreement
        held = {one.photograph_id: one.layers for one in agreements.covers(db, number)}
        new = [one for one in named if held.get(one, ()) != layers]
        for some in _portions(new):
            catalogue.require_all(db, some)
        covers = [Cover(one, layers, via) for one in new]
        agreements.put_cover(db, number, covers, by, archive.now())
        group = archive.new_id()
        for one in new:
            event = _covering_event(archive, agreement, one, by, group)
            before, after = _layers_in_words(held.get(one, ())), _layers_in_words(layers)
            log.write(db, replace(event, before=before, after=after))
        _follow(db, archive, new)
    if new:
        clear.after_rights_change(archive)
    return len(new)


def _covering_event(
    archive: Archive, agreement: Agreement, photograph_id: str, by: str, group: str
) -> log.Event:
    return log.Event(
        at=archive.now(),
        actor=by,
        verb="recorded",
        subject_kind="photograph",
        subject_id=photograph_id,
        field=f"agreement {agreement.name}",
        group_id=group,
    )


def _layers_in_words(layers: tuple[Layer, ...]) -> str:
    if not layers:
        return ""
    return "covers the photograph and the work" if layers == BOTH else f"covers the {layers[0]}"
