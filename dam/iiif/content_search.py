"""Answers of Content Search 2.0 and 1.0: captions as annotations, with the passages found.

Hits stand on the canvases of the manifest that is searched; both versions of a manifest have the
same canvases.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dam.iiif import presentation_2
from dam.iiif.presentation_parts import BUILD_ORIGIN, CAPTION_MOTIVATION, caption_annotation
from dam.iiif.presentation_source import canvas_path, caption_suffix, search_path
from dam.iiif.presentation_words import NO_LANGUAGE, ORIGIN_MARK, Json, language_tag, plain

CONTEXT_2 = "http://iiif.io/api/search/2/context.json"
CONTEXT_1 = presentation_2.SEARCH_CONTEXT
PRESENTATION_2_CONTEXT = presentation_2.CONTEXT
PAGE = 100  # captions in one answer
NOT_ANSWERED = ("date", "user")
"""Parameters of the specification that are not looked at, and named in ``ignored``."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that were found, as they are written, and those around them."""

    before: str
    exact: str
    after: str


@dataclass(frozen=True, slots=True)
class FoundCaption:
    """A caption of one photograph in one language, and where in it the words stand."""

    photograph_id: str
    language: str
    text: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """One page of what was found in a manifest.

    *query* is the query string of the request without the page, *page* counts from 1, *ignored*
    are the parameters that were given and not looked at.
    """

    manifest_id: str
    query: str
    total: int
    page: int
    captions: tuple[FoundCaption, ...]
    ignored: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))

    @property
    def first_index(self) -> int:
        """The place of the first caption of this page among all, from 0."""
        return (self.page - 1) * PAGE

    def address(self, version: int, page: int) -> str:
        """Return the address of a page, by the version of the manifests."""
        base = _address(search_path(self.manifest_id, version))
        asked = "&".join(part for part in (self.query, f"page={page}" if page > 1 else "") if part)
        return f"{base}?{asked}" if asked else base


def answer_2(found: SearchAnswer) -> Json:
    """Return the annotation page of Content Search 2.0, without an origin."""
    own = found.address(3, found.page)
    items = [_caption(found.manifest_id, one) for one in found.captions]
    hits = [
        _hit_2(f"{_address(search_path(found.manifest_id, 3))}/match", item, passage, number)
        for item, one in zip(items, found.captions, strict=True)
        for number, passage in enumerate(one.passages, 1)
    ]
    document: Json = {"@context": CONTEXT_2, "id": own, "type": "AnnotationPage"}
    if found.ignored:
        document["ignored"] = list(found.ignored)
    if found.pages > 1:
        document |= _paging_2(found)
    document["items"] = items
    if hits:
        document["annotations"] = [{"type": "AnnotationPage", "items": hits}]
    return document


def _paging_2(found: SearchAnswer) -> Json:
    def page(number: int) -> Json:
        return {"id": found.address(3, number), "type": "AnnotationPage"}

    whole = {
        "id": f"{found.address(3, 1)}&all=1",
        "type": "AnnotationCollection",
        "total": found.total,
        "first": page(1),
        "last": page(found.pages),
    }
    paging: Json = {"partOf": whole, "startIndex": found.first_index}
    if found.page < found.pages:
        paging["next"] = page(found.page + 1)
    if found.page > 1:
        paging["prev"] = page(found.page - 1)
    return paging


def _hit_2(base: str, caption: Json, passage: Passage, number: int) -> Json:
    source = str(caption["id"])
    selector: Json = {"type": "TextQuoteSelector", "exact": passage.exact}
    if passage.before:
        selector["prefix"] = passage.before
    if passage.after:
        selector["suffix"] = passage.after
    return {
        "id": f"{base}/{source.partition('/canvas')[2].strip('/')}/{number}",
        "type": "Annotation",
        "motivation": "contextualizing",
        "target": {"type": "SpecificResource", "source": source, "selector": [selector]},
    }


def answer_1(found: SearchAnswer) -> Json:
    """Return the annotation list of Content Search 1.0, without an origin."""
    layer: Json = {"@type": "sc:Layer", "total": found.total, "ignored": list(found.ignored)}
    document: Json = {
        "@context": [PRESENTATION_2_CONTEXT, CONTEXT_1],
        "@id": found.address(2, found.page),
        "@type": "sc:AnnotationList",
        "within": layer,
        "startIndex": found.first_index,
    }
    if found.pages > 1:
        layer |= {"first": found.address(2, 1), "last": found.address(2, found.pages)}
    if found.page < found.pages:
        document["next"] = found.address(2, found.page + 1)
    if found.page > 1:
        document["prev"] = found.address(2, found.page - 1)
    document["resources"] = [_resource_1(found.manifest_id, one) for one in found.captions]
    document["hits"] = [
        _hit_1(_caption_address(found.manifest_id, one), passage)
        for one in found.captions
        for passage in one.passages
    ]
    return document


def _resource_1(manifest_id: str, one: FoundCaption) -> Json:
    tag = language_tag(one.language)
    chars: Json = {"@type": "cnt:ContentAsText", "format": "text/plain", "chars": plain(one.text)}
    return {
        "@id": _caption_address(manifest_id, one),
        "@type": "oa:Annotation",
        "motivation": f"oa:{CAPTION_MOTIVATION}",
        "resource": chars | ({} if tag == NO_LANGUAGE else {"language": tag}),
        "on": _address(canvas_path(one.photograph_id, manifest_id)),
    }


def _hit_1(caption: str, passage: Passage) -> Json:
    return {
        "@type": "search:Hit",
        "annotations": [caption],
        "match": passage.exact,
        "before": passage.before,
        "after": passage.after,
    }


def terms_2(words: Sequence[str], ignored: Sequence[str]) -> Json:
    """Return the words of captions that complete what is typed, for Content Search 2.0."""
    document: Json = {"@context": CONTEXT_2, "type": "TermPage"}
    if ignored:
        document["ignored"] = list(ignored)
    return document | {"items": [{"value": word} for word in words]}


def terms_1(manifest_id: str, own: str, words: Sequence[tuple[str, str]]) -> Json:
    """Return them for Content Search 1.0; each word comes with its query string."""
    base = _address(search_path(manifest_id, 2))
    return {
        "@context": CONTEXT_1,
        "@id": ORIGIN_MARK + own,
        "@type": "search:TermList",
        "ignored": [],
        "terms": [{"match": word, "url": f"{base}?{query}"} for word, query in words],
    }


def _caption(manifest_id: str, one: FoundCaption) -> Json:
    built = BUILD_ORIGIN + canvas_path(one.photograph_id, manifest_id)
    caption = caption_annotation(one.language, one.text, built)
    canvas = _address(canvas_path(one.photograph_id, manifest_id))
    return caption | {"id": _caption_address(manifest_id, one), "target": canvas}


def _caption_address(manifest_id: str, one: FoundCaption) -> str:
    canvas = canvas_path(one.photograph_id, manifest_id)
    return _address(canvas) + caption_suffix(one.language)


def _address(path: str) -> str:
    return ORIGIN_MARK + path
