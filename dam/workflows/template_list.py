"""Templates of descriptions: kept under their names for all who work here.

Pages, programs and the desk keep them by ``keep`` alone: what is kept is what a template can hold,
from the revision that was seen, with an event for each field.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dam.catalogue.changes import Description, changes
from dam.catalogue.fields import FieldChange
from dam.catalogue.templates import Template, template_name, template_of
from dam.errors import Conflict
from dam.records import log, templates
from dam.records.base import Session
from dam.records.templates import StoredTemplate, TemplateConflict
from dam.workflows import desk_form, linking
from dam.workflows.archive import Archive

_SUBJECT = "template"


class TemplateTaken(Conflict):
    """There is a template of that name, which was not seen."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is a template “{name}” already; keep these words under another name, or edit "
            "that one under Templates."
        )


def all_templates(archive: Archive) -> tuple[StoredTemplate, ...]:
    """Return every template by name."""
    with archive.reading() as db:
        return templates.all_templates(db)


def one(archive: Archive, name: str) -> StoredTemplate:
    """Return the template of that name; raises ``UnknownTemplate``."""
    with archive.reading() as db:
        return templates.template(db, name)


def events(archive: Archive, name: str) -> tuple[log.Event, ...]:
    """Return what was done to a template under this name, newest first."""
    with archive.reading() as db:
        return log.of_subject(db, _SUBJECT, name)


def keep(archive: Archive, name: str, words: Description, by: str, seen: int = 0) -> int:
    """Write a template that was read at revision *seen*, 0 for a new one; return its revision.

    Raises:
        BadTemplateName
        UnknownTemplate: it was removed or renamed since.
        TemplateTaken: there is one of that name, which was not seen; nothing is written.
        TemplateConflict: somebody else saved since; nothing is written.
    """
    template = template_of(template_name(name), words)
    with archive.writing.begin() as db:
        return keep_in(db, archive, template, by, seen)


def keep_in(db: Session, archive: Archive, template: Template, by: str, seen: int = 0) -> int:
    """Do what ``keep`` does, in the caller's transaction."""
    if not seen:
        if templates.found(db, template.name) is not None:
            raise TemplateTaken(template.name)
        templates.add(db, template)
        _tell(db, archive, "added", template.name, by, changes(Description(), template.words))
        return 1
    before = _checked(db, template.name, seen).template
    made = changes(before.words, template.words)
    if not made:
        return seen
    _tell(db, archive, "edited", template.name, by, made)
    return templates.write(db, template.name, template)


def save_form(
    archive: Archive, name: str, fields: Mapping[str, str], by: str, seen: int
) -> desk_form.Form:
    """Write the fields of a form over a template that was read at revision *seen*.

    Raises:
        UnknownTemplate, TemplateConflict
    """
    with archive.writing.begin() as db:
        before = _checked(db, name, seen).template
        form = desk_form.read_form(fields, before.words, archive.settings.archive_language)
        words = linking.known(db, form.description, before.words)
        keep_in(db, archive, template_of(name, words), by, seen)
    return form


def rename(archive: Archive, name: str, new_name: str, by: str, seen: int = 0) -> int:
    """Call a template otherwise and return its revision; *seen* 0 asks for none.

    Raises:
        BadTemplateName, UnknownTemplate, TemplateTaken, TemplateConflict
    """
    new_name = template_name(new_name)
    with archive.writing.begin() as db:
        before = _checked(db, name, seen)
        if new_name == name:
            return before.revision
        if templates.found(db, new_name) is not None:
            raise TemplateTaken(new_name)
        revision = templates.write(db, name, replace(before.template, name=new_name))
        event = log.Event(archive.now(), by, "renamed", _SUBJECT, name, before=name, after=new_name)
        event = replace(event, group_id=archive.new_id())
        for called in (name, new_name):
            log.write(db, replace(event, subject_id=called))
    return revision


def remove(archive: Archive, name: str, by: str, seen: int = 0) -> None:
    """Remove a template; *seen* 0 asks for no revision.

    Raises:
        UnknownTemplate, TemplateConflict
    """
    with archive.writing.begin() as db:
        before = _checked(db, name, seen).template
        templates.remove(db, name)
        _tell(db, archive, "removed", name, by, changes(before.words, Description()))


def _checked(db: Session, name: str, seen: int) -> StoredTemplate:
    stored = templates.template(db, name)
    if seen and stored.revision != seen:
        raise TemplateConflict(seen, stored.revision)
    return stored


def _tell(
    db: Session, archive: Archive, verb: str, name: str, by: str, made: Iterable[FieldChange]
) -> None:
    event = log.Event(archive.now(), by, verb, _SUBJECT, name, group_id=archive.new_id())
    made = tuple(made)
    if not made:
        log.write(db, event)
    log.write_changes(db, event, made)
