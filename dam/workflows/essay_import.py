"""Essay import: a text becomes the words of a series and of its frames, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dam.catalogue.changes import apply
from dam.catalogue.essay import Essay
from dam.catalogue.essay_plan import described
from dam.catalogue.fields import FieldChange, SeriesField, reverse
from dam.catalogue.links import LinkKind
from dam.catalogue.notices import Notice
from dam.catalogue.series_words import (
    SeriesDescription,
    SeriesText,
    changed_series,
    changes_of_series,
)
from dam.errors import Conflict, Malformed, NotFound
from dam.records import catalogue, log
from dam.records import series as series_rows
from dam.records.base import Session
from dam.workflows import arrange, edits, linking
from dam.workflows.archive import Archive

_PLACES = frozenset({LinkKind.PLACE})
_MOST_FRAMES = 500


class Twice(Malformed):
    """One photograph was given to two frames of the text."""

    def __init__(self) -> None:
        super().__init__("One photograph stands beside two frames; choose another for one of them.")


class NoTitle(Malformed):
    """A new series has no title."""

    def __init__(self) -> None:
        super().__init__("Give the new series a title, or choose one that is there.")


class TooManyFrames(Malformed):
    """The text has more frames than an import takes."""

    def __init__(self) -> None:
        super().__init__(f"The text has more than {_MOST_FRAMES} frames; import it in parts.")


class NoSuchImport(NotFound):
    """There is no import of that identifier."""

    def __init__(self) -> None:
        super().__init__("There is no import of that identifier.")


class UndoneAlready(Conflict):
    """The import was taken back before."""

    def __init__(self) -> None:
        super().__init__("This import was undone already.")


@dataclass(frozen=True, slots=True)
class Import:
    """What a person decided: the text, its series (empty: a new one), and frame by photograph.

    ``titles`` are in the main language of the text, the first is the title of a new series;
    ``photographs`` has one identifier for each frame, empty where a frame has none here.
    """

    essay: Essay
    language: str
    series_id: str
    titles: tuple[str, ...]
    introduction: str
    notices: tuple[Notice, ...]
    photographs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to; ``group`` is its identifier in the log, by which it is undone."""

    group: str
    series_id: str
    photographs: int


def all_series(archive: Archive) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return identifier, title and frames of every series, newest first."""
    with archive.reading() as db:
        return tuple((one.id, one.title, one.frames) for one in series_rows.all_series(db))


def carry_out(archive: Archive, wanted: Import, by: str) -> Imported:
    """Write an import, all of it or nothing, and return what was written.

    Places that the datelines name are linked to their records, across spellings, and get a record
    where there is none. Repairs are proposed and nothing is repaired.

    Raises:
        Twice, NoTitle, TooManyFrames, UnknownSeries, UnknownPhotograph
    """
    chosen = [one for one in wanted.photographs if one]
    if len(set(chosen)) != len(chosen):
        raise Twice
    if len(wanted.essay.frames) > _MOST_FRAMES:
        raise TooManyFrames
    now, group = archive.now(), archive.new_id()
    with archive.writing.begin() as db:
        series_id = wanted.series_id or _new_series(db, archive, wanted, by)
        event = log.Event(now, by, "edited", "series", series_id, group_id=group)
        written = 0
        for frame, one in zip(wanted.essay.frames, wanted.photographs, strict=False):
            if one:
                before = catalogue.locked(db, one)
                words = described(before.description, frame, wanted.language)
                words = linking.filed(db, archive, words, by, _PLACES)
                edit = edits.Edit(by, now, group)
                written += bool(edits.save(db, archive, before, words, edit).changes)
        _write_series(db, archive, wanted, event)
    archive.edits.advance()
    return Imported(group, series_id, written)


def _new_series(db: Session, archive: Archive, wanted: Import, by: str) -> str:
    if not wanted.titles:
        raise NoTitle
    identifier, now, title = archive.new_id(), archive.now(), wanted.titles[0]
    series_rows.add_series(
        db, identifier, title=title, language=wanted.language, introduction="", now=now
    )
    db.flush()  # it is read again when its words are written
    log.write(db, log.Event(now, by, "added", "series", identifier, after=title))
    return identifier


def _write_series(db: Session, archive: Archive, wanted: Import, event: log.Event) -> None:
    before = series_rows.series(db, event.subject_id).description
    after = _series_words(before, wanted)
    made = changes_of_series(before, after)
    if made:
        arrange.write(db, archive, before, after, event)
        log.write_changes(db, event, made)


def _series_words(before: SeriesDescription, wanted: Import) -> SeriesDescription:
    """Return the words of the series with those of the text; what is written already stays."""
    language = wanted.language
    texts = {(text.field, text.language): text.value for text in before.texts}
    title = texts.setdefault((SeriesField.SERIES_TITLE, language), next(iter(wanted.titles), ""))
    known = texts.get((SeriesField.OTHER_TITLES, language), "").splitlines()
    others = [one for one in wanted.titles if one != title]
    texts[SeriesField.OTHER_TITLES, language] = "\n".join(dict.fromkeys([*known, *others]))
    if not texts.get((SeriesField.INTRODUCTION, language)):
        texts[SeriesField.INTRODUCTION, language] = wanted.introduction
    photographs = (one for one in wanted.photographs if one)
    return replace(
        before,
        texts=tuple(SeriesText(field, tag, value) for (field, tag), value in texts.items()),
        frames=tuple(dict.fromkeys((*before.frames, *photographs))),
        notices=tuple(dict.fromkeys((*before.notices, *wanted.notices))),
    )


def undo(archive: Archive, group: str, by: str) -> int:
    """Take back a whole import and return how many photographs it was; records of places stay.

    Raises:
        NoSuchImport, UndoneAlready, WordsErased
        ChangedMeanwhile: something that it wrote was edited since; nothing is taken back.
    """
    now, new = archive.now(), archive.new_id()
    with archive.writing.begin() as db:
        events = [one for one in log.of_group(db, group) if one.verb == "edited"]
        if not events:
            raise NoSuchImport
        if log.is_reversed(db, group):
            raise UndoneAlready
        made = _by_subject(events)
        edit = edits.Edit(by, now, new, "undone", group)
        for (kind, one), done in made.items():
            if kind == "series":
                event = log.Event(now, by, "undone", kind, one, group_id=new, reverses=group)
                _undo_series(db, archive, done, event)
            else:
                before = catalogue.locked(db, one)
                after = apply(before.description, reverse(done))
                edits.save(db, archive, before, after, edit)
    archive.edits.advance()
    return sum(kind == "photograph" for kind, _ in made)


def _by_subject(events: Sequence[log.Event]) -> Mapping[tuple[str, str], list[FieldChange]]:
    made: dict[tuple[str, str], list[FieldChange]] = {}
    for one in events:
        change = log.change_told(one)
        made.setdefault((one.subject_kind, one.subject_id), []).append(change)
    return made


def _undo_series(
    db: Session, archive: Archive, done: Sequence[FieldChange], event: log.Event
) -> None:
    before = series_rows.series(db, event.subject_id).description
    after = changed_series(before, reverse(done))
    arrange.write(db, archive, before, after, event)
    log.write_changes(db, event, changes_of_series(before, after))
