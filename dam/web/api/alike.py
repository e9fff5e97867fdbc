"""Pairs of photographs that are alike, and the choices about them."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from dam.records import pairs
from dam.records.likenesses import FoundBy
from dam.rights.facts import Audience
from dam.web.api.answers import Photograph, photograph_shape
from dam.web.api.operation import PREFIX, Body, Call, Operation, Reply
from dam.web.api.shapes import Shape
from dam.workflows import alike
from dam.workflows.alike import Chooser, PairFrames, Seen

_Revision = Annotated[int, Field(ge=1, le=1_000_000_000)]


class Choice(StrEnum):
    """What becomes of the two."""

    SKIP = "skip"
    NEW_VERSION = "new-version"
    KEEP_BOTH = "keep-both"
    MERGE = "merge"


class WhichPairs(Shape):
    """Which page of the pairs that wait, from 1."""

    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class PairSide(Shape):
    """One of the two, as whoever asks may know it, and the revision to choose about."""

    revision: int
    photograph: Photograph


class PairShape(Shape):
    """Two photographs that are alike.

    ``distance`` is in bits of 63, 0 for the same pixels; ``degrees`` (clockwise) and ``mirrored``
    say how the newer file lies beside the older. ``choice`` is null until somebody has chosen.
    """

    newer: PairSide
    older: PairSide
    found_by: FoundBy
    distance: int
    degrees: int
    mirrored: bool
    found_at: datetime
    choice: Choice | None
    chosen_by: str
    chosen_at: datetime | None


class PairList(Shape):
    """A page of the pairs that wait for a choice; ``next`` is the address of the following one."""

    pairs: list[PairShape]
    next: str | None


class Chosen(Shape):
    """A choice, from the revisions of both photographs that were read."""

    choice: Choice
    newer_revision: _Revision
    older_revision: _Revision


def list_pairs(call: Call) -> Reply:
    """Answer a page of the pairs that wait for a choice, found last first."""
    found = alike.waiting(call.archive, call.audience, call.asked(WhichPairs).page)
    following = None
    if found.number < found.pages:
        following = f"{call.origin}{PREFIX}/alike?page={found.number + 1}"
    shapes = [_shape(one, call.origin) for one in found.pairs]
    return Reply(PairList.model_construct(pairs=shapes, next=following))


def read_pair(call: Call) -> Reply:
    """Answer one pair, whatever was chosen about it."""
    found = alike.compared(call.archive, *_ids(call), call.audience)
    return Reply(_shape(found.frames, call.origin))


def choose(call: Call) -> Reply:
    """Do what was chosen, once."""
    taken = call.taken(Chosen)
    seen = Seen(taken.newer_revision, taken.older_revision)
    alike.choose(call.archive, _ids(call), pairs.Choice(taken.choice), seen, _chooser(call))
    return read_pair(call)


def undo(call: Call) -> Reply:
    """Take a choice back."""
    alike.undo(call.archive, *_ids(call), _chooser(call))
    return read_pair(call)


def _ids(call: Call) -> tuple[str, str]:
    return call.word("newer_id"), call.word("older_id")


def _chooser(call: Call) -> Chooser:
    return Chooser(call.by, call.audience)


def _shape(found: PairFrames, origin: str) -> PairShape:
    pair = found.pair
    return PairShape.model_construct(
        newer=_side(found, origin, newer=True),
        older=_side(found, origin, newer=False),
        found_by=pair.found_by,
        distance=pair.distance,
        degrees=pair.way.degrees,
        mirrored=pair.way.mirrored,
        found_at=pair.found_at,
        choice=Choice(pair.choice) if pair.choice else None,
        chosen_by=pair.chosen_by,
        chosen_at=pair.chosen_at,
    )


def _side(found: PairFrames, origin: str, *, newer: bool) -> PairSide:
    told = (found.newer if newer else found.older).told
    return PairSide.model_construct(
        revision=told.photograph.revision, photograph=photograph_shape(told, origin)
    )


_ONE = "/alike/{newer_id}/{older_id}"
OPERATIONS = (
    Operation(
        "listAlike",
        "GET",
        "/alike",
        "List the pairs of photographs that are alike and wait for a choice",
        Audience.STAFF,
        list_pairs,
        PairList,
        query=WhichPairs,
    ),
    Operation(
        "readAlike",
        "GET",
        _ONE,
        "Read a pair of photographs that are alike",
        Audience.STAFF,
        read_pair,
        PairShape,
    ),
    Operation(
        "chooseAlike",
        "POST",
        _ONE,
        "Choose what becomes of two that are alike; a new version and a merge take an editor",
        Audience.STAFF,
        choose,
        PairShape,
        body=Body.JSON,
        takes=Chosen,
    ),
    Operation(
        "undoAlike",
        "POST",
        f"{_ONE}/undo",
        "Take a choice about two that are alike back",
        Audience.STAFF,
        undo,
        PairShape,
    ),
)
