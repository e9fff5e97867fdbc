"""Reads and writes of templates of descriptions."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from dam.catalogue.changes import Description as Words
from dam.catalogue.changes import changes, fields_of, of_fields
from dam.catalogue.fields import Fields
from dam.catalogue.templates import Template
from dam.catalogue.written import read_change, written
from dam.errors import Conflict, NotFound
from dam.records.desk_rows import TemplateRow


class UnknownTemplate(NotFound):
    """There is no template of that name."""

    def __init__(self) -> None:
        super().__init__("There is no template of that name.")


class TemplateConflict(Conflict):
    """Somebody else saved this template in the meantime."""

    def __init__(self, mine: int, theirs: int) -> None:
        super().__init__("Somebody else saved this template in the meantime; compare the two.")
        self.mine, self.theirs = mine, theirs


@dataclass(frozen=True, slots=True)
class StoredTemplate:
    """A template and the revision that was read."""

    template: Template
    revision: int


def add(db: Session, template: Template) -> None:
    """Write a new template."""
    db.add(TemplateRow(name=template.name, fields=_fields(template), revision=1))


def write(db: Session, name: str, template: Template) -> int:
    """Write a template, perhaps under a new name, in place of that of *name*; its new revision."""
    row = _row(db, name)
    row.name, row.fields = template.name, _fields(template)
    row.revision += 1
    return row.revision


def remove(db: Session, name: str) -> None:
    """Remove a template; raises ``UnknownTemplate``."""
    db.delete(_row(db, name))


def template(db: Session, name: str) -> StoredTemplate:
    """Return the template of that name; raises ``UnknownTemplate``."""
    return _value(_row(db, name))


def found(db: Session, name: str) -> StoredTemplate | None:
    """Return the template of that name, or None."""
    row = db.get(TemplateRow, name)
    return None if row is None else _value(row)


def all_templates(db: Session) -> tuple[StoredTemplate, ...]:
    """Return every template by name."""
    return tuple(map(_value, db.scalars(select(TemplateRow).order_by(TemplateRow.name))))


def _row(db: Session, name: str) -> TemplateRow:
    row = db.get(TemplateRow, name)
    if row is None:
        raise UnknownTemplate
    return row


def _fields(template: Template) -> list[list[str]]:
    return [
        [change.field, change.language or "", written(change.after)]
        for change in changes(Words(), template.words)
    ]


def _value(row: TemplateRow) -> StoredTemplate:
    fields: Fields = fields_of(Words())
    for field, language, text in row.fields:
        change = read_change(field, language, "", text)
        fields[change.field, change.language] = change.after
    return StoredTemplate(Template(row.name, of_fields(fields)), row.revision)
