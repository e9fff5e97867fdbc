"""The public record of a photograph in Dublin Core and by the names of IPTC Photo Metadata."""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from dam.iiif.presentation_source import page_path
from dam.iiif.presentation_words import NO_LANGUAGE, LanguageMap, language_map
from dam.workflows.browse import PhotographView

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"


def dublin_core(found: PhotographView, origin: str) -> str:
    """Return the record as XML of unqualified Dublin Core, as OAI-PMH writes it."""
    rows = "\n".join(
        f"  <dc:{name}{_lang(language)}>{escape(_NOT_IN_XML.sub('', text))}</dc:{name}>"
        for name, language, text in _elements(found, origin)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<oai_dc:dc xmlns:oai_dc="{_OAI_DC}" xmlns:dc="http://purl.org/dc/elements/1.1/"\n'
        '  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"\n'
        f'  xsi:schemaLocation="{_OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd">\n'
        f"{rows}\n</oai_dc:dc>\n"
    )


def _elements(found: PhotographView, origin: str) -> Iterator[tuple[str, str, str]]:
    """Yield (element, language, text) in the order of the elements."""
    one = found.told
    words = one.words
    known: tuple[tuple[str, LanguageMap], ...] = (
        ("title", words.label),
        ("creator", _plain(*words.creators)),
        ("contributor", _plain(*(each.byline for each in words.contributors))),
        ("subject", (*words.keywords, *_plain(*words.people))),
        ("description", words.captions),
        ("date", _plain(one.photograph.date.edtf if one.photograph.date else "")),
        ("coverage", words.places),
        ("source", words.source),
        ("rights", _plain(words.credit, words.statement.uri if words.statement else "")),
        ("identifier", _plain(origin + page_path(one.photograph.id), words.accession)),
        ("type", _plain("StillImage")),
    )
    for name, texts in known:
        for language, text in texts:
            if text:
                yield name, language, text


def _plain(*texts: str) -> LanguageMap:
    return tuple((NO_LANGUAGE, text) for text in texts)


def _lang(language: str) -> str:
    return "" if language in {NO_LANGUAGE, "und"} else f" xml:lang={quoteattr(language)}"


def iptc(found: PhotographView, origin: str) -> dict[str, object]:
    """Return the record by the property names of the IPTC Photo Metadata Standard."""
    one = found.told
    words = one.words
    document: dict[str, object] = {
        "digitalImageGuid": origin + page_path(one.photograph.id),
        "title": _alternatives(words.label if words.titled else ()),
        "headline": _alternatives(words.headlines),
        "description": _alternatives(words.captions),
        "altTextAccessibility": _alternatives(words.alts),
        "creatorNames": list(words.creators),
        "contributors": [
            {"name": each.byline, "role": [each.role.value]} for each in words.contributors
        ],
        "dateCreated": one.photograph.date.edtf if one.photograph.date else "",
        "locationsCreated": [{"name": _alternatives(words.places)}] if words.places else [],
        "personsShown": [{"name": name} for name in words.people],
        "keywords": [word for _, word in words.keywords],
        "creditLine": words.credit,
        "copyrightNotice": _alternatives(words.copyright),
        "source": _alternatives(words.source),
        "webStatementRights": words.statement.uri if words.statement else "",
    }
    return {name: value for name, value in document.items() if value}


def _alternatives(texts: LanguageMap) -> dict[str, str]:
    """Return one text for each language, as IPTC's "Alt Lang" has it."""
    return {
        "x-default" if tag == NO_LANGUAGE else tag: values[0]
        for tag, values in language_map(texts).items()
    }
