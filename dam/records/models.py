"""Every table, imported once, so that the metadata is whole for migrations."""

from dam.records import accounts, events, file_metadata, photographs, rights, uploads, work
from dam.records.base import Row

__all__ = [
    "METADATA",
    "accounts",
    "events",
    "file_metadata",
    "photographs",
    "rights",
    "uploads",
    "work",
]

METADATA = Row.metadata
