"""Every table, imported once, so that the metadata is whole for migrations."""

from dam.records import (
    accounts,
    activities,
    agreement_rows,
    authority_rows,
    batch_rows,
    desk_rows,
    events,
    file_metadata,
    likeness_rows,
    moved,
    photographs,
    picture_access,
    rights,
    search_rows,
    series_rows,
    uploads,
    use_rows,
    words,
    work,
)
from dam.records.base import Row

__all__ = [
    "METADATA",
    "accounts",
    "activities",
    "agreement_rows",
    "authority_rows",
    "batch_rows",
    "desk_rows",
    "events",
    "file_metadata",
    "likeness_rows",
    "moved",
    "photographs",
    "picture_access",
    "rights",
    "search_rows",
    "series_rows",
    "uploads",
    "use_rows",
    "words",
    "work",
]

METADATA = Row.metadata
