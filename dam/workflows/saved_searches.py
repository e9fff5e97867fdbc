"""Saved searches: kept under a name by a person, for that person or for all who work here."""

from dam.catalogue.text import clean
from dam.errors import Malformed, NotFound
from dam.records import log, saved_searches
from dam.records.saved_searches import SavedSearch
from dam.workflows.archive import Archive

_LONGEST_NAME, _LONGEST_ASKED = 100, 4000  # characters


class NoName(Malformed):
    """A search is kept under a name."""

    def __init__(self) -> None:
        super().__init__("Give the search a name first, of up to 100 characters.")


class NotYours(NotFound):
    """There is no saved search of that identifier that the person may remove."""

    def __init__(self) -> None:
        super().__init__("There is no saved search of yours at this address.")


class NotSeen(NotFound):
    """There is no saved search of that identifier that the person may run."""

    def __init__(self) -> None:
        super().__init__("There is no saved search of yours or for all at this address.")


def keep(archive: Archive, name: str, asked: str, by: str, *, shared: bool) -> str:
    """Keep a search under *name*, in place of one of that name, and return its identifier.

    Raises:
        NoName: the name is empty or too long, or the search is.
    """
    name = clean(name, multiline=False)
    if not name or len(name) > _LONGEST_NAME or len(asked) > _LONGEST_ASKED:
        raise NoName
    one = SavedSearch(archive.new_id(), by, name, shared, asked)
    with archive.writing.begin() as db:
        saved_searches.keep(db, one, archive.now())
        event = log.Event(archive.now(), by, "kept", "search", one.id, after=name)
        log.write(db, event)
    return one.id


def seen_by(archive: Archive, who: str) -> tuple[SavedSearch, ...]:
    """Return the searches of *who* and those that others share."""
    with archive.reading() as db:
        return saved_searches.seen_by(db, who)


def seen(archive: Archive, search_id: str, who: str) -> SavedSearch:
    """Return a search of *who*, or one that others share; raises ``NotSeen``."""
    for one in seen_by(archive, who):
        if one.id == search_id:
            return one
    raise NotSeen


def forget(archive: Archive, search_id: str, by: str) -> None:
    """Remove a search of one's own; raises ``NotYours``."""
    with archive.writing.begin() as db:
        own = {one.id: one for one in saved_searches.seen_by(db, by) if one.owner == by}
        if search_id not in own:
            raise NotYours
        saved_searches.forget(db, search_id)
        event = log.Event(archive.now(), by, "removed", "search", search_id)
        log.write(db, event)
