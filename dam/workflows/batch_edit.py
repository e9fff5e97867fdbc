"""Batches: edits of many photographs, previewed, applied piece by piece, undone as one.

A batch is listed, planned, looked at, and applied. Each piece of it is one short transaction that
writes words, events and what became of each photograph together, so that after a crash the next
worker goes on behind the last piece and applies none twice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dam.catalogue import batch_edits
from dam.catalogue.batch_edits import Instruction
from dam.catalogue.changes import apply, changes
from dam.catalogue.edit_fields import WouldNotFit, remark, words_in
from dam.errors import Conflict, Malformed, NotFound
from dam.records import catalogue, edit_batches, queue
from dam.records.base import Session
from dam.records.batch_values import (
    BatchKind,
    BatchState,
    Item,
    ItemState,
    Refusal,
    StoredBatch,
    WordsOf,
)
from dam.records.queue import JobKind
from dam.workflows import linking, sheet_trip
from dam.workflows.archive import Archive
from dam.workflows.choosing import Chosen
from dam.workflows.edits import Edit, UndoneAlready, save, take_back

PIECE = 50
"""Photographs of one transaction."""
_PLANNED_AT_ONCE = 250
_PIECES_OF_A_JOB = 10  # then other people's jobs have their turn
_EDITED_SINCE = "Its words were edited after the preview; it was kept as it is."
_GONE = "There is no photograph of that identifier."


class NotNow(Conflict):
    """The batch is not in a state in which that can be done."""


class EditedSince(Conflict):
    """Somebody edited the photograph between preview and application."""

    def __init__(self) -> None:
        super().__init__(_EDITED_SINCE)


class Nobody(Malformed):
    """No photograph was chosen."""

    def __init__(self) -> None:
        super().__init__("No photograph is chosen; mark some, or choose a list that has some.")


def propose(archive: Archive, chosen: Chosen, instruction: Instruction, by: str) -> str:
    """Write down what is to be done to which photographs, and return the identifier of the batch.

    A job prepares its preview; ``plan`` does it at once.

    Raises:
        Nobody
    """
    batch = StoredBatch(
        id=archive.new_id(),
        kind=BatchKind.EDIT,
        state=BatchState.PLANNING,
        title=f"{instruction.in_words}: {chosen.in_words}",
        made_by=by,
        made_at=archive.now(),
        instruction=batch_edits.written_instruction(instruction),
    )
    found = chosen.identifiers(archive)
    if not found:
        raise Nobody
    with archive.writing.begin() as db:
        edit_batches.add(db, batch)
        edit_batches.add_items(db, batch.id, (Item(n, one) for n, one in enumerate(found, 1)))
        queue.enqueue(db, JobKind.PLAN_BATCH, batch.id, batch.made_at)
    return batch.id


def plan(archive: Archive, batch_id: str, *, most_pieces: int | None = None) -> bool:
    """Prepare the preview of a batch, piece by piece; return whether it is whole.

    Raises:
        UnknownBatch
    """
    while most_pieces is None or most_pieces > 0:
        if not _plan_piece(archive, batch_id):
            return True
        most_pieces = None if most_pieces is None else most_pieces - 1
    return False


def _plan_piece(archive: Archive, batch_id: str) -> bool:
    with archive.reading() as db:
        batch = edit_batches.one(db, batch_id)
        if batch.state is not BatchState.PLANNING:
            return False
        listed = edit_batches.items(db, batch_id, ItemState.LISTED, most=_PLANNED_AT_ONCE)
        words = edit_batches.words_of(db, (item.photograph_id for item in listed))
        firsts = edit_batches.first_positions(db, batch_id, words)
        planned = list(_planned(archive, batch, listed, words, firsts))
    with archive.writing.begin() as db:
        if edit_batches.one(db, batch_id, lock=True).state is not BatchState.PLANNING:
            return False
        edit_batches.write_items(db, batch_id, planned)
        if len(listed) < _PLANNED_AT_ONCE:
            edit_batches.write(db, replace(batch, state=BatchState.PROPOSED))
            return False
    return True


def _planned(
    archive: Archive,
    batch: StoredBatch,
    listed: tuple[Item, ...],
    words: Mapping[str, WordsOf],
    firsts: Mapping[str, int],
) -> Iterator[Item]:
    language = archive.settings.archive_language
    instruction = (
        batch_edits.read_instruction(batch.instruction) if batch.kind is BatchKind.EDIT else None
    )
    for item in listed:
        found = words.get(item.photograph_id)
        if found is None:
            refusal = Refusal("id", item.photograph_id, _GONE)
            yield replace(item, state=ItemState.REFUSED, refusals=(refusal,))
        elif instruction is None:
            yield sheet_trip.planned(item, found, firsts[item.photograph_id], language)
        else:
            yield _instructed(item, found, instruction, language)


def _instructed(item: Item, found: WordsOf, instruction: Instruction, language: str) -> Item:
    """Return what an instruction comes to for one photograph."""
    try:
        after = batch_edits.carried_out(instruction, found.description, language)
    except WouldNotFit as refused:
        refusal = Refusal(str(instruction.target), instruction.words[:80], str(refused))
        return replace(item, state=ItemState.REFUSED, refusals=(refusal,))
    made = changes(found.description, after)
    note = remark(instruction.target, words_in(after, instruction.target)) if made else ""
    state = ItemState.PLANNED if made else ItemState.UNCHANGED
    return replace(item, state=state, revision=found.revision, changes=made, note=note)


def start(archive: Archive, batch_id: str, by: str) -> None:
    """Let a job apply what was previewed; a batch that stopped goes on.

    Raises:
        UnknownBatch
        NotNow: there is no preview, or it was applied or discarded.
    """
    now = archive.now()
    with archive.writing.begin() as db:
        batch = edit_batches.one(db, batch_id, lock=True)
        if batch.state is BatchState.PROPOSED:
            applying = replace(batch, state=BatchState.APPLYING, applied_by=by, applied_at=now)
            edit_batches.write(db, applying)
        elif batch.state is not BatchState.APPLYING:
            raise NotNow(f"This batch is {batch.state}; only what is proposed can be applied.")
        queue.enqueue(db, JobKind.APPLY_BATCH, batch_id, now)


def discard(archive: Archive, batch_id: str) -> None:
    """Lay a batch aside that was not applied; raises ``UnknownBatch``, ``NotNow``."""
    with archive.writing.begin() as db:
        batch = edit_batches.one(db, batch_id, lock=True)
        if batch.state in {BatchState.APPLYING, BatchState.APPLIED}:
            raise NotNow("This batch was applied; undo it instead.")
        edit_batches.write(db, replace(batch, state=BatchState.DISCARDED))


def undo(archive: Archive, batch_id: str, by: str) -> str:
    """Let a job take a whole batch back, and return the identifier of that batch of undoing.

    Raises:
        UnknownBatch
        NotNow: it is not applied yet, or was undone.
    """
    now = archive.now()
    with archive.writing.begin() as db:
        batch = edit_batches.one(db, batch_id, lock=True)
        if batch.state is not BatchState.APPLIED:
            raise NotNow(f"This batch is {batch.state}; only an applied one can be undone.")
        if is_undone(db, batch_id):
            raise NotNow("This batch was undone already; undo the undoing to have it again.")
        back = StoredBatch(
            id=archive.new_id(),
            kind=BatchKind.UNDO,
            state=BatchState.APPLYING,
            title=f"Undo: {batch.title}",
            made_by=by,
            made_at=now,
            applied_by=by,
            applied_at=now,
            reverses=batch_id,
        )
        edit_batches.add(db, back)
        edit_batches.copy_applied(db, batch_id, back.id)
        queue.enqueue(db, JobKind.APPLY_BATCH, back.id, now)
    return back.id


def is_undone(db: Session, batch_id: str) -> bool:
    """Say whether a batch has been undone, and that undoing stands."""
    back = edit_batches.undoing(db, [batch_id]).get(batch_id)
    return back is not None and not is_undone(db, back.id)


def run(archive: Archive, batch_id: str) -> None:
    """Apply some pieces of a batch, and let another job go on with what is left.

    Raises:
        UnknownBatch
    """
    for _ in range(_PIECES_OF_A_JOB):
        if not _apply_piece(archive, batch_id):
            return
    with archive.writing.begin() as db:
        queue.enqueue(db, JobKind.APPLY_BATCH, batch_id, archive.now())


def _apply_piece(archive: Archive, batch_id: str) -> bool:
    """Apply one piece in one transaction; return whether there may be more."""
    now = archive.now()
    with archive.writing.begin() as db:
        batch = edit_batches.one(db, batch_id, lock=True)
        if batch.state is not BatchState.APPLYING:
            return False
        waiting = edit_batches.items(db, batch_id, ItemState.PLANNED, most=PIECE)
        edit = Edit(batch.applied_by, now, batch.id)
        done = [_done(db, archive, batch, item, edit) for item in waiting]
        edit_batches.write_items(db, batch_id, done)
        if len(waiting) < PIECE:
            ended = replace(batch, state=BatchState.APPLIED, finished_at=now)
            edit_batches.write(db, ended)
    archive.edits.advance()
    return len(waiting) == PIECE


def _done(db: Session, archive: Archive, batch: StoredBatch, item: Item, edit: Edit) -> Item:
    """Return what became of one photograph; one that cannot be changed stops no other."""
    try:
        if batch.reverses is None:
            _change(db, archive, item, edit)
        else:
            take_back(db, archive, item.photograph_id, batch.reverses, edit)
    except UndoneAlready as error:
        return replace(item, state=ItemState.UNCHANGED, note=str(error))
    except (Conflict, Malformed, NotFound) as error:
        return replace(item, state=ItemState.CONFLICT, note=str(error))
    return replace(item, state=ItemState.APPLIED)


def _change(db: Session, archive: Archive, item: Item, edit: Edit) -> None:
    before = catalogue.locked(db, item.photograph_id)
    if before.revision != item.revision:
        raise EditedSince
    wanted = apply(before.description, item.changes)
    after = linking.known(db, wanted, before.description)
    save(db, archive, before, after, edit)
