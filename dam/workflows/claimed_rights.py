"""What a file itself says of its rights, where neither a person nor a sheet says anything."""

from dataclasses import dataclass

from dam.metadata.fields import Embedded
from dam.records.register import NewRecord, RecordKind
from dam.rights.statements import UnknownRightsUri, normalise

_LONGEST_QUOTED = 200


@dataclass(frozen=True, slots=True)
class Claim:
    """The statement that the file alone speaks for, or none, and sentences about it."""

    uri: str = ""
    notes: tuple[str, ...] = ()

    @property
    def records(self) -> tuple[NewRecord, ...]:
        """The statement as a record; nothing where the file claims none."""
        return (NewRecord(RecordKind.STATEMENT, self.uri),) if self.uri else ()


def claimed_rights(embedded: Embedded) -> Claim:
    """Return the one licence or rights statement that a file names (xmpRights, cc:license).

    A page of an agency beside a licence is passed over. Where the file names several statements
    nobody can tell which is meant: none is claimed, and a note says which they are.
    """
    if not embedded.rights_uris:
        return Claim()
    known = dict.fromkeys(uri for uri in map(_known, embedded.rights_uris) if uri)
    match list(known):
        case [uri]:
            return Claim(uri, (f"Its rights were taken from the file itself: {uri}.",))
        case []:
            named = embedded.rights_uris[0][:_LONGEST_QUOTED]
            words = "which is no licence or rights statement known here"
            return Claim(notes=(f"The file names “{named}” for its rights, {words}.",))
        case several:
            named = ", ".join(several)
            words = "none was recorded; say which one holds"
            return Claim(notes=(f"The file names several rights ({named}); {words}.",))


def _known(written: str) -> str | None:
    try:
        return normalise(written)
    except UnknownRightsUri:
        return None
