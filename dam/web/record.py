"""The public record of a photograph as JSON-LD, for machines that follow ``seeAlso``."""

from dam.catalogue.authorities import UNKNOWN_LANGUAGE, Authority, AuthorityKind
from dam.catalogue.people import Contributor, PersonShown
from dam.iiif.presentation_source import manifest_path, page_path
from dam.iiif.presentation_words import LanguageMap
from dam.workflows.browse import PhotographView


def record(found: PhotographView, origin: str) -> dict[str, object]:
    """Return the public record of a photograph as JSON-LD of schema.org."""
    one = found.told
    words_, description = one.words, one.photograph.description
    path = origin + page_path(one.photograph.id)
    document: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Photograph",
        "@id": path,
        "identifier": one.photograph.id,
        "url": path,
        "name": _language_values(words_.label),
        "description": _language_values(words_.captions),
        "headline": _language_values(words_.headlines),
        "creator": [_agent(found, one) for one in description.contributors if one.role.creates],
        "contributor": [_role(found, one) for one in words_.contributors],
        "about": [_shown(found, one) for one in description.people],
        "dateCreated": one.photograph.date.edtf if one.photograph.date else "",
        "locationCreated": _language_values(words_.places),
        "contentLocation": [_place(one) for one in _places(found)],
        "keywords": [word for _, word in words_.keywords],
        "creditText": words_.credit,
        "copyrightNotice": _language_values(words_.copyright),
        "usageInfo": _language_values(
            tuple((notice.language, notice.text) for notice in words_.notices)
        ),
        "license": words_.statement.uri if words_.statement else "",
        "subjectOf": origin + manifest_path(one.photograph.id),
    }
    return {name: value for name, value in document.items() if value}


def _language_values(texts: LanguageMap) -> list[dict[str, str]]:
    return [
        {"@value": text} if language in _NO_LANGUAGE else {"@value": text, "@language": language}
        for language, text in texts
    ]


_NO_LANGUAGE = frozenset({"none", UNKNOWN_LANGUAGE})
_TYPES = {AuthorityKind.ORGANISATION: "Organization", AuthorityKind.PLACE: "Place"}


def _agent(found: PhotographView, one: Contributor) -> dict[str, object]:
    """Return somebody under the byline that was printed, with the numbers of the record."""
    record = found.linked.get(one.agent_id)
    kind = AuthorityKind.AGENT if record is None else record.kind
    return {"@type": _TYPES.get(kind, "Person"), "name": one.byline, **_same_as(record)}


def _role(found: PhotographView, one: Contributor) -> dict[str, object]:
    agent = _agent(found, one)
    return {"@type": "Role", "roleName": one.role.value, "contributor": agent}


def _shown(found: PhotographView, one: PersonShown) -> dict[str, object]:
    return {"@type": "Person", "name": one.words, **_same_as(found.linked.get(one.agent_id))}


def _places(found: PhotographView) -> list[Authority]:
    """Return the places that are named, each once, the largest first."""
    names = (name for one in found.told.photograph.description.places for name in one.names)
    records = (found.linked.get(name.place_id) for name in names)
    return list(dict.fromkeys(record for record in records if record is not None))


def _place(record: Authority) -> dict[str, object]:
    preferred = tuple((n.language, n.name) for n in record.names if n.preferred)
    others = [n.name for n in record.names if not n.preferred]
    place: dict[str, object] = {"@type": "Place", "name": _language_values(preferred)}
    if others:
        place["alternateName"] = others
    if record.coordinates is not None:
        place["latitude"] = record.coordinates.latitude
        place["longitude"] = record.coordinates.longitude
    return place | _same_as(record)


def _same_as(record: Authority | None) -> dict[str, object]:
    addresses = [number.uri for number in record.identifiers] if record else []
    return {"sameAs": addresses} if addresses else {}
