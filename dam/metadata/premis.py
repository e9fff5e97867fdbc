"""Events as PREMIS 3 tells them, in JSON-LD by its ontology.

Terms and their use: "Guidelines for using the PREMIS Version 3 OWL Ontology" (2022), and the event
types and roles of id.loc.gov. The type of an event is its class; who did it is the implementer,
what it was done to is the source.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

_TYPES = {
    "taken in": "ing",
    "edited": "mem",
    "undone": "mem",
    "put into": "mem",
    "kept as written": "mem",
    "recorded": "poa",
    "published all the same": "poa",
    "merged": "ipm",
    "erased": "red",
    "purged": "del",
}
_OTHER = "mod"
CONTEXT = {
    "premis": "http://www.loc.gov/premis/rdf/v3/",
    "eventType": "http://id.loc.gov/vocabulary/preservation/eventType/",
    "agentRole": "http://id.loc.gov/vocabulary/preservation/eventRelatedAgentRole/",
    "objectRole": "http://id.loc.gov/vocabulary/preservation/eventRelatedObjectRole/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "prov:endedAtTime": {"@type": "xsd:dateTime"},
}


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """One event of the log; *erased* are the names of the values that were erased by law."""

    number: int
    hash: str
    at: datetime
    actor: str
    verb: str
    subject_kind: str
    subject_id: str
    field: str
    language: str
    before: str
    after: str
    why: str
    erased: tuple[str, ...]


Json = Mapping[str, object]


def premis_event(event: LoggedEvent, archive: str) -> Json:
    """Return an event of the archive at the origin *archive*."""
    told: dict[str, object] = {
        "@id": f"{archive}/events/{event.number}",
        "@type": f"eventType:{_TYPES.get(event.verb, _OTHER)}",
        "prov:endedAtTime": event.at.astimezone(UTC).isoformat(),
        "rdfs:label": " ".join(word for word in (event.verb, event.field, event.language) if word),
        "premis:note": [
            *(f"{name}: {text}" for name, text in _values(event) if text),
            *(f"{part} was erased" for part in event.erased),
            f"chained as {event.number}:{event.hash}",
        ],
        "objectRole:sou": _subject(event, archive),
    }
    if event.actor:
        told["agentRole:imp"] = {"@type": "premis:Agent", "rdfs:label": event.actor}
    if event.why:
        told["premis:outcomeNote"] = event.why
    return told


def _values(event: LoggedEvent) -> tuple[tuple[str, str], ...]:
    return (("before", event.before), ("after", event.after))


def _subject(event: LoggedEvent, archive: str) -> Json:
    if event.subject_kind in {"photograph", "series"} and event.subject_id:
        return {"@id": f"{archive}/p/{event.subject_id}", "@type": "premis:IntellectualEntity"}
    label = " ".join(word for word in (event.subject_kind, event.subject_id) if word)
    return {"@type": "premis:Object", "rdfs:label": label}
