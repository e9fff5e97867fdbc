"""Details of register entries as JSON: written by their types, and read by them again."""

from collections.abc import Mapping

from pydantic import TypeAdapter

from dam.rights.entries import (
    Assessment,
    Detail,
    ExceptionGround,
    HoldersSearched,
    ReleaseGiven,
    RestrictionSet,
)

_KINDS: Mapping[str, TypeAdapter[Detail]] = {
    "statement": TypeAdapter(Assessment),
    "exception": TypeAdapter(ExceptionGround),
    "release": TypeAdapter(ReleaseGiven),
    "restriction": TypeAdapter(RestrictionSet),
    "orphan-search": TypeAdapter(HoldersSearched),
}


class WrongDetail(TypeError):
    """An entry was given details of another kind; a mistake of ours."""


def written(kind: str, detail: Detail | None) -> dict[str, object] | None:
    """Return the details of an entry as they are stored."""
    if detail is None:
        return None
    if kind not in _KINDS:
        raise WrongDetail(f"an entry of the kind {kind} has no details")
    stored: dict[str, object] = _KINDS[kind].dump_python(detail, mode="json")
    return stored


def read(kind: str, stored: Mapping[str, object] | None) -> Detail | None:
    """Return the details of an entry from what is stored."""
    return None if stored is None else _KINDS[kind].validate_python(stored)
