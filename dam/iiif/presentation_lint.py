"""Our own checks of what we publish: what the official schema of Presentation API 3.0 lets by.

A pass of the official validator is necessary and not sufficient; these findings are the rest. They
also hold what we ask of ourselves: no HTML, a label on every canvas, one rights per manifest.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from dam.iiif.presentation_finding import Finding, Node, Rule
from dam.iiif.presentation_lint_structures import structure_rules, unknown_canvases
from dam.iiif.presentation_source import CONTEXT, is_rights_uri
from dam.iiif.presentation_words import ORIGIN_MARK, Json, plain

_LANGUAGE_KEY = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_NAV_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")
_WEB_ADDRESS = re.compile(r"https?://[^/?#\s]+[^\s]*")
_WORDS = frozenset({"label", "summary"})
_LABELLED_WORDS = frozenset({"metadata", "requiredStatement"})
_LABELLED_LINKS = frozenset({"homepage", "rendering", "provider"})
_LINKS = _LABELLED_LINKS | {"seeAlso", "thumbnail", "logo", "partOf", "items", "annotations"}
_RESOURCES = frozenset({"Collection", "Manifest", "Canvas", "AnnotationPage", "Annotation"})
_PROFILES = ("level0", "level1", "level2")
_DISJOINT_BEHAVIORS = (
    frozenset({"unordered", "individuals", "continuous", "paged"}),
    frozenset({"auto-advance", "no-auto-advance"}),
    frozenset({"repeat", "no-repeat"}),
    frozenset({"facing-pages", "non-paged"}),
    frozenset({"multi-part", "together"}),
    frozenset({"sequence", "thumbnail-nav", "no-nav"}),
)


def findings(document: Json) -> tuple[Finding, ...]:
    """Return everything that is wrong with a manifest or collection, in order of place.

    The document is one that is served: its origin is filled in. It is expected to have passed
    the official schema; what has not is answered as well, and never raises.
    """
    nodes = list(_nodes(document, "", "", None))
    found = [*_context(document), *_duplicates(nodes), *_mixed_rights(document)]
    found.extend(unknown_canvases(document))
    found.extend(finding for node in nodes for rule in _RULES for finding in rule(node))
    return tuple(sorted(found, key=lambda finding: finding.place))


def _nodes(value: object, place: str, held_by: str, canvas_id: object) -> Iterator[Node]:
    """Walk everything but words: ``id`` is also a language, whose words are no identifier."""
    if isinstance(value, list):
        for position, each in enumerate(value):
            yield from _nodes(each, f"{place}/{position}", held_by, canvas_id)
    elif isinstance(value, dict):
        node = Node(value, place, held_by, canvas_id)
        yield node
        around = value.get("id") if node.kind == "Canvas" else canvas_id
        for name, each in value.items():
            if name not in _WORDS and name not in _LABELLED_WORDS:
                yield from _nodes(each, f"{place}/{_escaped(name)}", str(name), around)


def _escaped(name: object) -> str:
    return str(name).replace("~", "~0").replace("/", "~1")


def _objects(value: object) -> list[Json]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _context(document: Json) -> Iterator[Finding]:
    context = document.get("@context")
    listed = context if isinstance(context, list) else [context]
    if not listed or listed[-1] != CONTEXT:
        words = f"The @context must be {CONTEXT}, or a list that ends with it."
        yield Finding(Rule.CONTEXT, "/@context", words)


def _one_context(node: Node) -> Iterator[Finding]:
    if node.place and "@context" in node.value:
        yield node.found(Rule.CONTEXT, "Only the top of a document has a @context.", "@context")


def _words(node: Node) -> Iterator[Finding]:
    for name in sorted(_WORDS & node.value.keys()):
        yield from _language_map(node.value[name], f"{node.place}/{name}")
    rows = node.value.get("metadata", [])
    statement = node.value.get("requiredStatement")
    places = [(row, f"metadata/{place}") for place, row in enumerate(_as_list(rows))]
    if statement is not None:
        places.append((statement, "requiredStatement"))
    for row, place in places:
        if not isinstance(row, dict):
            yield node.found(Rule.WORDS, "This must be an object with label and value.", place)
            continue
        for name in ("label", "value"):
            yield from _language_map(row.get(name), f"{node.place}/{place}/{name}")


def _as_list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else [value]


def _language_map(value: object, place: str) -> Iterator[Finding]:
    if not isinstance(value, dict) or not value:
        yield Finding(Rule.WORDS, place, "Words must be a language map that is not empty.")
        return
    for tag, texts in value.items():
        here = f"{place}/{_escaped(tag)}"
        if not isinstance(tag, str) or not _LANGUAGE_KEY.fullmatch(tag):
            yield Finding(Rule.WORDS, here, "A language must be a tag of letters and hyphens.")
        if not isinstance(texts, list) or not texts or not all(map(_is_text, texts)):
            yield Finding(Rule.WORDS, here, "A language needs a list of texts, none of them blank.")
        elif any(plain(text) != text for text in texts):
            words = "A text would be taken for HTML, or holds a character that must not leave."
            yield Finding(Rule.HTML, here, words)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _labels(node: Node) -> Iterator[Finding]:
    has_items = node.kind == "Canvas" and "items" in node.value
    named = (node.kind in {"Manifest", "Collection"} and node.held_by != "partOf") or has_items
    if (named or node.held_by in _LABELLED_LINKS) and "label" not in node.value:
        yield node.found(Rule.LABEL, "This must have a label.", "label")


def _identifiers(node: Node) -> Iterator[Finding]:
    address = node.value.get("id")
    must = node.kind in _RESOURCES or node.held_by in _LINKS or node.kind == "Image"
    if address is None and not must:
        return
    if not isinstance(address, str) or not _WEB_ADDRESS.fullmatch(address):
        yield node.found(Rule.IDENTIFIER, "An id must be a whole http or https URL.", "id")
    elif ORIGIN_MARK in address:
        yield node.found(Rule.IDENTIFIER, "The origin has not been filled in.", "id")
    elif node.kind in _RESOURCES and ("#" in address or "?" in address):
        yield node.found(Rule.IDENTIFIER, "This id must have no fragment and no query.", "id")


def _duplicates(nodes: Sequence[Node]) -> Iterator[Finding]:
    seen: set[str] = set()
    for node in nodes:
        address = node.value.get("id")
        reference = node.held_by == "partOf" or (
            node.kind == "Canvas" and "items" not in node.value
        )
        if not isinstance(address, str) or node.kind not in _RESOURCES or reference:
            continue
        if address in seen:
            yield node.found(Rule.DUPLICATE, "Another resource has the same id.", "id")
        seen.add(address)


def _rights(node: Node) -> Iterator[Finding]:
    rights = node.value.get("rights")
    if rights is not None and not (isinstance(rights, str) and is_rights_uri(rights)):
        words = "Rights must be an http URI of Creative Commons or RightsStatements.org, exactly."
        yield node.found(Rule.RIGHTS, words, "rights")


def _mixed_rights(document: Json) -> Iterator[Finding]:
    rights, canvases = document.get("rights"), _objects(document.get("items"))
    if document.get("type") != "Manifest":
        return
    if rights is not None and any(each.get("rights") != rights for each in canvases):
        words = "The canvases have other rights than the manifest; leave the manifest's out."
        yield Finding(Rule.RIGHTS, "/rights", words)
    owed = any("requiredStatement" in each for each in canvases)
    if owed and "requiredStatement" not in document:
        words = "Viewers show the credit of the manifest alone, and there is none."
        yield Finding(Rule.RIGHTS, "/requiredStatement", words)


def _nav_date(node: Node) -> Iterator[Finding]:
    moment = node.value.get("navDate")
    if moment is not None and not (isinstance(moment, str) and _is_moment(moment)):
        words = "navDate must be a real date and time with a time zone, such as Z."
        yield node.found(Rule.NAV_DATE, words, "navDate")


def _is_moment(text: str) -> bool:
    if not _NAV_DATE.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _behavior(node: Node) -> Iterator[Finding]:
    behaviors = {each for each in _as_list(node.value.get("behavior")) if isinstance(each, str)}
    if any(len(behaviors & disjoint) > 1 for disjoint in _DISJOINT_BEHAVIORS):
        yield node.found(Rule.BEHAVIOR, "Two of these exclude each other.", "behavior")


def _items(node: Node) -> Iterator[Finding]:
    if node.kind == "Manifest" and not node.place and not _objects(node.value.get("items")):
        yield node.found(Rule.ITEMS, "A manifest must have at least one canvas.", "items")


def _sizes(node: Node) -> Iterator[Finding]:
    shown = node.kind in {"Canvas", "Image"} and node.held_by != "rendering"
    sized = shown or node.held_by == "sizes"
    must = sized and not (node.kind == "Canvas" and "items" not in node.value)
    for name in ("width", "height"):
        side = node.value.get(name)
        if (must or name in node.value) and (type(side) is not int or side < 1):
            yield node.found(Rule.SIZE, "This must be a whole number above 0.", name)


def _annotation(node: Node) -> Iterator[Finding]:
    if node.kind != "Annotation":
        return
    for name in ("motivation", "body", "target"):
        if not node.value.get(name):
            yield node.found(Rule.ANNOTATION, "An annotation must have this.", name)
    target = node.value.get("target")
    aimed = target if node.value.get("motivation") == "painting" else _whole_target(target)
    if node.canvas_id is not None and aimed != node.canvas_id:
        yield node.found(Rule.TARGET, "The target must be the canvas around it.", "target")


def _whole_target(target: object) -> object:
    """Return the canvas of which *target* may be a part; only what paints covers it all."""
    source = target.get("source") if isinstance(target, dict) else target
    address = source.get("id") if isinstance(source, dict) else source
    return address.partition("#")[0] if isinstance(address, str) else None


def _motivation(node: Node) -> Iterator[Finding]:
    if node.kind != "Canvas":
        return
    for name in ("items", "annotations"):
        for page in _objects(node.value.get(name)):
            for annotation in _objects(page.get("items")):
                paints = "painting" in _as_list(annotation.get("motivation"))
                if paints != (name == "items"):
                    words = "Annotations that paint belong to items, and no others do."
                    yield node.found(Rule.MOTIVATION, words, name)


def _image(node: Node) -> Iterator[Finding]:
    if node.kind != "Image":
        return
    if not isinstance(node.value.get("format"), str):
        yield node.found(Rule.IMAGE, "An image must have a format; viewers fail without.", "format")
    services = _objects(node.value.get("service"))
    own = node.value.get("id")
    if any(own in (each.get("id"), each.get("@id")) for each in services):
        yield node.found(Rule.IMAGE, "The id must be a picture's and not the service's.", "id")


def _service(node: Node) -> Iterator[Finding]:
    if node.held_by != "service":
        return
    if "@id" in node.value and "id" in node.value:
        yield node.found(Rule.SERVICE, "A service has id and type, or @id and @type, never both.")
    if node.kind == "ImageService3" and node.value.get("profile") not in _PROFILES:
        words = "The profile must be level0, level1 or level2."
        yield node.found(Rule.SERVICE, words, "profile")


_RULES: tuple[Callable[[Node], Iterator[Finding]], ...] = (
    _one_context,
    _words,
    _labels,
    _identifiers,
    _rights,
    _nav_date,
    _behavior,
    _items,
    _sizes,
    _annotation,
    _motivation,
    _image,
    _service,
    *structure_rules,
)
