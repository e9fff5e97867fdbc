"""What an edit changes of an authority record."""

from collections.abc import Iterable

from dam.catalogue.authorities import (
    Authority,
    AuthorityKind,
    AuthorityName,
    Coordinates,
    Identifier,
)
from dam.catalogue.fields import (
    BadChange,
    FieldChange,
    Fields,
    PlainField,
    RecordField,
    applied,
    differences,
)
from dam.catalogue.reading import plain, records


def changes_of_authority(before: Authority, after: Authority) -> tuple[FieldChange, ...]:
    """Return what differs between two states of one record; empty is nothing to record."""
    return differences(_fields(before), _fields(after))


def changed_authority(authority: Authority, changes: Iterable[FieldChange]) -> Authority:
    """Return *authority* with all the changes made.

    Raises:
        ChangedMeanwhile, BadChange
        NoName, TwoPreferredNames: nothing would be left to call it by, or too much.
    """
    return _authority(authority, applied(_fields(authority), changes))


def overwritten(authority: Authority, changes: Iterable[FieldChange]) -> Authority:
    """Return *authority* as the changes left it, whatever it says now in their fields."""
    values: Fields = {(change.field, change.language): change.after for change in changes}
    return _authority(authority, _fields(authority) | values)


def _authority(authority: Authority, fields: Fields) -> Authority:
    kind = plain(fields, PlainField.KIND) or ""
    if kind not in set(AuthorityKind):
        raise BadChange(PlainField.KIND)
    return Authority(
        authority.id,
        AuthorityKind(kind),
        records(fields, RecordField.NAMES, AuthorityName),
        records(fields, RecordField.IDENTIFIERS, Identifier),
        plain(fields, PlainField.LIFE_DATES) or "",
        plain(fields, PlainField.NOTE) or "",
        plain(fields, PlainField.PARENT) or "",
        plain(fields, PlainField.PLACE_KIND) or "",
        next(iter(records(fields, RecordField.COORDINATES, Coordinates)), None),
        authority.merged_into,
    )


def _fields(one: Authority) -> Fields:
    fields: Fields = {
        (PlainField.KIND, None): one.kind.value,
        (RecordField.NAMES, None): one.names,
        (RecordField.IDENTIFIERS, None): one.identifiers,
        (PlainField.LIFE_DATES, None): one.life_dates,
        (PlainField.NOTE, None): one.note,
        (PlainField.PARENT, None): one.parent_id,
        (PlainField.PLACE_KIND, None): one.place_kind,
        (RecordField.COORDINATES, None): (one.coordinates,) if one.coordinates else (),
    }
    return {key: words for key, words in fields.items() if words}
