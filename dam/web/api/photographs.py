"""Photographs: the list, one, and files that come in."""

from collections.abc import Iterator
from enum import StrEnum
from urllib.parse import urlencode

from dam.catalogue.text import clean
from dam.errors import TooLarge, Unavailable, Unsupported
from dam.records.desk import Waiting
from dam.rights.facts import Audience
from dam.web.api import answers
from dam.web.api.operation import PREFIX, Body, Call, Operation, Reply
from dam.web.api.shapes import Identifier, Line, Paged, Shape, read_mark, written_mark
from dam.workflows import browse, ingest, listing
from dam.workflows.batch import Options, make_batch
from dam.workflows.ingest import Outcome, State


class WaitingWord(StrEnum):
    """Which photographs: all, those without a caption, drafts, or the published ones."""

    ALL = "all"
    NO_CAPTION = "no caption"
    DRAFT = "draft"
    PUBLISHED = "published"


class Wanted(Paged):
    """Which photographs are asked for."""

    show: WaitingWord = WaitingWord.PUBLISHED
    series: Identifier | None = None


class Sent(Shape):
    """What is said of a file that is sent."""

    name: Line = "photograph"
    series: Line = ""


class NotTakenIn(Unsupported):
    """The file cannot be taken in and is kept aside; the sentence says why."""


class TooManyBytes(TooLarge):
    """The file is larger than this archive takes in."""


class NotNow(Unavailable):
    """The file is not at fault, and cannot be taken in now."""


def list_photographs(call: Call) -> Reply:
    """Answer a page of photographs, newest first."""
    query = call.asked(Wanted)
    wanted = listing.Wanted(
        Waiting(query.show.value), query.series or "", read_mark(query.after), query.limit
    )
    found = listing.photographs(call.archive, wanted, call.audience)
    following = written_mark(found.next)
    return Reply(
        answers.PhotographList.model_construct(
            photographs=[answers.photograph_shape(one, call.origin) for one in found.photographs],
            next=next_page(call, "/photographs", query, following),
        )
    )


def next_page(call: Call, path: str, query: Shape, following: str | None) -> str | None:
    """Return the address of the next page, with all that this one was asked for."""
    if following is None:
        return None
    asked = query.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return f"{call.origin}{PREFIX}{path}?{urlencode(asked | {'after': following})}"


def one_photograph(call: Call) -> Reply:
    """Answer one photograph as its page shows it."""
    found = browse.photograph(call.archive, call.word("photograph_id"), call.audience)
    return Reply(answers.photograph_shape(found.told, call.origin))


def send_photograph(call: Call) -> Reply:
    """Take a file in; the same bytes twice are one photograph, so that sending again is safe."""
    sent = call.asked(Sent)
    name = clean(sent.name, multiline=False) or "photograph"
    language = call.archive.settings.archive_language
    options = Options(by=call.by, language=language, series=sent.series or None)
    batch = make_batch(options, [name], None, None)
    return _outcome(call, ingest.take_in(call.archive, name, _some(call.stream()), batch))


def _some(chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield from chunks


def _outcome(call: Call, outcome: Outcome) -> Reply:
    if outcome.state is State.FAILED:
        raise NotNow(outcome.reason)
    if outcome.id is None:
        raise NotTakenIn(outcome.reason) if outcome.refused_id else TooManyBytes(outcome.reason)
    taken = outcome.state is State.TAKEN_IN
    shape = answers.FileOutcome.model_construct(
        state=outcome.state.value,
        photograph=outcome.id,
        reason=outcome.reason,
        notes=list(outcome.notes),
    )
    location = f"{call.origin}{PREFIX}/photographs/{outcome.id}"
    return Reply(shape, status=201 if taken else 200, location=location)


def list_refused(call: Call) -> Reply:
    """Answer the files that are kept aside."""
    return Reply(
        answers.RefusedList.model_construct(
            refused=[
                answers.RefusedShape.model_construct(
                    id=one.id,
                    name=one.name,
                    reason=one.reason,
                    size_bytes=one.size_bytes,
                    received_at=one.received_at,
                    tries=one.tries,
                )
                for one in listing.refused_files(call.archive)
            ]
        )
    )


def retry_refused(call: Call) -> Reply:
    """Take a file that is kept aside in once more."""
    return _outcome(call, ingest.try_again(call.archive, call.word("refused_id"), call.by))


_ONE = "/photographs/{photograph_id}"
OPERATIONS = (
    Operation(
        "listPhotographs",
        "GET",
        "/photographs",
        "List photographs, newest first",
        Audience.PUBLIC,
        list_photographs,
        answers.PhotographList,
        query=Wanted,
        refusals=frozenset({403}),
    ),
    Operation(
        "readPhotograph",
        "GET",
        _ONE,
        "Read one photograph as its page shows it",
        Audience.PUBLIC,
        one_photograph,
        answers.Photograph,
        refusals=frozenset({410}),
    ),
    Operation(
        "sendPhotograph",
        "POST",
        "/photographs",
        "Send the bytes of a photograph; the same bytes twice are one photograph",
        Audience.STAFF,
        send_photograph,
        answers.FileOutcome,
        status=201,
        also=(200,),
        query=Sent,
        body=Body.FILE,
        refusals=frozenset({503}),
    ),
    Operation(
        "listRefusedFiles",
        "GET",
        "/refused",
        "List the files that could not be taken in",
        Audience.STAFF,
        list_refused,
        answers.RefusedList,
    ),
    Operation(
        "retryRefusedFile",
        "POST",
        "/refused/{refused_id}/retry",
        "Take a refused file in once more",
        Audience.STAFF,
        retry_refused,
        answers.FileOutcome,
        status=201,
        also=(200,),
        refusals=frozenset({413, 415, 503}),
    ),
)
