"""Reads and writes of the stored canvases, which are built once and assembled many times."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dam.records.work import CanvasRow


@dataclass(frozen=True, slots=True)
class Canvas:
    """The JSON text of a canvas without its origin, and the hash of what it was built from.

    *about* is JSON of what the manifest around it has to know.
    """

    photograph_id: str
    inputs: str
    text: str
    about: str = ""


def of_manifest(db: Session, manifest_id: str) -> dict[str, Canvas]:
    """Return the stored canvases of a manifest by photograph."""
    query = select(CanvasRow.photograph_id, CanvasRow.inputs, CanvasRow.body, CanvasRow.about)
    rows = db.execute(query.where(CanvasRow.manifest_id == manifest_id))
    return {row.photograph_id: Canvas(*row) for row in rows}


def store(db: Session, manifest_id: str, canvases: Iterable[Canvas]) -> None:
    """Write canvases in place of those of the same photographs."""
    for canvas in canvases:
        db.merge(
            CanvasRow(
                manifest_id=manifest_id,
                photograph_id=canvas.photograph_id,
                inputs=canvas.inputs,
                body=canvas.text,
                about=canvas.about,
            )
        )


def forget(db: Session, manifest_id: str, photograph_id: str | None = None) -> None:
    """Remove the canvases of a manifest, or one of them."""
    query = delete(CanvasRow).where(CanvasRow.manifest_id == manifest_id)
    if photograph_id is not None:
        query = query.where(CanvasRow.photograph_id == photograph_id)
    db.execute(query)
