"""Templates of descriptions: kept under their names for all who work here."""

from dam.catalogue.templates import Template
from dam.errors import NotFound
from dam.records import codes, log
from dam.records.base import Session
from dam.workflows.archive import Archive

_TEMPLATE = "template"


class UnknownTemplate(NotFound):
    """There is no template of that name."""

    def __init__(self) -> None:
        super().__init__("There is no template of that name.")


def all_templates(archive: Archive) -> tuple[Template, ...]:
    """Return every template by name."""
    with archive.reading() as db:
        return codes.all_templates(db)


def named(db: Session, name: str) -> Template:
    """Return the template of that name; raises ``UnknownTemplate``."""
    for one in codes.all_templates(db):
        if one.name == name:
            return one
    raise UnknownTemplate


def put_template(archive: Archive, template: Template, by: str) -> None:
    """Write a template in place of the one of that name."""
    with archive.writing.begin() as db:
        codes.put_template(db, template)
        log.write(db, log.Event(archive.now(), by, "written", _TEMPLATE, template.name))


def remove_template(archive: Archive, name: str, by: str) -> None:
    """Remove a template; raises ``UnknownTemplate``."""
    with archive.writing.begin() as db:
        named(db, name)
        codes.remove_template(db, name)
        log.write(db, log.Event(archive.now(), by, "removed", _TEMPLATE, name))
