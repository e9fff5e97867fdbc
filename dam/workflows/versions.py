"""Versions: a later file becomes the master of the photograph that was here, or adds its words.

Identifier, rights and state stay with the photograph; the record of the later file stands aside.
With a new version it keeps the earlier master, which rights managers read.
"""

from contextlib import suppress
from dataclasses import replace

from dam.catalogue.changes import ChangedMeanwhile, Description
from dam.catalogue.frames import Turn
from dam.catalogue.uniting import united
from dam.errors import Conflict
from dam.records import catalogue, log, masters, register
from dam.records.base import Session
from dam.records.moved import How
from dam.records.pairs import Pair
from dam.rights.facts import Facts
from dam.workflows import aside, clear
from dam.workflows.archive import Archive
from dam.workflows.edits import Edit, UndoneAlready, save, take_back

VERB = "given a new version"
_FIELD = "master"


class HeldBack(Conflict):
    """The later one has rights records that hold it back, and they would be passed over."""

    def __init__(self, records: tuple[str, ...]) -> None:
        super().__init__(
            f"Rights records hold the later one back ({', '.join(records)}); record them of the "
            "other as well, or end them first."
        )
        self.records = records


class LaterVersion(Conflict):
    """The photograph has been given yet another version since."""

    def __init__(self) -> None:
        super().__init__("A later version has come since; undo that choice first.")


def require_free(db: Session, pair: Pair) -> None:
    """Raise ``HeldBack`` where rights records of the newer one alone bound who may see it."""
    holding = _holding(register.facts(db, [pair.newer_id])[pair.newer_id])
    if holding:
        raise HeldBack(holding)


def _holding(facts: Facts) -> tuple[str, ...]:
    bounds = (facts.ceiling, facts.cap, facts.embargo, facts.sensitivity, facts.work)
    return (
        *(one.record for one in bounds if one is not None),
        *(one.record for one in facts.restrictions),
        *(one.record for one in facts.releases),
    )


def make_version(db: Session, archive: Archive, pair: Pair) -> None:
    """Give the older photograph the master of the newer one, in a transaction that is open.

    Raises:
        UnknownPhotograph, CannotMerge, HeldBack
    """
    require_free(db, pair)
    before = catalogue.locked(db, pair.older_id)
    going = aside.Going(pair.newer_id, pair.older_id, How.EARLIER_VERSION)
    aside.stand_for(db, archive, going, pair.chosen_by, pair.group_id)
    masters.exchange(db, pair.newer_id, pair.older_id)
    edit = Edit(pair.chosen_by, archive.now(), pair.group_id)
    _log(db, archive, pair, before.master.sha256, edit)
    now = catalogue.locked(db, pair.older_id)
    save(db, archive, now, _lying_as_before(now.description, pair), edit)
    clear.write_what_follows(db, archive, [pair.newer_id, pair.older_id])


def _lying_as_before(description: Description, pair: Pair) -> Description:
    """Return the description with the turn by which the new file lies as the old one did."""
    if pair.way.mirrored or not pair.way.degrees:
        return description
    turned = description.turn.degrees if description.turn else 0
    degrees = (turned - pair.way.degrees) % 360
    return replace(description, turn=Turn(str(degrees)) if degrees else None)


def _log(db: Session, archive: Archive, pair: Pair, before: str, edit: Edit) -> None:
    after = catalogue.locked(db, pair.older_id).master.sha256
    event = log.Event(archive.now(), edit.by, VERB, "photograph", pair.older_id, field=_FIELD)
    event = replace(event, before=before, after=after, group_id=edit.group)
    log.write(db, replace(event, reverses=edit.reverses))


def unmake_version(db: Session, archive: Archive, pair: Pair, edit: Edit) -> None:
    """Give both their masters back; *edit* reverses the choice. Words edited since stay.

    Raises:
        LaterVersion: the older one has been given another master since.
    """
    older = catalogue.locked(db, pair.older_id)
    made = next(one for one in log.of_group(db, pair.group_id) if one.field == _FIELD)
    if older.master.sha256 != made.after:
        raise LaterVersion
    masters.exchange(db, pair.newer_id, pair.older_id)
    take_back_words(db, archive, pair, edit)  # first: it looks whether an event has undone them
    _log(db, archive, pair, made.after, edit)
    clear.write_what_follows(db, archive, [pair.newer_id, pair.older_id])


def unite_words(db: Session, archive: Archive, pair: Pair) -> None:
    """Merge the newer photograph into the older, whose words are added to, in an open transaction.

    Raises:
        UnknownPhotograph, CannotMerge, HeldBack
    """
    require_free(db, pair)
    newer = catalogue.locked(db, pair.newer_id)
    going = aside.Going(pair.newer_id, pair.older_id, How.MERGED)
    aside.stand_for(db, archive, going, pair.chosen_by, pair.group_id)
    older = catalogue.locked(db, pair.older_id)
    both = united(older.description, newer.description)
    save(db, archive, older, both, Edit(pair.chosen_by, archive.now(), pair.group_id))


def take_back_words(db: Session, archive: Archive, pair: Pair, edit: Edit) -> None:
    """Take back what a choice changed of the words of the older one, unless they changed since."""
    if log.of_edit(db, pair.older_id, pair.group_id):
        with suppress(ChangedMeanwhile, UndoneAlready):
            take_back(db, archive, pair.older_id, pair.group_id, edit)
