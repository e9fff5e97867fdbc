"""Listed: whether lists may name photographs, copied beside them to be counted and paged.

The copy selects what is asked about; each decision is still asked. It is made with every record,
and again at the moment when an answer changes by itself.
"""

from collections.abc import Sequence

from dam.records import catalogue
from dam.records.base import Session
from dam.rights.facts import Audience, Publication, Purpose
from dam.workflows import ask
from dam.workflows.archive import Archive
from dam.workflows.ask import Asked


def copy_for_lists(db: Session, archive: Archive, photographs: Sequence[str]) -> None:
    """Copy into photographs whether lists may name them now."""
    db.flush()  # the facts are read from the records that were just added
    asked = ask.ask_in(db, archive, photographs, Audience.PUBLIC, Purpose.LIST)
    for one, answer in asked.items():
        catalogue.set_publication(db, one, _state(answer))


def _state(asked: Asked) -> str:
    if asked.facts.withdrawn:
        return "withdrawn"
    if asked.facts.publication is Publication.PUBLISHED and not asked.decision.listed:
        return "hidden"
    return asked.facts.publication.value
