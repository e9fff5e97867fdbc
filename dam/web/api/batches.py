"""Batches: edits of many photographs, previewed, applied by jobs, undone as one."""

from urllib.parse import urlencode

from dam.catalogue.batch_edits import BadInstruction, Instruction
from dam.catalogue.change_words import value_in_words
from dam.catalogue.edit_fields import read_target
from dam.records.batch_values import Item
from dam.rights.facts import Audience
from dam.web.api.batch_shapes import (
    BatchItem,
    BatchItems,
    BatchList,
    BatchShape,
    ChangeShape,
    Counts,
    NewBatch,
    RefusalShape,
    WhichBatches,
    WhichItems,
)
from dam.web.api.finding import query_asked
from dam.web.api.finding_shapes import Asked
from dam.web.api.operation import PREFIX, Body, Call, Operation, Reply
from dam.workflows import batch_edit, batch_views, edits
from dam.workflows.batch_views import BatchSummary, BatchView
from dam.workflows.choosing import Chosen, Marked, Searched

_PIECES_AT_ONCE = 2  # a small batch is previewed at once; a job prepares a large one


class WhichPhotographs(BadInstruction):
    """The photographs are named twice, or not at all."""

    def __init__(self) -> None:
        super().__init__("Send either “photographs” or “search”; they say which are meant.")


def list_batches(call: Call) -> Reply:
    """Answer a page of batches, newest first."""
    found, number, count = batch_views.summaries(call.archive, call.asked(WhichBatches).page)
    following = _page(call, "/batches", {}, number) if number < count else None
    batches = [_shape(call, one) for one in found]
    return Reply(BatchList.model_construct(batches=batches, next=following))


def propose(call: Call) -> Reply:
    """Write a batch down and prepare its preview; nothing is changed yet."""
    new, language = call.taken(NewBatch), call.archive.settings.archive_language
    instruction = Instruction(
        action=new.action,
        target=read_target(new.field, language),
        words=new.words,
        find=new.find,
        whole_words=new.whole_words,
        match_case=new.match_case,
        between=new.between,
        source=None if new.source is None else read_target(new.source, language),
        only_empty=new.only_empty,
    )
    return prepared(
        call, batch_edit.propose(call.archive, _chosen(call, new), instruction, call.by)
    )


def _chosen(call: Call, new: NewBatch) -> Chosen:
    match new.photographs, new.search:
        case list() as named, None:
            return Marked(tuple(named))
        case None, Asked() as asked:
            return Searched(query_asked(asked), call.audience)
        case _:
            raise WhichPhotographs


def prepared(call: Call, batch_id: str) -> Reply:
    """Answer a batch that was just made, with the preview of a small one."""
    batch_edit.plan(call.archive, batch_id, most_pieces=_PIECES_AT_ONCE)
    found = _one(call, batch_id)
    return Reply(found, location=f"{call.origin}{PREFIX}/batches/{batch_id}")


def one_batch(call: Call) -> Reply:
    """Answer one batch."""
    return Reply(_one(call, call.word("batch_id")))


def _one(call: Call, batch_id: str) -> BatchShape:
    return _shape(call, batch_views.view(call.archive, batch_id, "", 1).summary)


def _shape(call: Call, one: BatchSummary) -> BatchShape:
    batch = one.batch
    return BatchShape.model_construct(
        id=batch.id,
        title=batch.title,
        kind=batch.kind,
        state=batch.state,
        made_by=batch.made_by,
        made_at=batch.made_at,
        applied_by=batch.applied_by,
        applied_at=batch.applied_at,
        finished_at=batch.finished_at,
        reverses=batch.reverses,
        undone=one.undone,
        failure=one.failure,
        refused_rows=one.refused,
        counts=Counts.model_validate({state.value: n for state, n in one.counts.items()}),
        photographs=f"{call.origin}{PREFIX}{_items(batch.id)}",
    )


def _items(batch_id: str) -> str:
    return f"/batches/{batch_id}/photographs"


def list_items(call: Call) -> Reply:
    """Answer a page of what a batch means for its photographs."""
    wanted, batch_id = call.asked(WhichItems), call.word("batch_id")
    state = wanted.state.value if wanted.state else ""
    found = batch_views.view(call.archive, batch_id, state, wanted.page)
    asked = {"state": state} if state else {}
    more = found.number < found.pages
    following = _page(call, _items(batch_id), asked, found.number) if more else None
    items = [_item(found, one) for one in found.items]
    return Reply(BatchItems.model_construct(photographs=items, next=following))


def _page(call: Call, path: str, asked: dict[str, str], number: int) -> str:
    return f"{call.origin}{PREFIX}{path}?{urlencode(asked | {'page': str(number + 1)})}"


def _item(found: BatchView, item: Item) -> BatchItem:
    words = found.words.get(item.photograph_id)
    return BatchItem.model_construct(
        photograph=item.photograph_id,
        name=words.name if words else "",
        state=item.state,
        changes=[
            ChangeShape.model_construct(
                field=str(one.field),
                language=one.language or "",
                before=value_in_words(one.before),
                after=value_in_words(one.after),
            )
            for one in item.changes
        ],
        refusals=[
            RefusalShape.model_construct(column=one.column, value=one.value, reason=one.sentence)
            for one in item.refusals
        ],
        note=item.note,
    )


def apply_batch(call: Call) -> Reply:
    """Let a job apply what was previewed."""
    batch_edit.start(call.archive, call.word("batch_id"), call.by)
    return one_batch(call)


def discard_batch(call: Call) -> Reply:
    """Lay a batch aside that was not applied."""
    batch_edit.discard(call.archive, call.word("batch_id"))
    return one_batch(call)


def undo_batch(call: Call) -> Reply:
    """Let a job take a whole batch back; the answer is the batch of undoing."""
    back = batch_edit.undo(call.archive, call.word("batch_id"), call.by)
    return Reply(_one(call, back), location=f"{call.origin}{PREFIX}/batches/{back}")


def undo_one(call: Call) -> Reply:
    """Take back any one edit of a photograph."""
    edits.undo_edit(call.archive, call.word("photograph_id"), call.word("edit_id"), call.by)
    return Reply()


_STAFF, _ONE = Audience.STAFF, "/batches/{batch_id}"
OPERATIONS = (
    Operation(
        "listBatches",
        "GET",
        "/batches",
        "List edits of many photographs, newest first",
        _STAFF,
        list_batches,
        BatchList,
        query=WhichBatches,
    ),
    Operation(
        "proposeBatch",
        "POST",
        "/batches",
        "Prepare an edit of many photographs; nothing is changed before it is applied",
        _STAFF,
        propose,
        BatchShape,
        status=201,
        body=Body.JSON,
        takes=NewBatch,
    ),
    Operation("readBatch", "GET", _ONE, "Read one batch", _STAFF, one_batch, BatchShape),
    Operation(
        "listBatchPhotographs",
        "GET",
        f"{_ONE}/photographs",
        "Read what a batch means for its photographs, before and after",
        _STAFF,
        list_items,
        BatchItems,
        query=WhichItems,
    ),
    Operation(
        "applyBatch",
        "POST",
        f"{_ONE}/apply",
        "Let a job apply a batch",
        _STAFF,
        apply_batch,
        BatchShape,
        status=202,
    ),
    Operation(
        "discardBatch",
        "POST",
        f"{_ONE}/discard",
        "Lay a batch aside that was not applied",
        _STAFF,
        discard_batch,
        BatchShape,
    ),
    Operation(
        "undoBatch",
        "POST",
        f"{_ONE}/undo",
        "Let a job take a whole batch back",
        _STAFF,
        undo_batch,
        BatchShape,
        status=202,
    ),
    Operation(
        "undoOneEdit",
        "POST",
        "/photographs/{photograph_id}/edits/{edit_id}/undo",
        "Take back any one edit of a photograph",
        _STAFF,
        undo_one,
        status=204,
    ),
)
