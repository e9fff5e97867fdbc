"""Series: their list, their words, and their frames in order."""

from typing import Annotated

from pydantic import Field

from dam.catalogue.fields import SeriesField
from dam.catalogue.series_words import SeriesDescription, SeriesText
from dam.catalogue.text import language_tag
from dam.records.values import StoredSeries
from dam.rights.facts import Audience
from dam.web.api.operation import PREFIX, Body, Call, Operation, Reply
from dam.web.api.photographs import next_page
from dam.web.api.shapes import (
    Identifier,
    InLanguage,
    Name,
    Paged,
    Shape,
    Tag,
    Text,
    read_mark,
    written_mark,
)
from dam.web.api.word_shapes import Notices, NoticeShape, Texts, notice_shapes, notices_of
from dam.workflows import arrange, listing, series_desk
from dam.workflows.listing import ListedSeries


class Series(Shape):
    """A series with those of its frames that whoever asks may know."""

    id: str
    title: list[InLanguage]
    introduction: list[InLanguage]
    notices: list[NoticeShape]
    frames: list[str]
    page: str
    manifest: str


class SeriesList(Shape):
    """A page of series; ``next`` is the address of the following one."""

    series: list[Series]
    next: str | None


class SeriesWords(Shape):
    """What can be written of a series."""

    language: Tag
    title: Texts
    introduction: Texts = {}
    notices: Notices = []
    frames: Annotated[list[Identifier], Field(max_length=10_000)] = []


class SeriesRead(Shape):
    """The words of a series with their revision."""

    series: str
    revision: int
    words: SeriesWords


class NewSeries(Shape):
    """What a series begins with."""

    title: Name
    language: Tag
    introduction: Text = ""


def list_series(call: Call) -> Reply:
    """Answer a page of series, newest first."""
    query = call.asked(Paged)
    found = listing.series(call.archive, call.audience, read_mark(query.after), query.limit)
    shapes = [_shape(one, call.origin) for one in found.series]
    following = next_page(call, "/series", query, written_mark(found.next))
    return Reply(SeriesList.model_construct(series=shapes, next=following))


def _shape(one: ListedSeries, origin: str) -> Series:
    words = one.series.description
    return Series.model_construct(
        id=one.series.id,
        title=_texts(words, SeriesField.SERIES_TITLE),
        introduction=_texts(words, SeriesField.INTRODUCTION),
        notices=notice_shapes(words.notices),
        frames=list(one.frames),
        page=f"{origin}/p/{one.series.id}",
        manifest=f"{origin}/manifests/3/{one.series.id}/manifest.json",
    )


def _texts(words: SeriesDescription, field: SeriesField) -> list[InLanguage]:
    return [InLanguage.model_construct(language=tag, text=text) for tag, text in words.words(field)]


def one_series(call: Call) -> Reply:
    """Answer one series."""
    found = listing.one_series(call.archive, call.word("series_id"), call.audience)
    return Reply(_shape(found, call.origin))


def create_series(call: Call) -> Reply:
    """Begin a series without frames."""
    new = call.taken(NewSeries)
    made = series_desk.create(
        call.archive,
        new.title,
        call.by,
        language=language_tag(new.language),
        introduction=new.introduction,
    )
    found = listing.one_series(call.archive, made, call.audience)
    return Reply(_shape(found, call.origin), location=f"{call.origin}{PREFIX}/series/{made}")


def read_series(call: Call) -> Reply:
    """Answer the words and all frames, for those who arrange them."""
    found = listing.one_series(call.archive, call.word("series_id"), call.audience).series
    return Reply(_read(found), revision=found.revision)


def _read(found: StoredSeries) -> SeriesRead:
    words = found.description
    return SeriesRead.model_construct(
        series=found.id,
        revision=found.revision,
        words=SeriesWords.model_construct(
            language=words.language,
            title=dict(words.words(SeriesField.SERIES_TITLE)),
            introduction=dict(words.words(SeriesField.INTRODUCTION)),
            notices=notice_shapes(words.notices),
            frames=list(words.frames),
        ),
    )


def write_series(call: Call) -> Reply:
    """Write the words and the frames of a series, from the revision that was read."""
    given = call.taken(SeriesWords)
    texts = [
        SeriesText(field, language_tag(tag), text)
        for field, texts in (
            (SeriesField.SERIES_TITLE, given.title),
            (SeriesField.INTRODUCTION, given.introduction),
        )
        for tag, text in texts.items()
    ]
    description = SeriesDescription(
        language_tag(given.language), tuple(texts), tuple(given.frames), notices_of(given.notices)
    )
    arrange.arrange(call.archive, call.word("series_id"), call.revision, description, call.by)
    return read_series(call)


def undo_series(call: Call) -> Reply:
    """Take back the newest edit of a series."""
    arrange.undo(call.archive, call.word("series_id"), call.by)
    return read_series(call)


_ONE, _STAFF = "/series/{series_id}", Audience.STAFF
OPERATIONS = (
    Operation(
        "listSeries",
        "GET",
        "/series",
        "List series, newest first",
        Audience.PUBLIC,
        list_series,
        SeriesList,
        query=Paged,
    ),
    Operation(
        "readSeries",
        "GET",
        _ONE,
        "Read one series with the frames that may be told",
        Audience.PUBLIC,
        one_series,
        Series,
    ),
    Operation(
        "createSeries",
        "POST",
        "/series",
        "Begin a series",
        _STAFF,
        create_series,
        Series,
        status=201,
        body=Body.JSON,
        takes=NewSeries,
    ),
    Operation(
        "readSeriesWords",
        "GET",
        f"{_ONE}/words",
        "Read the texts, notices and frames of a series, with their revision",
        _STAFF,
        read_series,
        SeriesRead,
        tagged=True,
    ),
    Operation(
        "writeSeriesWords",
        "PUT",
        f"{_ONE}/words",
        "Write the texts, notices and frames of a series, from the revision that was read",
        _STAFF,
        write_series,
        SeriesRead,
        body=Body.JSON,
        takes=SeriesWords,
        if_match=True,
        tagged=True,
    ),
    Operation(
        "undoSeriesEdit",
        "POST",
        f"{_ONE}/undo",
        "Take back the newest edit of a series",
        _STAFF,
        undo_series,
        SeriesRead,
        tagged=True,
    ),
)
