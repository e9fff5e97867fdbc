"""Frames: turned, marked, linked to their backs, and filled from a template."""

from typing import Annotated

from pydantic import Field

from dam.catalogue import frames as kinds
from dam.rights.facts import Audience
from dam.web.api import answers
from dam.web.api.operation import Body, Call, Operation, Reply
from dam.web.api.shapes import Identifier, Name, Shape
from dam.web.api.words import read_words, stored
from dam.workflows import frames

_Quarters = Annotated[int, Field(ge=1, le=3)]


class Turned(Shape):
    """By how many quarters of a turn, clockwise."""

    quarters: _Quarters


class Marked(Shape):
    """Picked, rejected, or neither."""

    mark: kinds.Mark | None


class BackOf(Shape):
    """The photograph of whose print it is the back, or none."""

    recto: Identifier | None


class FilledFrom(Shape):
    """The name of a template."""

    template: Name


def turn(call: Call) -> Reply:
    """Turn the picture."""
    frames.turn(call.archive, stored(call).id, call.taken(Turned).quarters, call.by)
    return read_words(call)


def mark(call: Call) -> Reply:
    """Pick or reject it, or neither."""
    frames.mark(call.archive, stored(call).id, call.taken(Marked).mark, call.by)
    return read_words(call)


def link_back(call: Call) -> Reply:
    """Say whose back it is."""
    frames.link_back(call.archive, stored(call).id, call.taken(BackOf).recto, call.by)
    return read_words(call)


def fill(call: Call) -> Reply:
    """Put the words of a template where there are none."""
    name = call.taken(FilledFrom).template
    frames.fill_from_template(call.archive, stored(call).id, name, call.by)
    return read_words(call)


def _edit(name: str, method: str, tail: str, summary: str, takes: type[Shape]) -> Operation:
    run = {"turn": turn, "mark": mark, "recto": link_back, "fill": fill}[tail]
    return Operation(
        name,
        method,
        f"/photographs/{{photograph_id}}/{tail}",
        summary,
        Audience.STAFF,
        run,
        answers.WordsRead,
        body=Body.JSON,
        takes=takes,
        tagged=True,
    )


OPERATIONS = (
    _edit("turnPhotograph", "POST", "turn", "Turn a picture by quarters, clockwise", Turned),
    _edit("markPhotograph", "PUT", "mark", "Pick or reject a frame, or take the mark away", Marked),
    _edit("linkBack", "PUT", "recto", "Say of whose print a photograph is the back", BackOf),
    _edit(
        "fillWords", "POST", "fill", "Put the words of a template where there are none", FilledFrom
    ),
)
