"""The grammar of image requests, both versions."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dam.iiif.image_request import (
    ApiVersion,
    BadImageRequest,
    Format,
    FullRegion,
    ImageRequest,
    MaxSize,
    PercentRegion,
    PercentSize,
    PixelRegion,
    PixelSize,
    Quality,
    SquareRegion,
    parse,
    parse_region,
    parse_size,
    split_path,
)

V2, V3 = ApiVersion.V2, ApiVersion.V3

versions = st.sampled_from(ApiVersion)
offsets = st.integers(0, 9_999_999_999)
sides = st.integers(1, 9_999_999_999)
numbers = st.decimals(0, 9_999_999_999, places=10)
positive_numbers = numbers.filter(bool)
regions = st.one_of(
    st.just(FullRegion()),
    st.just(SquareRegion()),
    st.builds(PixelRegion, offsets, offsets, sides, sides),
    st.builds(PercentRegion, numbers, numbers, positive_numbers, positive_numbers),
)
sizes = st.one_of(
    st.just(MaxSize()),
    st.builds(PercentSize, positive_numbers),
    st.builds(PixelSize, sides, st.none()),
    st.builds(PixelSize, st.none(), sides),
    st.builds(PixelSize, sides, sides, st.booleans()),
)


def requests(*, upscale):
    return st.builds(
        ImageRequest,
        region=regions,
        size=sizes,
        upscale=upscale,
        mirror=st.booleans(),
        degrees=st.decimals(0, 360, places=10),
        quality=st.sampled_from(Quality),
        format=st.sampled_from(Format),
    )


@given(requests(upscale=st.booleans()))
def test_request_of_version_3_survives_a_round_trip(request_):
    assert parse(str(request_), V3) == request_


@given(requests(upscale=st.sampled_from([False])))
def test_request_of_version_2_survives_a_round_trip(request_):
    assert parse(str(request_), V2) == request_


@given(requests(upscale=st.booleans()))
def test_printed_request_is_printed_the_same_again(request_):
    assert str(parse(str(request_), V3)) == str(request_)


@given(st.text(), versions)
@example("٣,٣,٣,٣/max/0/default.jpg", V3)
@example("full/max/0/default.jpg\n", V3)
@example("full/max/" + "9" * 100_000 + "/default.jpg", V3)
def test_any_text_is_read_or_refused_and_nothing_else(text, version):
    try:
        parse(text, version)
    except BadImageRequest:
        pass


segments = st.text(alphabet="0123456789,.:!^%pctfulmaxsqre -+eE٣", max_size=20)


@given(segments, segments, segments, st.text(max_size=10), versions)
def test_any_four_segments_are_read_or_refused_and_nothing_else(region, size, turn, end, version):
    try:
        read = parse(f"{region}/{size}/{turn}/{end}", version)
    except BadImageRequest:
        return
    assert parse(str(read), version) == read


@given(segments, versions)
def test_refusal_is_one_short_sentence_in_ascii(text, version):
    with pytest.raises(BadImageRequest) as refusal:
        parse(f"{text}\x00{text * 50}/max/0/default.jpg", version)
    sentence = str(refusal.value)
    assert sentence.isascii() and sentence.isprintable()
    assert sentence.endswith(".") and len(sentence) < 600


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("full", FullRegion()),
        ("square", SquareRegion()),
        ("0,0,1,1", PixelRegion(0, 0, 1, 1)),
        ("007,0,010,1", PixelRegion(7, 0, 10, 1)),
        ("pct:41.6,7.5,40,70", PercentRegion(*map(Decimal, ("41.6", "7.5", "40", "70")))),
        ("pct:.5,0.50,1.0,2", PercentRegion(*map(Decimal, ("0.5", "0.5", "1", "2")))),
    ],
)
def test_region_is_read(text, region):
    assert parse_region(text) == region


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("FULL", "words are in lower case"),
        ("full ", "no blanks"),
        ("0,0,0,1", "no width"),
        ("0,0,1,0", "no height"),
        ("0,0,1", "three numbers"),
        ("0,0,1,1,1", "five numbers"),
        ("-1,0,1,1", "no sign"),
        ("+1,0,1,1", "no sign"),
        ("1.5,0,1,1", "pixels are whole"),
        ("1e3,0,1,1", "no exponent"),
        ("0x1,0,1,1", "decimal only"),
        ("1_0,0,1,1", "no separators"),
        ("٣,0,1,1", "ASCII digits only"),
        ("12345678901,0,1,1", "eleven digits"),
        ("pct:0,0,0,1", "no width"),
        ("pct:0,0,1,0.00", "no height"),
        ("pct:0,0,1", "three numbers"),
        ("pct:0,0,1,1,1", "five numbers"),
        ("pct:", "no numbers"),
        ("pct:0,0,1,-1", "no sign"),
        ("pct:0,0,1,1e1", "no exponent"),
        ("pct:0,0,1,1.", "a point needs a digit"),
        ("pct:0,0,1,1.2.3", "one point"),
        ("pct:0,0,1,NaN", "not a number"),
        ("pct:0,0,1,Infinity", "not a number"),
        ("pct:0,0,1,1.12345678901", "eleven decimals"),
        ("0,0,1,1\n", "no line end"),
    ],
)
def test_region_is_refused(text, reason):
    with pytest.raises(BadImageRequest):
        parse_region(text)


@pytest.mark.parametrize("version", ApiVersion)
@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("max", MaxSize()),
        ("150,", PixelSize(150, None)),
        (",150", PixelSize(None, 150)),
        ("225,100", PixelSize(225, 100)),
        ("!225,100", PixelSize(225, 100, confined=True)),
        ("pct:50", PercentSize(Decimal(50))),
        ("pct:33.3", PercentSize(Decimal("33.3"))),
    ],
)
def test_size_is_read(text, size, version):
    assert parse_size(text, version) == size


@pytest.mark.parametrize("version", ApiVersion)
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (",", "no side"),
        ("!,", "no side"),
        ("!100,", "a confined size needs both"),
        ("!,100", "a confined size needs both"),
        ("0,", "no width"),
        (",0", "no height"),
        ("0,5", "no width"),
        ("5,0", "no height"),
        ("!0,0", "no side"),
        ("20", "a comma is needed"),
        ("20,0x1", "decimal only"),
        ("-1,", "no sign"),
        ("1e3,", "no exponent"),
        ("1.5,", "pixels are whole"),
        ("٣,", "ASCII digits only"),
        ("12345678901,", "eleven digits"),
        ("pct:0", "nothing left"),
        ("pct:0.0", "nothing left"),
        ("pct:", "no number"),
        ("pct:-1", "no sign"),
        ("pct:50%", "no percent sign"),
        ("!max", "max is not confined"),
        ("^max", "the caret is taken off before"),
        ("1,1,1", "three sides"),
    ],
)
def test_size_is_refused(text, reason, version):
    with pytest.raises(BadImageRequest):
        parse_size(text, version)


@pytest.mark.parametrize("size", ["^^max", "!^1,1", "^", "^full", ",^240"])
def test_caret_stands_once_and_first(size):
    with pytest.raises(BadImageRequest):
        parse(f"full/{size}/0/default.jpg", V3)


@pytest.mark.parametrize("size", ["^max", "^1,", "^,1", "^1,1", "^!1,1", "^pct:1"])
def test_caret_belongs_to_version_3_alone(size):
    assert parse(f"full/{size}/0/default.jpg", V3).upscale
    with pytest.raises(BadImageRequest):
        parse(f"full/{size}/0/default.jpg", V2)


def test_refusal_of_a_size_mentions_the_caret_only_where_it_exists():
    for version, mentioned in ((V2, False), (V3, True)):
        with pytest.raises(BadImageRequest) as refusal:
            parse("full/big/0/default.jpg", version)
        assert ("^" in str(refusal.value)) == mentioned


def test_size_full_belongs_to_version_2_alone():
    assert parse("full/full/0/default.jpg", V2).size == MaxSize()
    with pytest.raises(BadImageRequest):
        parse("full/full/0/default.jpg", V3)


@pytest.mark.parametrize(
    ("rotation", "mirror", "degrees"),
    [
        ("0", False, "0"),
        ("!0", True, "0"),
        ("90", False, "90"),
        ("22.5", False, "22.5"),
        ("!180.0", True, "180"),
        ("360", False, "360"),
        ("0.0000000001", False, "0.0000000001"),
    ],
)
def test_rotation_is_read(rotation, mirror, degrees):
    read = parse(f"full/max/{rotation}/default.jpg", V3)
    assert (read.mirror, read.degrees) == (mirror, Decimal(degrees))


@pytest.mark.parametrize(
    "rotation", ["", "!", "!!0", "-90", "+90", "361", "360.1", "9e1", "ninety", "0!", "90 "]
)
def test_rotation_is_refused(rotation):
    with pytest.raises(BadImageRequest):
        parse(f"full/max/{rotation}/default.jpg", V3)


@pytest.mark.parametrize(
    "end",
    [
        "default",
        "default.",
        ".jpg",
        "native.jpg",
        "grey.jpg",
        "default.jp2",
        "default.pdf",
        "default.JPG",
        "Default.jpg",
        "default.jpeg",
        "default.jpg.png",
        "default.jpg ",
    ],
)
def test_quality_or_format_is_refused(end):
    with pytest.raises(BadImageRequest):
        parse(f"full/max/0/{end}", V3)


@pytest.mark.parametrize("tail", ["", "full", "full/max/0", "full/max/0/default.jpg/", "/" * 9])
def test_tail_of_another_number_of_segments_is_refused(tail):
    with pytest.raises(BadImageRequest):
        parse(tail, V3)


@pytest.mark.parametrize(
    ("path", "identifier"),
    [
        ("abc/full/max/0/default.jpg", "abc"),
        ("a/b/full/max/0/default.jpg", "a/b"),
        ("a//full/max/0/default.jpg", "a/"),
        ("full/max/full/max/0/default.jpg", "full/max"),
    ],
)
def test_path_is_split_from_the_right(path, identifier):
    assert split_path(path) == (identifier, "full/max/0/default.jpg")


@pytest.mark.parametrize(
    "path", ["", "abc", "abc/info.json", "full/max/0/default.jpg", "/full/max/0/default.jpg"]
)
def test_path_without_identifier_or_segments_is_refused(path):
    with pytest.raises(BadImageRequest):
        split_path(path)


@given(st.text(min_size=1), requests(upscale=st.booleans()))
def test_path_of_any_identifier_is_split(identifier, request_):
    assert split_path(f"{identifier}/{request_}") == (identifier, str(request_))
