"""Each rule of the lint, by breaking a good document in one place."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from presentation_examples import FRAME, collection_page, manifest_of, series_manifest, served

from dam.iiif.presentation_finding import Rule
from dam.iiif.presentation_lint import findings

PHOTOGRAPH = served(manifest_of(FRAME))
SERIES = served(series_manifest())
PAGE = served(collection_page(1))
MISSING = object()

ANNOTATION = "/items/0/items/0/items/0"
CANVAS_ID = PHOTOGRAPH["items"][0]["id"]
COMMENT = {
    "id": f"{CANVAS_ID}/comments",
    "type": "AnnotationPage",
    "items": [
        {
            "id": f"{CANVAS_ID}/comment",
            "type": "Annotation",
            "motivation": "commenting",
            "body": {"type": "TextualBody", "value": "The third from the left"},
            "target": f"{CANVAS_ID}#xywh=0,0,5,5",
        }
    ],
}
PAINTING = PHOTOGRAPH["items"][0]["items"][0]


ITEM = {"id": CANVAS_ID, "type": "Canvas"}
RANGE = {
    "id": "https://a.example/r",
    "type": "Range",
    "label": {"en": ["Baku"]},
    "items": [ITEM],
}
POINT = {"type": "Point", "coordinates": [49.9, 40.4]}
EMPTY = {
    "id": f"{CANVAS_ID}/placeholder",
    "type": "Canvas",
    "label": {"en": ["No picture"]},
    "width": 3,
    "height": 2,
    "items": [],
}
OLD_SEARCH = {"@id": "https://a.example/s", "@type": "SearchService1", "profile": "search"}


def place_at(*coordinates):
    """A navPlace of one point."""
    feature = {"type": "Feature", "geometry": {**POINT, "coordinates": list(coordinates)}}
    return {"type": "FeatureCollection", "features": [feature]}


def comment_of(**body):
    """A page with a comment whose body differs."""
    comment = copy.deepcopy(COMMENT)
    comment["items"][0]["body"] |= body
    return comment


def changed(document, place, value):
    """Return a copy in which the JSON Pointer *place* holds *value*, or nothing."""
    document = copy.deepcopy(document)
    *path, last = place.removeprefix("/").split("/")
    holder = document
    for step in path:
        holder = holder[int(step) if isinstance(holder, list) else step.replace("~1", "/")]
    key = int(last) if isinstance(holder, list) else last
    if value is MISSING:
        del holder[key]
    else:
        holder[key] = value
    return document


CASES = [
    # rule, place, value, reason
    (Rule.CONTEXT, "/@context", MISSING, "without it the document is no JSON-LD"),
    (Rule.CONTEXT, "/@context", [], "an empty list says nothing"),
    (Rule.CONTEXT, "/@context", "https://iiif.io/api/presentation/3/context.json", "not https"),
    (
        Rule.CONTEXT,
        "/@context",
        [PHOTOGRAPH["@context"], "http://iiif.io/api/extension/navplace/context.json"],
        "Presentation's comes last",
    ),
    (
        Rule.CONTEXT,
        f"{ANNOTATION}/body/service/0/@context",
        "http://iiif.io/api/image/3/context.json",
        "a service block carries none",
    ),
    (Rule.WORDS, "/label", {}, "an empty language map"),
    (Rule.WORDS, "/label", "Market", "a bare string"),
    (Rule.WORDS, "/label/en", [], "an empty list of texts"),
    (Rule.WORDS, "/label/en", [" "], "a blank text"),
    (Rule.WORDS, "/label/en", [7], "a number"),
    (Rule.WORDS, "/label/es-419", ["Día"], "the official schema refuses digits"),
    (Rule.WORDS, "/summary/en", "Market", "a text that is not in a list"),
    (Rule.WORDS, "/metadata/0/value", {}, "an empty value"),
    (Rule.WORDS, "/metadata/0/label", MISSING, "a row needs a label"),
    (Rule.WORDS, "/metadata/0", "Date: 1992", "a row is an object"),
    (Rule.WORDS, "/requiredStatement/value", MISSING, "a credit needs a value"),
    (Rule.WORDS, "/items/0/requiredStatement", ["©"], "a credit is an object"),
    (Rule.WORDS, "/provider/0/label", {}, "an empty label"),
    (Rule.HTML, "/summary/en", ["<script>alert(1)</script>"], "we publish no HTML"),
    (Rule.HTML, "/items/0/metadata/0/value/none", ["a\ue000"], "the mark must not leave"),
    (Rule.LABEL, "/label", MISSING, "a manifest has a label"),
    (Rule.LABEL, "/items/0/label", MISSING, "a canvas has a label"),
    (Rule.LABEL, "/homepage/0/label", MISSING, "a homepage has a label"),
    (Rule.LABEL, "/provider/0/label", MISSING, "a provider has a label"),
    (Rule.LABEL, "/provider/0/homepage/0/label", MISSING, "a homepage has a label"),
    (Rule.LABEL, "/rendering", [{"id": "https://a.example/b.pdf", "type": "Text"}], "so has this"),
    (Rule.IDENTIFIER, "/id", MISSING, "a manifest has an id"),
    (Rule.IDENTIFIER, "/id", "/manifests/3/k7m2q9/manifest.json", "a relative id"),
    (Rule.IDENTIFIER, "/id", "urn:uuid:1", "not on the web"),
    (Rule.IDENTIFIER, "/id", "https://a.example/b c", "a space"),
    (Rule.IDENTIFIER, "/id", "\ue000/manifests/3/k7m2q9/manifest.json", "no origin yet"),
    (Rule.IDENTIFIER, "/id", "https://a.example/\ue000", "a mark inside"),
    (Rule.IDENTIFIER, "/id", "https://a.example/m?id=1", "a query"),
    (Rule.IDENTIFIER, "/items/0/id", f"{CANVAS_ID}#xywh=0,0,1,1", "a canvas with a fragment"),
    (Rule.IDENTIFIER, "/homepage/0/id", "p/k7m2q9", "a relative link"),
    (Rule.IDENTIFIER, f"{ANNOTATION}/body/service/0/id", "/iiif/3/k7m2q9", "a relative service"),
    (Rule.IDENTIFIER, "/thumbnail/0/id", 7, "no text"),
    (Rule.DUPLICATE, f"{ANNOTATION}/id", CANVAS_ID, "two resources, one id"),
    (Rule.RIGHTS, "/rights", "https://creativecommons.org/licenses/by/4.0/", "not https"),
    (Rule.RIGHTS, "/rights", "http://creativecommons.org/licenses/by/4.0", "the last slash"),
    (Rule.RIGHTS, "/rights", "http://creativecommons.org/licenses/by/4.0/deed.en", "a page"),
    (Rule.RIGHTS, "/rights", ["http://creativecommons.org/licenses/by/4.0/"], "a list"),
    (Rule.RIGHTS, "/items/0/rights", "http://rightsstatements.org/vocab/Nope/1.0/", "no such one"),
    (Rule.RIGHTS, "/items/0/rights", MISSING, "rights travel with every canvas"),
    (
        Rule.RIGHTS,
        "/rights",
        "http://rightsstatements.org/vocab/InC/1.0/",
        "the canvas has other rights",
    ),
    (Rule.RIGHTS, "/requiredStatement", MISSING, "viewers show the manifest's alone"),
    (Rule.NAV_DATE, "/navDate", "1992-02-03", "a day is no moment"),
    (Rule.NAV_DATE, "/navDate", "1992-02-03T00:00:00", "no time zone"),
    (Rule.NAV_DATE, "/navDate", "1992-13-03T00:00:00Z", "month 13"),
    (Rule.NAV_DATE, "/navDate", "1992", "a year is no moment"),
    (Rule.NAV_DATE, "/items/0/navDate", 1992, "a number"),
    (Rule.BEHAVIOR, "/behavior", ["paged", "continuous"], "they exclude each other"),
    (Rule.ITEMS, "/items", [], "a manifest has a canvas"),
    (Rule.ITEMS, "/items", MISSING, "a manifest has a canvas"),
    (Rule.SIZE, "/items/0/width", 0, "nothing is 0 wide"),
    (Rule.SIZE, "/items/0/width", MISSING, "both or none, and none is no photograph"),
    (Rule.SIZE, "/items/0/height", 4000.0, "a size is a whole number"),
    (Rule.SIZE, "/items/0/height", True, "truth is no size"),
    (Rule.SIZE, f"{ANNOTATION}/body/width", -1, "nothing is narrower than nothing"),
    (Rule.SIZE, f"{ANNOTATION}/body/service/0/width", "6000", "a text"),
    (Rule.SIZE, f"{ANNOTATION}/body/service/0/sizes/0/height", MISSING, "a size has two sides"),
    (Rule.ANNOTATION, f"{ANNOTATION}/motivation", MISSING, "what is it for?"),
    (Rule.ANNOTATION, f"{ANNOTATION}/body", MISSING, "there is nothing to paint"),
    (Rule.ANNOTATION, f"{ANNOTATION}/target", MISSING, "onto what?"),
    (Rule.TARGET, f"{ANNOTATION}/target", f"{CANVAS_ID}2", "another canvas shows nothing"),
    (Rule.TARGET, f"{ANNOTATION}/target", f"{CANVAS_ID}#xywh=0,0,1,1", "it covers the canvas"),
    (Rule.TARGET, f"{ANNOTATION}/target", [CANVAS_ID], "a list"),
    (Rule.MOTIVATION, f"{ANNOTATION}/motivation", "commenting", "a comment belongs elsewhere"),
    (Rule.MOTIVATION, "/items/0/annotations", [PAINTING], "what paints belongs to items"),
    (Rule.IMAGE, f"{ANNOTATION}/body/format", MISSING, "viewers fail without"),
    (
        Rule.IMAGE,
        f"{ANNOTATION}/body/id",
        PAINTING["items"][0]["body"]["service"][0]["id"],
        "a service is no picture",
    ),
    (Rule.SERVICE, f"{ANNOTATION}/body/service/0/profile", "level9", "no such level"),
    (
        Rule.SERVICE,
        f"{ANNOTATION}/body/service/0/profile",
        "http://iiif.io/api/image/3/level2.json",
        "version 3 has bare words",
    ),
    (Rule.SERVICE, f"{ANNOTATION}/body/service/0/profile", ["level2"], "a list"),
    (Rule.SERVICE, f"{ANNOTATION}/body/service/0/@id", "https://a.example/s", "never both"),
    (Rule.SERVICE, "/service", [OLD_SEARCH], "viewers look for the profile"),
    (Rule.SERVICE, "/service", [{"@id": "https://a.example/s", "type": "SearchService2"}], "an id"),
    (Rule.BEHAVIOR, "/behavior", ["multi-part", "together"], "they exclude each other"),
    (Rule.RANGE, "/structures", [{**RANGE, "items": []}], "a range of nothing"),
    (
        Rule.RANGE,
        "/structures",
        [{**RANGE, "items": [{**ITEM, "id": "https://a.example/c"}]}],
        "a canvas that is not there",
    ),
    (Rule.LABEL, "/structures", [{"id": RANGE["id"], "type": "Range", "items": [ITEM]}], "no name"),
    (Rule.PLACE, "/items/0/navPlace", POINT, "a bare point"),
    (Rule.PLACE, "/items/0/navPlace", {"type": "FeatureCollection", "features": []}, "no place"),
    (Rule.PLACE, "/items/0/navPlace", place_at(40.4, 149.9, 7), "three numbers"),
    (Rule.PLACE, "/items/0/navPlace", place_at(49.9, 140.4), "latitude ends at 90"),
    (Rule.PLACE, "/items/0/navPlace", place_at("49.9", 40.4), "a text"),
    (Rule.CONTEXT, "/items/0/navPlace", place_at(49.9, 40.4), "an extension needs its context"),
    (Rule.PLACEHOLDER, "/items/0/placeholderCanvas", EMPTY, "nothing in its place either"),
    (
        Rule.PLACEHOLDER,
        "/items/0/placeholderCanvas",
        {**EMPTY, "placeholderCanvas": EMPTY},
        "one within the other",
    ),
    (Rule.PLACEHOLDER, "/items/0/items", [], "nothing at all to see"),
    (Rule.LINK, "/seeAlso/0/format", MISSING, "what is it?"),
    (Rule.LINK, "/seeAlso/0/label", MISSING, "what is it called?"),
    (Rule.LINK, "/homepage/0/format", MISSING, "what is it?"),
    (Rule.ANNOTATION, "/items/0/annotations", [comment_of(value=" ")], "a blank text"),
    (Rule.WORDS, "/items/0/annotations", [comment_of(language="es-419")], "digits"),
]


@pytest.mark.parametrize(("rule", "place", "value", "reason"), CASES)
def test_one_breach_is_found(rule, place, value, reason):
    found = findings(changed(PHOTOGRAPH, place, value))
    assert rule in {finding.rule for finding in found}, reason


@pytest.mark.parametrize(
    ("place", "value", "found_at"),
    [
        ("/items/0/label/en", [], "/items/0/label/en"),
        ("/metadata/1/value", {}, "/metadata/1/value"),
        ("/items/0/height", 0, "/items/0/height"),
        (f"{ANNOTATION}/target", "https://a.example/", f"{ANNOTATION}/target"),
        (f"{ANNOTATION}/body/service/0/profile", "x", f"{ANNOTATION}/body/service/0/profile"),
        ("/items/0/annotations", [PAINTING], "/items/0/annotations"),
        ("/rights", "x", "/rights"),
    ],
)
def test_finding_names_its_place(place, value, found_at):
    assert found_at in {each.place for each in findings(changed(PHOTOGRAPH, place, value))}


def test_every_rule_has_a_case():
    assert {rule for rule, *_ in CASES} == set(Rule)


def test_places_are_json_pointers():
    broken = changed(PHOTOGRAPH, "/label/a~1b", ["x"])
    broken["label"]["a/b~c"] = broken["label"].pop("a~1b")
    assert [each.place for each in findings(broken)] == ["/label/a~1b~0c"]


@pytest.mark.parametrize(
    ("place", "value", "reason"),
    [
        ("/items/0/annotations", [COMMENT], "a comment on a part of the canvas"),
        (
            "/@context",
            ["http://iiif.io/api/extension/navplace/context.json", PHOTOGRAPH["@context"]],
            "an extension before Presentation's",
        ),
        ("/behavior", ["paged", "no-auto-advance"], "they agree"),
        ("/rights", MISSING, "the canvas has its own"),
        ("/navDate", "1992-02-03T00:00:00+04:00", "a time zone that is not Z"),
        ("/label/id", ["Foto"], "id is also Indonesian"),
    ],
)
def test_what_is_allowed_is_not_found(place, value, reason):
    assert findings(changed(PHOTOGRAPH, place, value)) == (), reason


def test_a_comment_may_aim_at_a_specific_resource():
    comment = copy.deepcopy(COMMENT)
    comment["items"][0]["target"] = {
        "type": "SpecificResource",
        "source": {"id": CANVAS_ID, "type": "Canvas"},
    }
    assert findings(changed(PHOTOGRAPH, "/items/0/annotations", [comment])) == ()
    comment["items"][0]["target"]["source"] = f"{CANVAS_ID}2"
    [found] = findings(changed(PHOTOGRAPH, "/items/0/annotations", [comment]))
    assert found.rule is Rule.TARGET


def test_a_series_under_the_rights_of_one_frame_is_found():
    claimed = changed(SERIES, "/rights", SERIES["items"][0]["rights"])
    assert [each.rule for each in findings(claimed)] == [Rule.RIGHTS]


def test_the_same_manifest_twice_in_a_collection_is_found():
    doubled = changed(PAGE, "/items/1", PAGE["items"][0])
    assert [each.rule for each in findings(doubled)] == [Rule.DUPLICATE]


def test_a_collection_item_without_label_is_found():
    assert [each.rule for each in findings(changed(PAGE, "/items/0/label", MISSING))] == [
        Rule.LABEL
    ]


names = st.sampled_from(
    ["id", "type", "label", "items", "service", "rights", "metadata", "target", "navDate", "body"]
) | st.text(max_size=3)
words = st.sampled_from(["Manifest", "Canvas", "Annotation", "Image", "painting"]) | st.text(
    max_size=4
)
leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | words
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=5),
    max_leaves=25,
)


@given(document=st.dictionaries(names, values, max_size=6))
def test_lint_answers_whatever_json_it_gets(document):
    assert findings(document)


@given(place=st.sampled_from([place for _, place, _, _ in CASES]), value=values)
def test_lint_answers_whatever_stands_in_a_good_document(place, value):
    findings(changed(PHOTOGRAPH, place, value))


@pytest.mark.shared
def test_lint_reads_the_cookbook(shared):
    """Most manifests by others are clean, apart from what we alone ask of ourselves."""
    clean = 0
    manifests = []
    for path in sorted((shared / "fixtures/iiif/cookbook").glob("*/*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(document, dict) and document.get("type") == "Manifest":
            manifests.append(path)
            own_rules = {Rule.LABEL, Rule.HTML, Rule.RIGHTS, Rule.SIZE}
            clean += {each.rule for each in findings(document)} <= own_rules
    assert len(manifests) > 60
    assert clean > len(manifests) * 0.6
