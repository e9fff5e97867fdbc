"""Which photographs a form names: lines of identifiers or addresses, a series, or a search."""

import re
from collections.abc import Mapping

from dam.errors import Malformed
from dam.rights.facts import Audience
from dam.web.find_pages import query_in
from dam.workflows.choosing import Chosen, InSeries, Marked, Searched
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


def named_photographs(form: Mapping[str, str], asker: Audience) -> Chosen:
    """Return the photographs that a form names.

    Raises:
        NoPhotographNamed, BadLine
    """
    lines = tuple(line.strip() for line in form.get("photographs", "").splitlines())
    if written := tuple(line for line in lines if line):
        return Marked(tuple(map(_identifier, written)))
    if series_id := form.get("series", ""):
        return InSeries(series_id)
    if asked := form.get("asked", ""):
        return Searched(query_in(asked), asker)
    if words := form.get("search", "").strip():
        return Searched(Query(words), asker)
    raise NoPhotographNamed


def _identifier(line: str) -> str:
    found = _IDENTIFIER.fullmatch(line)
    if found is None:
        raise BadLine(line)
    return found[1]
