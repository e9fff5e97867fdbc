"""Checks of what stands beside the pictures: ranges, places, placeholders, links, searches."""

from collections.abc import Callable, Iterator, Sequence

from dam.iiif.presentation_finding import Finding, Node, Rule
from dam.iiif.presentation_source import NAV_PLACE_CONTEXT
from dam.iiif.presentation_words import Json, language_tag

_SEARCHES = frozenset({"SearchService2", "AutoCompleteService2"})
_SEARCHES_1 = {
    "SearchService1": "http://iiif.io/api/search/1/search",
    "AutoCompleteService1": "http://iiif.io/api/search/1/autocomplete",
}
_DESCRIBED_LINKS = frozenset({"rendering", "seeAlso", "homepage"})


def _objects(value: object) -> list[Json]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def unknown_canvases(document: Json) -> Iterator[Finding]:
    """Yield each canvas that a range names and the manifest does not have, and lost contexts."""
    known = [each.get("id") for each in _objects(document.get("items"))]
    for number, one in enumerate(_objects(document.get("structures"))):
        for place, item in enumerate(_objects(one.get("items"))):
            if item.get("type") == "Canvas" and item.get("id") not in known:
                where = f"/structures/{number}/items/{place}/id"
                yield Finding(Rule.RANGE, where, "The manifest has no such canvas.")
    context = document.get("@context")
    listed = context if isinstance(context, list) else [context]
    placed = "navPlace" in document or any(
        "navPlace" in each for each in _objects(document.get("items"))
    )
    if placed and NAV_PLACE_CONTEXT not in listed:
        words = f"A navPlace needs {NAV_PLACE_CONTEXT} before the last context."
        yield Finding(Rule.CONTEXT, "/@context", words)


def _range(node: Node) -> Iterator[Finding]:
    if node.kind != "Range" or node.held_by == "partOf":
        return
    if not _objects(node.value.get("items")):
        yield node.found(Rule.RANGE, "A range must have at least one item.", "items")
    if "label" not in node.value:
        yield node.found(Rule.LABEL, "This must have a label.", "label")


def _nav_place(node: Node) -> Iterator[Finding]:
    if node.held_by != "navPlace":
        return
    if node.kind != "FeatureCollection":
        yield node.found(Rule.PLACE, "navPlace must be a FeatureCollection.", "type")
    if not _objects(node.value.get("features")):
        yield node.found(Rule.PLACE, "navPlace must have at least one feature.", "features")
    for number, feature in enumerate(_objects(node.value.get("features"))):
        geometry = feature.get("geometry")
        if not isinstance(geometry, dict) or not _is_point(geometry):
            words = "This must be a Point of longitude and latitude, in degrees."
            yield node.found(Rule.PLACE, words, f"features/{number}/geometry")


def _is_point(geometry: Json) -> bool:
    at = geometry.get("coordinates")
    if geometry.get("type") != "Point" or not isinstance(at, list) or len(at) != 2:
        return False
    if not all(isinstance(each, int | float) and not isinstance(each, bool) for each in at):
        return False
    return bool(-180 <= at[0] <= 180 and -90 <= at[1] <= 90)


def _placeholder(node: Node) -> Iterator[Finding]:
    if node.held_by != "placeholderCanvas":
        return
    if {"placeholderCanvas", "accompanyingCanvas"} & node.value.keys():
        yield node.found(Rule.PLACEHOLDER, "A placeholder must have none itself.")
    if not any(_objects(page.get("items")) for page in _objects(node.value.get("items"))):
        yield node.found(Rule.PLACEHOLDER, "A placeholder must have a picture.", "items")


def _withheld(node: Node) -> Iterator[Finding]:
    """What we ask of ourselves: a canvas without a picture has something in its place."""
    held = node.kind == "Canvas" and node.held_by == "items" and node.value.get("items") == []
    if held and "placeholderCanvas" not in node.value:
        words = "A canvas without a picture must have a placeholder."
        yield node.found(Rule.PLACEHOLDER, words, "placeholderCanvas")


def _link(node: Node) -> Iterator[Finding]:
    if node.held_by not in _DESCRIBED_LINKS:
        return
    if not isinstance(node.value.get("format"), str):
        yield node.found(Rule.LINK, "A link must say its format.", "format")
    if node.held_by == "seeAlso" and "label" not in node.value:
        yield node.found(Rule.LINK, "A link must say what it leads to.", "label")


def _search(node: Node) -> Iterator[Finding]:
    old = node.value.get("@type")
    if (
        isinstance(old, str)
        and old in _SEARCHES_1
        and node.value.get("profile") != _SEARCHES_1[old]
    ):
        yield node.found(Rule.SERVICE, "Viewers know this service by its profile.", "profile")
    if node.kind in _SEARCHES and "@id" in node.value:
        yield node.found(Rule.SERVICE, "A service of version 2 has an id.", "id")


def _body(node: Node) -> Iterator[Finding]:
    if node.kind != "TextualBody":
        return
    text, language = node.value.get("value"), node.value.get("language")
    if not isinstance(text, str) or not text.strip():
        yield node.found(Rule.ANNOTATION, "A text must not be blank.", "value")
    if language is not None and (
        not isinstance(language, str) or language_tag(language) != language
    ):
        yield node.found(Rule.WORDS, "A language must be a tag of letters and hyphens.", "language")


structure_rules: Sequence[Callable[[Node], Iterator[Finding]]] = (
    _range,
    _nav_place,
    _placeholder,
    _withheld,
    _link,
    _search,
    _body,
)
