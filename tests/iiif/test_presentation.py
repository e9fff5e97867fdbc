"""Manifests as they leave: the official schema, our own lint, and files to compare with."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import iiif_prezi3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from presentation_examples import (
    EXAMPLES,
    FRAME,
    GOLDEN,
    ORIGIN,
    PROVIDER,
    RECORD_ONLY,
    SERIES_FRAMES,
    collection_page,
    manifest_of,
    picture,
    series_manifest,
    series_source,
    served,
    top_collection,
)

from dam.iiif import presentation
from dam.iiif.geometry import Extent
from dam.iiif.presentation import (
    canvas,
    collection,
    fill_origin,
    manifest,
    manifest_text,
    stored_text,
)
from dam.iiif.presentation_lint import findings
from dam.iiif.presentation_source import (
    CollectionSource,
    ImageSource,
    InvalidPresentation,
    LabelledWords,
    ManifestItem,
    Provider,
    Refusal,
    Terms,
    collection_path,
)


@pytest.fixture(scope="module")
def schema(shared):
    path = shared / "fixtures/iiif/presentation-schema-v3/iiif_3_0.json"
    return Draft7Validator(json.loads(path.read_text(encoding="utf-8")))


def errors(schema, document):
    return [error.message[:300] for error in schema.iter_errors(document)]


def body_of(document):
    return document["items"][0]["items"][0]["items"][0]["body"]


def addresses_in(value):
    if isinstance(value, dict):
        for name, each in value.items():
            if name in {"id", "target"} and isinstance(each, str):
                yield each
            yield from addresses_in(each)
    if isinstance(value, list):
        for each in value:
            yield from addresses_in(each)


@pytest.mark.parametrize("name", EXAMPLES)
def test_document_is_the_one_in_the_golden_file(name):
    expected = (GOLDEN / f"{name}.json").read_text(encoding="utf-8")
    made = json.dumps(served(EXAMPLES[name]()), ensure_ascii=False, indent=1) + "\n"
    assert made == expected


def test_every_golden_file_has_its_document():
    assert {path.stem for path in GOLDEN.glob("*.json")} == EXAMPLES.keys()


@pytest.mark.shared
@pytest.mark.parametrize("name", EXAMPLES)
def test_official_schema_accepts_every_document(schema, name):
    assert errors(schema, served(EXAMPLES[name]())) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_our_own_lint_finds_nothing(name):
    assert findings(served(EXAMPLES[name]())) == ()


@pytest.mark.parametrize("name", EXAMPLES)
def test_context_comes_first_and_once(name):
    text = stored_text(EXAMPLES[name]())
    assert text.startswith('{"@context":"http://iiif.io/api/presentation/3/context.json",')
    assert text.count("@context") == 1


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_address_of_ours_waits_for_its_origin(name):
    stored = EXAMPLES[name]()
    assert "origin.invalid" not in stored_text(stored)
    ours = [each for each in addresses_in(stored) if "museum.example" not in each]
    assert ours and all(re.fullmatch("\ue000/[!-~]+", each) for each in ours)


@pytest.mark.parametrize(
    ("origin", "canvas_id"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/manifests/3/k7m2q9/canvas"),
        ("http://[::1]:8000", "http://[::1]:8000/manifests/3/k7m2q9/canvas"),
        (
            "https://museum.example/photos",
            "https://museum.example/photos/manifests/3/k7m2q9/canvas",
        ),
    ],
)
def test_one_stored_text_is_served_under_any_origin(origin, canvas_id):
    text = stored_text(manifest_of(FRAME))
    document = json.loads(fill_origin(text, origin))
    assert document["items"][0]["id"] == canvas_id
    assert document["items"][0]["items"][0]["items"][0]["target"] == canvas_id
    assert findings(document) == ()


@pytest.mark.parametrize(
    ("origin", "reason"),
    [
        ('https://a.example","x":"', "a quotation mark would end the JSON string"),
        ("https://a.example\\", "a backslash would escape what follows"),
        ("https://a.example/", "every path begins with a slash already"),
        ("https://a.example\n", "a line break is no part of an origin"),
        ("javascript:alert(1)", "only http and https lead to us"),
        ("//a.example", "an id must be a whole URL"),
        ("https://", "there is no host"),
        ("", "there is nothing"),
    ],
)
def test_an_origin_that_is_none_is_refused(origin, reason):
    with pytest.raises(InvalidPresentation):
        fill_origin("{}", origin)


def test_canvas_keeps_the_size_of_the_master_and_the_service_that_of_the_pack():
    capped = replace(FRAME, picture=ImageSource("k7m2q9", Extent(1000, 667), (Extent(500, 334),)))
    made = served(manifest_of(capped))
    assert (made["items"][0]["width"], made["items"][0]["height"]) == (6000, 4000)
    assert body_of(made)["id"] == f"{ORIGIN}/iiif/3/k7m2q9/full/1000,667/0/default.jpg"
    [service] = body_of(made)["service"]
    assert (service["width"], service["height"]) == (1000, 667)
    assert service["sizes"] == [{"width": 500, "height": 334}]


@pytest.mark.parametrize(
    ("image", "body", "thumbnail", "reason"),
    [
        (picture("a1", 6000, 4000), "1500,1000", "375,250", "the largest within 2048 and 512"),
        (picture("a1", 2048, 1000), "2048,1000", "512,250", "both bounds are allowed"),
        (picture("a1", 300, 200), "300,200", "300,200", "there is one level only"),
        (picture("a1", 3, 40_000), "1,1250", "1,313", "the long side counts"),
        (ImageSource("a1", Extent(9000, 10)), "9000,10", "9000,10", "no levels are known"),
    ],
)
def test_body_and_thumbnail_are_levels_and_say_their_own_size(image, body, thumbnail, reason):
    made = served(manifest_of(replace(FRAME, picture=image)))
    for resource, size in ((body_of(made), body), (made["thumbnail"][0], thumbnail)):
        assert resource["id"] == f"{ORIGIN}/iiif/3/a1/full/{size}/0/default.jpg", reason
        assert f"{resource['width']},{resource['height']}" == size
        assert resource["format"] == "image/jpeg"
        assert resource["service"][0]["id"] == f"{ORIGIN}/iiif/3/a1"
    assert findings(made) == ()


def test_same_photograph_has_another_canvas_in_a_series():
    in_series = canvas(FRAME, "s5s5s5", PROVIDER)
    alone = canvas(FRAME, "k7m2q9", PROVIDER)
    assert alone["id"] == "\ue000/manifests/3/k7m2q9/canvas"
    assert in_series["id"] == "\ue000/manifests/3/s5s5s5/canvas/k7m2q9"
    mine = {each for each in addresses_in(alone) if "/manifests/" in each}
    assert len(mine) == 3 and mine.isdisjoint(addresses_in(in_series))


def test_canvas_without_pixels_names_no_image_and_says_why():
    document = served(manifest_of(RECORD_ONLY))
    assert "/iiif/" not in json.dumps(document)
    assert document["items"][0]["items"] == []
    for told in (document, document["items"][0]):
        assert "agreement with the photographer ended" in told["summary"]["en"][-1]
        assert "agreement with the photographer ended" in told["metadata"][0]["value"]["en"][0]


def test_pixels_are_never_refused_without_a_reason():
    silent = replace(RECORD_ONLY, picture=Refusal((("en", "Image"),), (("en", " "),)))
    with pytest.raises(InvalidPresentation, match="must say why"):
        canvas(silent, silent.photograph_id, PROVIDER)


def test_rights_credit_and_provider_are_on_every_canvas():
    document = served(series_manifest())
    assert [each["rights"] for each in document["items"]] == [
        frame.terms.rights for frame in SERIES_FRAMES
    ]
    credits_ = [each.get("requiredStatement", {}).get("value") for each in document["items"]]
    assert credits_[1] == {"none": ["© Rustam Əliyev / JAMnews"]}
    assert all(each["provider"] == document["provider"] for each in document["items"])


def test_series_of_several_licences_has_no_rights_of_its_own():
    document = served(series_manifest())
    assert "rights" not in document
    assert len(document["requiredStatement"]["value"]["en"]) == 3


def in_series(frames):
    return [canvas(frame, "s5s5s5", PROVIDER) for frame in frames]


MANIFESTS = [
    manifest,
    lambda source, canvases: manifest_text(source, [stored_text(each) for each in canvases]),
]


@pytest.mark.parametrize("make", MANIFESTS)
def test_manifest_never_claims_rights_that_a_canvas_does_not_have(make):
    make(series_source(FRAME.terms), in_series([FRAME, SERIES_FRAMES[3]]))
    quoting = replace(SERIES_FRAMES[1], label=(("en", f'"rights":"{FRAME.terms.rights}"'),))
    for other in (quoting, replace(SERIES_FRAMES[1], terms=Terms())):
        with pytest.raises(InvalidPresentation, match="several rights"):
            make(series_source(FRAME.terms), in_series([FRAME, other]))


@pytest.mark.parametrize("make", MANIFESTS)
@pytest.mark.parametrize(
    ("canvases", "reason"),
    [
        ([], "a manifest needs a canvas"),
        ([canvas(FRAME, "k7m2q9", PROVIDER)], "it was built for another manifest"),
        ([canvas(FRAME, "s5s5s5", PROVIDER)] * 2, "two canvases would have one id"),
        ([{}], "it is no canvas"),
    ],
)
def test_manifest_refuses_canvases_that_are_not_its_own(make, canvases, reason):
    with pytest.raises(InvalidPresentation):
        make(series_source(Terms()), canvases)


def test_manifest_of_stored_texts_is_the_text_of_the_manifest():
    canvases = in_series(SERIES_FRAMES)
    source = series_source(Terms())
    texts_ = [stored_text(each) for each in canvases]
    assert manifest_text(source, texts_) == stored_text(manifest(source, canvases))


@pytest.mark.parametrize(
    ("rights", "reason"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "the identifiers are http"),
        ("http://creativecommons.org/licenses/by/4.0", "the last slash is missing"),
        ("http://creativecommons.org/licenses/by/4.0/deed.en", "a page about it"),
        ("http://rightsstatements.org/page/InC/1.0/", "a page about it"),
        ("http://rightsstatements.org/vocab/XXX/1.0/", "no such statement"),
        ("http://example.org/our-licence", "outside the registry of IIIF"),
        ("http://creativecommons.org/licenses/by/4.0/\n", "a line break"),
        ("", "blank"),
    ],
)
def test_rights_outside_the_registry_are_refused(rights, reason):
    with pytest.raises(InvalidPresentation, match="Rights must be"):
        canvas(replace(FRAME, terms=Terms(rights)), "k7m2q9", PROVIDER)


def test_a_credit_without_label_is_refused_rather_than_lost():
    terms = Terms(None, (), LabelledWords((), (("en", "Photograph: N. B."),)))
    with pytest.raises(InvalidPresentation, match="label"):
        canvas(replace(FRAME, terms=terms), "k7m2q9", PROVIDER)


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(1992, 2, 3, tzinfo=UTC), "1992-02-03T00:00:00Z"),
        (datetime(1992, 2, 3, 2, 30, 1, 999, timezone(timedelta(hours=4))), "1992-02-02T22:30:01Z"),
        (datetime(845, 1, 1, tzinfo=UTC), "0845-01-01T00:00:00Z"),
        (None, None),
    ],
)
def test_nav_date_is_written_in_utc_and_only_when_given(moment, written):
    made = canvas(replace(FRAME, nav_date=moment), "k7m2q9", PROVIDER)
    assert made.get("navDate") == written


def test_a_date_without_time_zone_is_refused():
    naive = datetime(1992, 2, 3, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(InvalidPresentation, match="time zone"):
        canvas(replace(FRAME, nav_date=naive), "k7m2q9", PROVIDER)


def test_metadata_keeps_its_order_and_loses_only_empty_rows():
    rows = tuple(
        LabelledWords((("en", label),), (("en", value),))
        for label, value in (("z", "1"), ("a", ""), ("", "2"), ("m", "3"), ("a", "4"))
    )
    made = canvas(replace(FRAME, metadata=rows), "k7m2q9", PROVIDER)
    assert [row["value"]["en"] for row in made["metadata"]] == [["1"], ["3"], ["4"]]


def test_words_like_a_date_and_words_like_an_address_stay_as_they_are():
    """iiif_prezi3's own ``json`` turns "…T…+00:00" into "…Z", in captions too."""
    words = (("en", "Train T+00:00"), ("id", "https://origin.invalid/manifests/3/x"))
    made = served(manifest_of(replace(FRAME, summary=words)))
    assert made["summary"] == {
        "en": ["Train T+00:00"],
        "id": ["https://origin.invalid/manifests/3/x"],
    }


def test_alternative_text_is_the_label_of_the_picture():
    made = served(manifest_of(FRAME))
    assert body_of(made)["label"] == {"en": ["Six people with baskets beside a road"]}


def test_provider_may_be_a_path_of_ours_or_a_foreign_address():
    ours = canvas(FRAME, "k7m2q9", Provider("/", (("en", "Museum"),)))
    assert ours["provider"] == [{"id": "\ue000/", "type": "Agent", "label": {"en": ["Museum"]}}]
    foreign = canvas(FRAME, "k7m2q9", Provider("https://museum.example", (("en", "Museum"),)))
    assert foreign["provider"][0]["id"] == "https://museum.example/"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "museum.example", "", "https://", "/a b"]
)
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(InvalidPresentation):
        canvas(FRAME, "k7m2q9", Provider(address, (("en", "Museum"),)))


@pytest.mark.parametrize("identifier", ["", "../x", "a/b", "a b", "a?b", "é", "a\n", "-a"])
def test_an_identifier_that_is_none_is_refused(identifier):
    with pytest.raises(InvalidPresentation):
        canvas(replace(FRAME, photograph_id=identifier), "k7m2q9", PROVIDER)
    with pytest.raises(InvalidPresentation):
        canvas(replace(FRAME, picture=picture(identifier)), "k7m2q9", PROVIDER)


def test_pages_of_a_collection_hold_everything_once_and_point_back():
    pages = [served(collection_page(number)) for number in (1, 2)]
    listed = [each["id"] for each in served(top_collection())["items"]]
    assert listed == [page["id"] for page in pages]
    assert all("?" not in each for each in listed)
    for page in pages:
        assert page["partOf"][0]["id"] == f"{ORIGIN}/manifests/3/collection.json"
    assert len({item["id"] for page in pages for item in page["items"]}) == 3


def test_an_empty_archive_has_an_empty_collection():
    made = served(collection(CollectionSource((("en", "All"),), PROVIDER, ())))
    assert made["items"] == [] and findings(made) == ()


def test_there_is_no_page_before_the_first():
    with pytest.raises(InvalidPresentation):
        collection_path(0)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"rihgts": "x"}, "the library drops in silence what it does not know"),
        ({"summary": {"es-419": ["x"]}}, "the library knows no digits in languages"),
        ({"height": 0.5}, "a size is a whole number"),
        ({"service": [{"id": "https://a/b", "type": "X", "secret": 1}]}, "extras are listed"),
    ],
)
def test_a_field_that_the_library_does_not_know_is_an_error(document, reason):
    sound = {
        "id": "https://origin.invalid/c",
        "type": "Canvas",
        "height": 1,
        "width": 1,
        "items": [],
    }
    presentation._built(iiif_prezi3.Canvas, sound)  # noqa: SLF001 - no public input can be unsound
    with pytest.raises(InvalidPresentation):
        presentation._built(iiif_prezi3.Canvas, sound | document)  # noqa: SLF001 - see above


HOSTILE = [
    "<script>alert(1)</script>",
    "  <img src=x onerror=alert(1)>\n",
    "<b>bold</b> and not",
    "a < b > c & \"d\" 'e' \\ue000 \\",
    "\ue000/iiif/3/other",
    "\ue000",
    "\u202eevil\u202c \u200f\u061c",
    "👩🏽\u200d🚀 🇦🇿",
    "half a pair \ud83d",
    "\x00\x1f\x7f\u2028",
    "x" * 100_000,
    '","id":"https://evil.example/"',
    "https://origin.invalid/manifests/3/k7m2q9/canvas",
    "",
    " \t ",
]


@pytest.mark.shared
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_hostile_caption_stays_words(schema, text):
    words = (("en", text), ("id", text))
    credit_ = Terms(None, (), LabelledWords((("en", "Credit"),), words))
    frame = replace(
        FRAME,
        label=words,
        summary=words,
        alt=words,
        terms=credit_,
        metadata=(LabelledWords(words, words),),
    )
    document = served(manifest_of(frame))
    fill_origin(stored_text(manifest_of(frame)), ORIGIN).encode("utf-8")
    assert errors(schema, document) == []
    assert findings(document) == ()
    plain_ids = sorted(addresses_in(served(manifest_of(replace(FRAME, metadata=())))))
    assert sorted(addresses_in(document)) == plain_ids


tags = st.sampled_from(["en", "az", "ka", "id", "zh-Hant-TW", "none"])
TAKEN_FOR_HTML = re.compile(r"[\s\ufeff]*<.*>[\s\ufeff]*", re.DOTALL)
texts = st.text(
    st.characters(codec="utf-8", exclude_characters="\ue000"), min_size=1, max_size=40
).filter(lambda text: text.strip() and not TAKEN_FOR_HTML.fullmatch(text))


@pytest.mark.shared
@given(words=st.lists(st.tuples(tags, texts), min_size=1, max_size=4).map(tuple))
def test_any_words_survive_unchanged_and_validate(schema, words):
    frame = replace(
        FRAME, label=words, summary=words, alt=words, metadata=(LabelledWords(words, words),)
    )
    document = served(manifest_of(frame))
    expected = {}
    for tag, text in words:
        texts_of_tag = expected.setdefault(tag, [])
        if text not in texts_of_tag:
            texts_of_tag.append(text)
    made = document["items"][0]
    assert made["label"] == made["summary"] == body_of(document)["label"] == expected
    assert made["metadata"] == [{"label": expected, "value": expected}]
    assert errors(schema, document) == []
    assert findings(document) == ()


@given(
    width=st.integers(1, 200_000),
    height=st.integers(1, 200_000),
    identifier=st.from_regex(r"[0-9a-z]{1,20}(_full)?", fullmatch=True),
)
def test_ids_survive_the_library_exactly(width, height, identifier):
    frame = replace(FRAME, photograph_id=identifier, picture=picture(identifier, width, height))
    document = served(manifest_of(frame))
    assert document["id"] == f"{ORIGIN}/manifests/3/{identifier}/manifest.json"
    assert body_of(document)["service"][0]["id"] == f"{ORIGIN}/iiif/3/{identifier}"
    assert findings(document) == ()


def test_a_collection_of_hostile_labels_is_clean():
    items = tuple(ManifestItem(f"a{place}", (("en", text),)) for place, text in enumerate(HOSTILE))
    made = served(collection(CollectionSource((("en", "All"),), PROVIDER, items)))
    assert len(made["items"]) == len(HOSTILE) and findings(made) == ()
