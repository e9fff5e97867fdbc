"""Authorities: records of people, organisations and places; made, named, merged, and undone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dam.catalogue.authorities import (
    Authority,
    AuthorityKind,
    AuthorityName,
    renamed,
    separated,
    united,
    with_variant,
)
from dam.catalogue.authority_changes import (
    changed_authority,
    changes_of_authority,
    overwritten,
)
from dam.catalogue.fields import reverse
from dam.catalogue.text import clean
from dam.errors import Conflict, Malformed, NotFound
from dam.records import authorities, links, log
from dam.records.authorities import StoredAuthority
from dam.records.base import Session
from dam.workflows.archive import Archive

_SUBJECT = "authority"
_MERGED, _SEPARATED = "merged", "separated"


class NotMerged(NotFound):
    """The record is not merged into another."""

    def __init__(self) -> None:
        super().__init__("This record is not merged into another; there is nothing to undo.")


class MergedAway(Conflict):
    """The record was merged into another, which is the one to be edited."""

    def __init__(self, into: str) -> None:
        self.into = into
        super().__init__("This record was merged into another; edit that one, or undo the merge.")


class CannotMerge(Malformed):
    """The two records cannot be one."""


class NothingToUndo(NotFound):
    """No edit of this record is left to be undone."""

    def __init__(self) -> None:
        super().__init__("There is no edit of this record left to undo.")


@dataclass(frozen=True, slots=True)
class Found:
    """A record in a list, told apart from others of its name by the larger place and the dates."""

    id: str
    kind: AuthorityKind
    name: str
    beside: str


def search(
    archive: Archive, kinds: Sequence[AuthorityKind], words: str, *languages: str
) -> tuple[Found, ...]:
    """Return the records whose names begin with *words*, for the list that opens while typing."""
    with archive.reading() as db:
        found = authorities.search(db, kinds, words)
        parents = authorities.parents_of(db, found)
    return tuple(
        Found(
            one.id,
            one.kind,
            one.name(*languages),
            parents[one.parent_id].name(*languages) if one.parent_id in parents else one.life_dates,
        )
        for one in found
    )


def one(archive: Archive, authority_id: str) -> StoredAuthority:
    """Return a record as it is; raises ``UnknownAuthority``."""
    with archive.reading() as db:
        return authorities.authority(db, authority_id)


def create(archive: Archive, authority: Authority, by: str) -> str:
    """Write a new record and return the identifier it is given; its own is not looked at.

    Raises:
        UnknownAuthority: the larger place is not there.
    """
    identifier = archive.new_id()
    with archive.writing.begin() as db:
        _check_parent(db, authority)
        authorities.add(db, replace(authority, id=identifier), archive.now())
        event = _event(archive, identifier, "added", by)
        log.write(db, replace(event, after=authority.names[0].name))
    return identifier


def _check_parent(db: Session, authority: Authority) -> None:
    if authority.parent_id:
        authorities.authority(db, authority.parent_id)


def edit(archive: Archive, revision: int, authority: Authority, by: str) -> int:
    """Write a record that was read at *revision* and return its new one.

    Raises:
        UnknownAuthority, MergedAway
        AuthorityConflict: somebody else saved since; nothing is written.
    """
    with archive.writing.begin() as db:
        before = authorities.check_revision(db, authority.id, revision)
        _check_parent(db, authority)
        return _write(db, archive, before, authority, by) or revision


def rename(archive: Archive, authority_id: str, name: AuthorityName, by: str) -> None:
    """Give a record another preferred name in the name's language; the old one is kept.

    Raises:
        UnknownAuthority, MergedAway
    """
    with archive.writing.begin() as db:
        before = authorities.authority(db, authority_id, lock=True).authority
        _write(db, archive, before, renamed(before, _cleaned(name)), by)


def add_variant(archive: Archive, authority_id: str, name: AuthorityName, by: str) -> None:
    """Give a record one name more, by which it is found.

    Raises:
        UnknownAuthority, MergedAway
    """
    with archive.writing.begin() as db:
        before = authorities.authority(db, authority_id, lock=True).authority
        _write(db, archive, before, with_variant(before, _cleaned(name)), by)


def _cleaned(name: AuthorityName) -> AuthorityName:
    return replace(name, name=clean(name.name, multiline=False))


def _write(
    db: Session, archive: Archive, before: Authority, after: Authority, by: str
) -> int | None:
    """Write what differs with an event for each field; None is nothing to write."""
    if before.merged_into:
        raise MergedAway(before.merged_into)
    made = changes_of_authority(before, after)
    if not made:
        return None
    event = _event(archive, before.id, "edited", by)
    log.write_changes(db, replace(event, group_id=archive.new_id()), made)
    return authorities.write(db, after)


def undo(archive: Archive, authority_id: str, by: str) -> None:
    """Take back the newest edit of a record that still stands, as a new edit.

    Raises:
        UnknownAuthority, MergedAway, NothingToUndo, WordsErased
        ChangedMeanwhile: a field no longer says what that edit made it say.
    """
    with archive.writing.begin() as db:
        before = authorities.authority(db, authority_id, lock=True).authority
        if before.merged_into:
            raise MergedAway(before.merged_into)
        events = log.last_edit(db, authority_id, _SUBJECT)
        if not events:
            raise NothingToUndo
        made = reverse(map(log.change_told, events))
        authorities.write(db, changed_authority(before, made))
        event = _event(archive, authority_id, "undone", by)
        event = replace(event, group_id=archive.new_id(), reverses=events[0].group_id)
        log.write_changes(db, event, made)


def merge(archive: Archive, authority_id: str, into: str, by: str) -> int:
    """Merge a record into another and return how many links were moved.

    The record stays under its identifier and says what took its place; its names and numbers go
    to the other one.

    Raises:
        UnknownAuthority, MergedAway
        CannotMerge: it is the same record, or one is a place and the other is not.
    """
    group = archive.new_id()
    with archive.writing.begin() as db:
        gone = authorities.authority(db, authority_id, lock=True).authority
        kept = authorities.authority(db, into, lock=True).authority
        _check_merge(db, gone, kept)
        moved = links.move(db, gone.id, kept.id, group)
        after = united(kept, gone)
        event = replace(_event(archive, gone.id, _MERGED, by), group_id=group)
        log.write(db, replace(event, after=kept.id))
        log.write_changes(db, replace(event, subject_id=kept.id), changes_of_authority(kept, after))
        authorities.write(db, after)
        authorities.write(db, replace(gone, merged_into=kept.id))
    archive.edits.advance()
    return moved


def _check_merge(db: Session, gone: Authority, kept: Authority) -> None:
    for record in (gone, kept):
        if record.merged_into:
            raise MergedAway(record.merged_into)
    if gone.id == kept.id:
        raise CannotMerge("A record cannot be merged into itself; choose the other one.")
    if gone.kind.acts is not kept.kind.acts:
        raise CannotMerge("A place cannot be a person; choose two records of one kind.")
    above = (*authorities.ancestors(db, kept.id), *authorities.ancestors(db, gone.id))
    if gone.id in above or kept.id in above:
        raise CannotMerge("The one place lies in the other; they cannot be the same place.")


def undo_merge(archive: Archive, authority_id: str, by: str) -> int:
    """Let a merged record stand for itself again and return how many links went back to it.

    Links that somebody has changed since stay where they are, and so does what was written of the
    other record since.

    Raises:
        UnknownAuthority
        NotMerged: it stands for itself.
        MergedAway: the other record was merged further; that is undone first.
    """
    group = archive.new_id()
    with archive.writing.begin() as db:
        gone = authorities.authority(db, authority_id, lock=True).authority
        if not gone.merged_into:
            raise NotMerged
        kept = authorities.authority(db, gone.merged_into, lock=True).authority
        if kept.merged_into:
            raise MergedAway(kept.merged_into)
        merged = log.newest(db, _SUBJECT, gone.id, _MERGED)
        merged_group = merged.group_id if merged else ""
        back = links.move_back(db, kept.id, gone.id, merged_group)
        authorities.write(db, replace(gone, merged_into=""))
        event = _event(archive, gone.id, _SEPARATED, by)
        event = replace(event, group_id=group, reverses=merged_group)
        log.write(db, replace(event, before=kept.id))
        _take_back_facts(db, kept, merged_group, replace(event, subject_id=kept.id))
    archive.edits.advance()
    return back


def _take_back_facts(db: Session, kept: Authority, merged_group: str, event: log.Event) -> None:
    """Take from *kept* the names and numbers that the merge brought, and nothing else."""
    made = [
        log.change_told(one) for one in log.of_group(db, merged_group) if one.subject_id == kept.id
    ]
    before, after = overwritten(kept, reverse(made)), overwritten(kept, made)
    now = separated(kept, before, after)
    log.write_changes(db, event, changes_of_authority(kept, now))
    authorities.write(db, now)


def _event(archive: Archive, authority_id: str, verb: str, by: str) -> log.Event:
    return log.Event(archive.now(), by, verb, _SUBJECT, authority_id)
