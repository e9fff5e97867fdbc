"""Reads and writes of code replacements."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dam.catalogue.codes import Code, CodeKind
from dam.records.authorities import redirects
from dam.records.desk_rows import CodeRow


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
