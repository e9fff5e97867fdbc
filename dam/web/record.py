"""The public record of a photograph as JSON-LD, for machines that follow ``seeAlso``."""

from dam.iiif.presentation_source import manifest_path, page_path
from dam.iiif.presentation_words import LanguageMap
from dam.workflows.browse import PhotographView


def record(found: PhotographView, origin: str) -> dict[str, object]:
    """Return the public record of a photograph as JSON-LD of schema.org."""
    one = found.told
    words_ = one.words
    path = origin + page_path(one.photograph.id)
    document: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Photograph",
        "@id": path,
        "identifier": one.photograph.id,
        "url": path,
        "name": _language_values(words_.label),
        "description": _language_values(words_.captions),
        "creator": [{"@type": "Person", "name": name} for name in words_.creators],
        "dateCreated": one.photograph.date.edtf if one.photograph.date else "",
        "locationCreated": _language_values(words_.places),
        "keywords": list(words_.keywords),
        "creditText": words_.credit,
        "copyrightNotice": _language_values(words_.copyright),
        "license": words_.statement.uri if words_.statement else "",
        "subjectOf": origin + manifest_path(one.photograph.id),
    }
    return {name: value for name, value in document.items() if value}


def _language_values(texts: LanguageMap) -> list[dict[str, str]]:
    return [
        {"@value": text} if language == "none" else {"@value": text, "@language": language}
        for language, text in texts
    ]
