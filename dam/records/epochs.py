"""The count of changes of what may leave, in the database: true after any crash, on any host.

The mapped counter of `dam.storage.epoch` is faster and of this host only. A worker that was
not told by it (the writer died between commit and raise, or runs elsewhere) finds the row
changed when it looks, which it does every second.
"""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dam.records.work import StateRow


def advance(db: Session) -> None:
    """Raise the count, inside the transaction that changes what may leave."""
    raised = db.execute(
        update(StateRow).where(StateRow.name == "epoch").values(number=StateRow.number + 1)
    )
    if raised.rowcount == 0:  # type: ignore[attr-defined]  # Result of an UPDATE has it
        db.add(StateRow(name="epoch", number=1))


def current(db: Session) -> int:
    """Return the count."""
    return db.scalar(select(StateRow.number).where(StateRow.name == "epoch")) or 0
