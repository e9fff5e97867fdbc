"""Frames: turned, marked, linked to their backs; and one field written to many of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dam.catalogue.changes import ChangedMeanwhile, Description
from dam.catalogue.frames import Mark, people_turned, turned_by
from dam.catalogue.templates import filled
from dam.errors import Malformed
from dam.records import catalogue, log, templates
from dam.records import series as series_rows
from dam.workflows import describe, desk_form, linking, template_list
from dam.workflows.archive import Archive
from dam.workflows.edits import EDITED, UNDONE, Edit, Saved, reverse_events, save

MOST_FRAMES = 1000


class CannotBeItsBack(Malformed):
    """The two photographs cannot be the face and the back of one print."""

    def __init__(self) -> None:
        super().__init__(
            "A print has one face and one back; choose a photograph that is not itself a back, "
            "and not this one."
        )


class TooManyFrames(Malformed):
    """More frames were chosen than one step takes."""

    def __init__(self) -> None:
        super().__init__(f"Choose at most {MOST_FRAMES} frames at once.")


def turn(archive: Archive, photograph_id: str, quarters: int, by: str) -> Saved:
    """Turn a picture by *quarters* of a turn clockwise; its packs are cut anew by a job.

    The regions of the people on it turn along. Raises ``UnknownPhotograph``.
    """

    def turned(words: Description) -> Description:
        people = people_turned(words.people, quarters)
        return replace(words, turn=turned_by(words.turn, quarters), people=people)

    return describe.change(archive, photograph_id, turned, by)


def mark(archive: Archive, photograph_id: str, given: Mark | None, by: str) -> Saved:
    """Pick or reject a frame, or take the mark away; raises ``UnknownPhotograph``."""
    return describe.change(archive, photograph_id, lambda words: replace(words, mark=given), by)


def link_back(archive: Archive, photograph_id: str, recto_id: str | None, by: str) -> Saved:
    """Say that a photograph is the back of the print that *recto_id* shows; None says it is not.

    Raises:
        UnknownPhotograph, CannotBeItsBack
    """
    if recto_id:
        with archive.reading() as db:
            recto = catalogue.photograph(db, recto_id)
            versos = catalogue.versos_of(db, photograph_id)
        if recto_id == photograph_id or recto.description.recto_id or versos:
            raise CannotBeItsBack
    return describe.change(
        archive, photograph_id, lambda words: replace(words, recto_id=recto_id), by
    )


@dataclass(frozen=True, slots=True)
class Applied:
    """One step over many frames: the group of its events, those written, those left as they are."""

    group: str
    written: tuple[str, ...]
    left: tuple[str, ...]


def write_fields(
    archive: Archive, identifiers: Sequence[str], fields: Mapping[str, str], by: str
) -> Applied:
    """Write form *fields* to all these frames as one step, which is undone as one.

    Raises:
        UnknownPhotograph, TooManyFrames
        Malformed: a field cannot be read; nothing is written.
    """
    if len(identifiers) > MOST_FRAMES:
        raise TooManyFrames
    edit = Edit(by, archive.now(), archive.new_id())
    written = []
    with archive.writing.begin() as db:
        for one in identifiers:
            before = catalogue.locked(db, one)
            form = desk_form.read_form(
                fields, before.description, archive.settings.archive_language
            )
            if form.errors:
                raise Malformed(next(iter(form.errors.values())))
            after = linking.known(db, form.description, before.description)
            if save(db, archive, before, after, edit).changes:
                written.append(one)
    archive.edits.advance()
    left = tuple(one for one in identifiers if one not in written)
    return Applied(edit.group, tuple(written), left)


def undo_group(archive: Archive, group: str, by: str) -> Applied:
    """Take one step back on every frame that still says what it wrote; the others are left.

    Raises:
        NothingToUndo: there is no such step.
    """
    edit = Edit(by, archive.now(), archive.new_id(), UNDONE, group)
    written, left = [], []
    with archive.writing.begin() as db:
        events = [e for e in log.of_group(db, group) if e.subject_kind == "photograph"]
        if not events or any(e.verb != EDITED for e in events):
            raise describe.NothingToUndo
        for one in dict.fromkeys(event.subject_id for event in events):
            before = catalogue.locked(db, one)
            own = [event for event in events if event.subject_id == one]
            try:
                reverse_events(db, archive, before, own, edit)
            except (ChangedMeanwhile, log.WordsErased):
                left.append(one)
            else:
                written.append(one)
    archive.edits.advance()
    return Applied(edit.group, tuple(written), tuple(left))


def keep_template(archive: Archive, photograph_id: str, name: str, by: str) -> None:
    """Keep the words of a frame as a new template.

    Raises:
        UnknownPhotograph, BadTemplateName, TemplateTaken
    """
    with archive.reading() as db:
        words = catalogue.photograph(db, photograph_id).description
    template_list.keep(archive, name, words, by)


def fill_from_template(archive: Archive, photograph_id: str, name: str, by: str) -> Saved:
    """Put the words of a template into the fields of a frame that are empty.

    Raises:
        UnknownPhotograph, UnknownTemplate
    """
    with archive.reading() as db:
        found = templates.template(db, name).template
        places = series_rows.places_of(db, photograph_id)
    frame = places[0].position if places else None
    return describe.change(archive, photograph_id, lambda words: filled(found, words, frame), by)


def choose_fields(archive: Archive, series_id: str, fields: Sequence[str]) -> None:
    """Set which fields come first for the frames of a series; raises ``UnknownSeries``."""
    with archive.writing.begin() as db:
        series_rows.set_desk_fields(db, series_id, fields)
