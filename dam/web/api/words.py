"""The words of a photograph: read, edited from a revision, undone; repairs and captions."""

from dataclasses import replace

from dam.catalogue.captions import Caption
from dam.catalogue.text import language_tag
from dam.records.values import StoredPhotograph
from dam.rights.facts import Audience
from dam.web.api import answers
from dam.web.api.operation import Body, Call, Operation, Reply
from dam.web.api.shapes import Shape
from dam.web.api.word_shapes import (
    CaptionShape,
    WordsChanged,
    changed,
    description_of,
    words_of,
)
from dam.workflows import describe, desk, edit_words


class Answered(Shape):
    """Whether a proposed repair is made, or the text kept as it is."""

    accept: bool


def stored(call: Call) -> StoredPhotograph:
    """Return the photograph of the address, about which the decision was asked."""
    return desk.one(call.archive, call.word("photograph_id"), call.audience).photograph


def read_words(call: Call) -> Reply:
    """Answer the words with their revision."""
    photograph = stored(call)
    open_repairs = describe.open_repairs(call.archive, photograph.id)
    found = photograph.description
    shape = answers.WordsRead.model_construct(
        photograph=photograph.id,
        revision=photograph.revision,
        words=words_of(found),
        turn=found.turn.degrees if found.turn else 0,
        mark=found.mark,
        recto=found.recto_id,
        repairs=[answers.repair_shape(one) for one in open_repairs],
    )
    return Reply(shape, revision=photograph.revision)


def change_words(call: Call) -> Reply:
    """Change what is named, from the revision that was read."""
    photograph, patch = stored(call), call.taken(WordsChanged)
    before = photograph.description
    after = description_of(changed(words_of(before), patch))
    after = replace(after, turn=before.turn, mark=before.mark, recto_id=before.recto_id)
    if "places" not in patch.model_fields_set:
        after = edit_words.with_places_read(call.archive, before, after)
    edit_words.edit_words(call.archive, photograph.id, call.revision, after, call.by)
    return read_words(call)


def undo(call: Call) -> Reply:
    """Take back the newest edit."""
    describe.undo(call.archive, stored(call).id, call.by)
    return read_words(call)


def answer_repair(call: Call) -> Reply:
    """Accept a proposed repair, or keep the text as it is."""
    accept = call.taken(Answered).accept
    one = stored(call).id
    describe.settle(call.archive, one, call.number("number"), accept=accept, by=call.by)
    return read_words(call)


def keep_caption(call: Call) -> Reply:
    """Keep a caption beside the preferred one of its language."""
    given = call.taken(CaptionShape)
    caption = Caption(
        language_tag(given.language), given.text, given.author, given.source, given.date_text
    )
    describe.keep_caption(call.archive, stored(call).id, caption, call.by)
    return read_words(call)


def prefer_caption(call: Call) -> Reply:
    """Make another caption the preferred one."""
    one, number = stored(call).id, call.number("number")
    describe.prefer(call.archive, one, number, call.by, revision=call.revision)
    return read_words(call)


def remove_caption(call: Call) -> Reply:
    """Remove another caption."""
    one, number = stored(call).id, call.number("number")
    describe.remove_caption(call.archive, one, number, call.by, revision=call.revision)
    return read_words(call)


def read_events(call: Call) -> Reply:
    """Answer what was done."""
    one = stored(call).id
    shapes = [answers.event_shape(event) for event in desk.events(call.archive, one)]
    return Reply(answers.Events.model_construct(photograph=one, events=shapes))


_ONE = "/photographs/{photograph_id}"
_READ = answers.WordsRead
_STAFF = Audience.STAFF
OPERATIONS = (
    Operation(
        "readWords",
        "GET",
        f"{_ONE}/words",
        "Read the words in their full structure, with their revision",
        _STAFF,
        read_words,
        _READ,
        tagged=True,
    ),
    Operation(
        "changeWords",
        "PATCH",
        f"{_ONE}/words",
        "Change the fields that are named (RFC 7396), from the revision that was read",
        _STAFF,
        change_words,
        _READ,
        body=Body.MERGE,
        takes=WordsChanged,
        if_match=True,
        tagged=True,
    ),
    Operation(
        "undoEdit",
        "POST",
        f"{_ONE}/undo",
        "Take back the newest edit that still stands",
        _STAFF,
        undo,
        _READ,
        tagged=True,
    ),
    Operation(
        "answerRepair",
        "POST",
        f"{_ONE}/repairs/{{number}}",
        "Accept a proposed repair, or keep the text as it is",
        _STAFF,
        answer_repair,
        _READ,
        body=Body.JSON,
        takes=Answered,
        tagged=True,
    ),
    Operation(
        "keepCaption",
        "POST",
        f"{_ONE}/captions",
        "Keep a caption beside the preferred one of its language",
        _STAFF,
        keep_caption,
        _READ,
        body=Body.JSON,
        takes=CaptionShape,
        tagged=True,
    ),
    Operation(
        "preferCaption",
        "POST",
        f"{_ONE}/captions/{{number}}/prefer",
        "Make another caption, by its number from 0, the preferred one",
        _STAFF,
        prefer_caption,
        _READ,
        if_match=True,
        tagged=True,
    ),
    Operation(
        "removeCaption",
        "DELETE",
        f"{_ONE}/captions/{{number}}",
        "Remove another caption, by its number from 0",
        _STAFF,
        remove_caption,
        _READ,
        if_match=True,
        tagged=True,
    ),
    Operation(
        "readEvents",
        "GET",
        f"{_ONE}/events",
        "Read what was done, by whom, from what to what",
        _STAFF,
        read_events,
        answers.Events,
    ),
)
