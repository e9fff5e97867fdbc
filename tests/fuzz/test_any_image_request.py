"""Any request for a picture, by Hypothesis: the whole service against the specification."""

from dataclasses import replace
from urllib.parse import quote

import pytest
from gallery import EXTENTS, check, what_is_right
from hypothesis import example, given
from hypothesis import strategies as st
from pixels import check_picture
from random_paths import ENDINGS, METHODS, ODD_NUMBERS, ODD_SEGMENTS
from spec_oracle import MEDIA_TYPES

versions = st.sampled_from((2, 3))
pixels = st.one_of(st.integers(0, 1300), st.sampled_from((512, 1024, 1200, 700, 97, 61, 10**10)))
sides = st.one_of(st.integers(1, 300), st.integers(1, 70_000))
decimals = st.decimals(0, 130, places=2).map(str)
regions = st.one_of(
    st.sampled_from(("full", "square", "0,0,512,512", "1024,512,176,188", "0,0,1024,700")),
    st.builds("{},{},{},{}".format, pixels, pixels, pixels, pixels),
    st.builds("pct:{},{},{},{}".format, decimals, decimals, decimals, decimals),
)
carets = st.sampled_from(("", "", "^"))
sizes = st.one_of(
    st.sampled_from(("max", "full", "^max")),
    st.builds("{}{},".format, carets, sides),
    st.builds("{},{}".format, carets, sides),
    st.builds("{}{},{}".format, carets, sides, sides),
    st.builds("{}!{},{}".format, carets, sides, sides),
    st.builds("{}pct:{}".format, carets, decimals),
)
turns = st.one_of(st.sampled_from(("0", "90", "180", "270", "360")), decimals)
rotations = st.builds("{}{}".format, st.sampled_from(("", "!")), turns)
endings = st.one_of(
    st.sampled_from(ENDINGS),
    st.sampled_from([f"default.{ending}" for ending in MEDIA_TYPES]),
)
valid = st.builds("{}/{}/{}/{}".format, regions, sizes, rotations, endings)

odd = st.one_of(st.sampled_from(ODD_SEGMENTS), st.sampled_from(ODD_NUMBERS), st.text(max_size=12))
odd_regions = st.builds("{},{},{},{}".format, odd, pixels, odd, pixels)
odd_sizes = st.builds("{}{},{}".format, st.sampled_from(("", "^", "!", "^!", "!^")), odd, odd)
hostile = st.builds(
    "{}/{}/{}/{}".format,
    regions | odd | odd_regions,
    sizes | odd | odd_sizes,
    rotations | odd,
    endings | odd,
)
ways_to_write = st.sampled_from((lambda tail: tail, quote, lambda tail: quote(quote(tail))))


def target_of(gallery, version: int, place: int, tail: str) -> str:
    return f"/iiif/{version}/{list(gallery.images)[place]}/{tail}"


places = st.integers(0, len(EXTENTS) - 1)


@given(versions, places, valid)
@example(3, 0, "full/^1,40000/45/default.jpg")
@example(3, 0, "full/^40000,1/0.01/default.png")
@example(3, 2, "full/1,/0/default.jpg")
@example(3, 0, "full/^3,20000/0/default.webp")
@example(2, 0, "0,0,1024,700/512,/!90/bitonal.gif")
def test_picture_has_the_place_the_size_and_the_type_that_were_asked_for(
    gallery, version, place, tail
):
    check(gallery, target_of(gallery, version, place, tail))


@given(versions, places, hostile, ways_to_write, st.sampled_from(("GET", "HEAD")))
@example(3, 0, "full/" + "9" * 400 + ",/0/default.jpg", quote, "GET")
@example(3, 0, "full/max/NaN/default.jpg", quote, "GET")
@example(3, 0, "pct:inf,0,1,1/max/0/default.jpg", quote, "GET")
@example(2, 0, "٣,٣,٣,٣/max/0/default.jpg", quote, "GET")
@example(2, 0, "full/max/0/default.jpg\x00", quote, "GET")
@example(2, 0, "../../../etc/passwd", quote, "GET")
def test_hostile_request_is_answered_by_one_sentence(gallery, version, place, tail, write, method):
    sent = "".join(character if ord(character) > 32 else quote(character) for character in tail)
    check(gallery, target_of(gallery, version, place, write(sent.replace("?", "%3F"))), method)


@given(versions, st.text(max_size=30) | st.sampled_from(ODD_SEGMENTS), valid)
def test_unknown_identifier_is_never_a_fault(gallery, version, identifier, tail):
    name = quote(identifier, safe="")
    check(gallery, f"/iiif/{version}/{name}/{tail}")
    for path in ("/iiif/{}/{}/info.json", "/manifests/{}/{}/manifest.json", "/p/{1}", "/embed/{1}"):
        assert gallery.ask(path.format(version, name)).status < 500


@given(st.sampled_from(METHODS), versions, valid)
def test_other_methods_are_refused_and_carry_cors(gallery, method, version, tail):
    check(gallery, target_of(gallery, version, 1, tail), method)


@pytest.mark.parametrize("format_", MEDIA_TYPES)
@pytest.mark.parametrize("quality", ["default", "color", "gray", "bitonal"])
@pytest.mark.parametrize("rotation", ["0", "!0", "90", "!90", "180", "!270", "30", "!210.5"])
def test_every_turn_quality_and_format_shows_the_right_place(gallery, format_, quality, rotation):
    tail = f"300,100,600,500/120,100/{rotation}/{quality}.{format_}"
    assert check(gallery, target_of(gallery, 3, 0, tail)).status == 200


@pytest.mark.parametrize("ending", ["jpg", "png", "webp", "tif"])
@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"box": (360, 100, 600, 500)}, "a region a twentieth of the picture further to the right"),
        ({"box": (300, 65, 600, 500)}, "or a twentieth higher"),
        ({"box": (240, 100, 720, 500)}, "or a fifth wider"),
        ({"mirror": True}, "mirrored"),
        ({"degrees": 180}, "on its head"),
        ({"degrees": 90, "size": (100, 120)}, "on its side"),
        ({"quality": "gray"}, "without its colours"),
        ({"size": (121, 100)}, "one pixel wider"),
        ({"format": "gif"}, "another format"),
    ],
)
def test_a_wrong_picture_would_be_noticed(gallery, ending, other, reason):
    target = target_of(gallery, 3, 0, f"300,100,600,500/120,100/0/default.{ending}")
    _, wanted = what_is_right(gallery, target)
    answer = gallery.ask(target)
    check_picture(answer.body, wanted, EXTENTS[0], target)
    with pytest.raises(AssertionError):
        check_picture(answer.body, replace(wanted, **other), EXTENTS[0], reason)
