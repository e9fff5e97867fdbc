"""Reads and writes of code replacements and of templates of descriptions."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dam.catalogue.changes import Description as Words
from dam.catalogue.changes import changes, fields_of, of_fields
from dam.catalogue.codes import Code, CodeKind
from dam.catalogue.fields import Fields
from dam.catalogue.templates import Template
from dam.catalogue.written import read_change, written
from dam.records.authorities import redirects
from dam.records.desk_rows import CodeRow, TemplateRow


def put_codes(db: Session, codes: Iterable[Code]) -> None:
    """Write codes in place of those that are written the same, whatever the capitals."""
    for code in codes:
        db.merge(
            CodeRow(
                code=code.code.casefold(),
                written=code.code,
                kind=code.kind,
                replacements=list(code.replacements),
                authority_id=code.authority_id or None,
            )
        )


def remove_code(db: Session, code: str) -> None:
    """Remove a code; one that is not there is removed already."""
    db.execute(delete(CodeRow).where(CodeRow.code == code.casefold()))


def all_codes(db: Session) -> dict[str, Code]:
    """Return every code by its small letters; names link the records that stand today."""
    rows = db.scalars(select(CodeRow).order_by(CodeRow.code)).all()
    now = redirects(db, {row.authority_id for row in rows if row.authority_id})
    return {
        row.code: Code(
            row.written,
            tuple(row.replacements),
            CodeKind(row.kind),
            now.get(row.authority_id, "") if row.authority_id else "",
        )
        for row in rows
    }


def put_template(db: Session, template: Template) -> None:
    """Write a template in place of the one of that name."""
    fields = [
        [change.field, change.language or "", written(change.after)]
        for change in changes(Words(), template.words)
    ]
    db.merge(TemplateRow(name=template.name, fields=fields))


def remove_template(db: Session, name: str) -> None:
    """Remove a template; one that is not there is removed already."""
    db.execute(delete(TemplateRow).where(TemplateRow.name == name))


def all_templates(db: Session) -> tuple[Template, ...]:
    """Return every template by name."""
    rows = db.scalars(select(TemplateRow).order_by(TemplateRow.name))
    return tuple(Template(row.name, _words(row.fields)) for row in rows)


def _words(rows: list[list[str]]) -> Words:
    fields: Fields = fields_of(Words())
    for field, language, text in rows:
        change = read_change(field, language, "", text)
        fields[change.field, change.language] = change.after
    return of_fields(fields)
