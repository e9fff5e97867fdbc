"""Content states: what they aim at, and how they stand in an address."""

import json

import pytest

from dam.iiif.content_state import Aim, Region, UnreadableState, decoded, encoded, read, region_of

ORIGIN = "https://photos.example.org"
MANIFEST = f"{ORIGIN}/manifests/3/s1/manifest.json"
CANVAS = f"{ORIGIN}/manifests/3/s1/canvas/p1"
PART = Region(1, 2, 30, 40)
SELECTOR = {"type": "FragmentSelector", "value": "xywh=1,2,30,40"}


def annotation(target):
    return {"type": "Annotation", "motivation": ["contentState"], "target": target}


AIMS = (
    (MANIFEST, Aim("s1"), "the address of a manifest"),
    (f"{ORIGIN}/manifests/2/p1/manifest.json", Aim("p1"), "of the older version"),
    (CANVAS, Aim("p1"), "a canvas of a series"),
    (f"{ORIGIN}/manifests/3/p1/canvas#xywh=1,2,30,40", Aim("p1", PART), "its own canvas, a part"),
    ({"id": f"{CANVAS}#xywh=1,2,30,40", "type": "Canvas"}, Aim("p1", PART), "a resource"),
    (annotation({"id": CANVAS, "type": "Canvas"}), Aim("p1"), "an annotation"),
    (annotation([{"id": CANVAS, "type": "Canvas"}]), Aim("p1"), "several: the first"),
    (annotation(CANVAS), Aim("p1"), "a target that is an address"),
    (
        annotation({"type": "SpecificResource", "source": {"id": CANVAS}, "selector": SELECTOR}),
        Aim("p1", PART),
        "a part by a selector",
    ),
)


@pytest.mark.parametrize(("said", "aim", "reason"), AIMS)
def test_what_a_state_aims_at(said, aim, reason):
    text = said if isinstance(said, str) else json.dumps(said)
    assert read(text, ORIGIN) == aim, reason
    if not isinstance(said, str):
        assert read(encoded(text), ORIGIN) == aim, reason


UNREADABLE = (
    ("", "nothing"),
    ("https://other.example.org/manifests/3/s1/manifest.json", "another archive"),
    (f"{ORIGIN}.evil.example/manifests/3/s1/manifest.json", "another host"),
    (f"{ORIGIN}/p/p1", "a page"),
    ("{", "no JSON"),
    ("[]", "no base64"),
    ("!!!!", "no base64"),
    (encoded("[]"), "nothing in a list"),
    (encoded('{"target": {"target": {"target": {"target": {"id": "x"}}}}}'), "too deep"),
    ("A" * 100_000, "too long"),
)


@pytest.mark.parametrize(("text", "reason"), UNREADABLE)
def test_what_aims_at_nothing_of_ours(text, reason):
    with pytest.raises(UnreadableState):
        read(text, ORIGIN)


@pytest.mark.parametrize("text", ['{"a":"Łódź \U0001f4f7 #?&"}', "x", "xy", "xyz"])
def test_encoding_has_a_way_back(text):
    assert decoded(encoded(text)) == text
    assert set(encoded(text)) & set("+/=") == set()


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("1,2,30,40", PART),
        ("xywh=pixel:1,2,30,40", PART),
        ("1,2,0,40", None),
        ("percent:1,2,3,4", None),
        ("1,2,3", None),
        ("-1,2,3,4", None),
        ("", None),
    ],
)
def test_regions(text, region):
    assert region_of(text) == region
