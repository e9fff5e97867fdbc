"""Which photographs a form names: lines of identifiers or addresses, a series, or a search."""

import re
from collections.abc import Mapping

from dam.errors import Malformed
from dam.rights.facts import Audience
from dam.web.find_pages import query_in
from dam.workflows import agreement_views
from dam.workflows.archive import Archive
from dam.workflows.choosing import Searched
from dam.workflows.find import Query

_IDENTIFIER = re.compile(r"(?:.*/)?([a-z0-9]{8,32})(?:[?#].*)?")


class NoPhotographNamed(Malformed):
    """The form names no photograph."""

    def __init__(self) -> None:
        super().__init__(
            "Name photographs: an identifier or an address a line, a series, or a search."
        )


class BadLine(Malformed):
    """A line names no photograph."""

    def __init__(self, line: str) -> None:
        super().__init__(f"“{line[:80]}” is no identifier or address of a photograph.")


def named_photographs(
    archive: Archive, form: Mapping[str, str], asker: Audience
) -> tuple[tuple[str, ...], str]:
    """Return the photographs that a form names, and through what they were found.

    Raises:
        NoPhotographNamed, BadLine, UnknownSeries
    """
    lines = tuple(line.strip() for line in form.get("photographs", "").splitlines())
    if written := tuple(line for line in lines if line):
        return tuple(dict.fromkeys(map(_identifier, written))), ""
    if series_id := form.get("series", ""):
        return agreement_views.frames_of_series(archive, series_id), f"series {series_id}"
    if asked := form.get("asked", ""):
        return _found(archive, query_in(asked), asker)
    if words := form.get("search", "").strip():
        return _found(archive, Query(words), asker)
    raise NoPhotographNamed


def _found(archive: Archive, query: Query, asker: Audience) -> tuple[tuple[str, ...], str]:
    searched = Searched(query, asker)
    return searched.identifiers(archive), searched.in_words


def _identifier(line: str) -> str:
    found = _IDENTIFIER.fullmatch(line)
    if found is None:
        raise BadLine(line)
    return found[1]
