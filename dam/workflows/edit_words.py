"""Edit words as programs do: the whole structure at once, its links named by identifiers."""

from dataclasses import replace

from dam.catalogue.changes import Description
from dam.catalogue.links import linked_ids
from dam.catalogue.places import read_places
from dam.errors import Malformed
from dam.records import authorities
from dam.workflows import describe
from dam.workflows.archive import Archive
from dam.workflows.edits import Saved


class UnknownLink(Malformed):
    """Words link an authority record that is not there."""

    def __init__(self, identifier: str) -> None:
        super().__init__(f"There is no authority record “{identifier}”; leave the link empty.")


def edit_words(
    archive: Archive, photograph_id: str, revision: int, after: Description, by: str
) -> Saved:
    """Write the words of a photograph that was read at *revision*.

    Raises:
        UnknownPhotograph, RevisionConflict
        UnknownLink: a link names no record; nothing is written.
    """
    check_links(archive, after)
    return describe.describe(archive, photograph_id, revision, after, by)


def check_links(archive: Archive, words: Description) -> None:
    """Return if every link of *words* names a record; raises ``UnknownLink``."""
    wanted = linked_ids(words)
    with archive.reading() as db:
        known = authorities.authorities(db, wanted)
    for one in wanted:
        if one not in known:
            raise UnknownLink(one)


def with_places_read(archive: Archive, before: Description, after: Description) -> Description:
    """Return *after* with its line of place read anew where its words differ from *before*."""
    language = archive.settings.archive_language
    read = read_places(after.texts, language)
    same = read == read_places(before.texts, language)
    return after if same else replace(after, places=read)
