"""Image API 3.0, sentence by sentence, as far as it is about values and not about HTTP.

The tests stand in the order of the specification; each quotes what it proves.
https://iiif.io/api/image/3.0/
"""

import pytest

from dam.errors import Malformed
from dam.iiif.geometry import UNLIMITED, Box, Extent, Limits, canonical, resolve
from dam.iiif.image_request import ApiVersion, BadImageRequest, Format, Quality, parse, split_path
from dam.iiif.info import InfoFacts, info_3
from dam.iiif.tiles import Pyramid

# The picture of the examples in the specification.
FULL = Extent(300, 200)


def plan(tail, limits=UNLIMITED, full=FULL):
    return resolve(parse(tail, ApiVersion.V3), full, limits, version=ApiVersion.V3)


def drawn(region, size, limits=UNLIMITED, full=FULL):
    got = plan(f"{region}/{size}/0/default.jpg", limits, full).size
    return got.width, got.height


def region_of(region):
    return plan(f"{region}/max/0/default.jpg").region


def refused(tail, limits=UNLIMITED):
    with pytest.raises(BadImageRequest) as refusal:
        plan(tail, limits)
    return isinstance(refusal.value, Malformed)


def information(limits=UNLIMITED, **facts):
    pyramid = Pyramid(Extent(6000, 4000))
    return info_3(
        InfoFacts(id="https://example.org/abcd1234", pyramid=pyramid, limits=limits, **facts)
    )


def test_spec_2_1_request_follows_the_template():
    """The URI for requesting an image MUST conform to the following URI template:
    {scheme}://{server}{/prefix}/{identifier}/{region}/{size}/{rotation}/{quality}.{format}
    """
    path = "abcd1234/full/max/0/default.jpg"
    assert split_path(path) == ("abcd1234", "full/max/0/default.jpg")
    assert plan(split_path(path)[1]).size == FULL


def test_spec_3_identifier_may_have_any_form():
    """The API places no restrictions on the form of the identifiers that a server may use."""
    assert split_path("ark:/1/a b?#é/full/max/0/default.jpg")[0] == "ark:/1/a b?#é"


@pytest.mark.parametrize("tail", ["max/full/0/default.jpg", "full/0/max/default.jpg"])
def test_spec_4_sequence_of_parameters_is_fixed(tail):
    """The sequence of parameters in the URI MUST be in the order described below."""
    assert refused(tail)


@pytest.mark.parametrize("tail", ["-1,0,9,9/max", "0.5,0,9,9/max", "full/-9,", "full/9.5,"])
def test_spec_4_pixels_are_whole_and_not_negative(tail):
    """Size and region parameters in pixels MUST be non-negative integers."""
    assert refused(f"{tail}/0/default.jpg")


@pytest.mark.parametrize("tail", ["pct:-1,0,9,9/max/0", "full/pct:-1/0", "full/max/-1"])
def test_spec_4_percentages_and_rotation_are_positive(tail):
    """Size and region parameters in percentages and the rotation parameter MUST be positive
    floating point numbers or integers.
    """
    assert refused(f"{tail}/default.jpg")


def test_spec_4_1_full():
    """The full image is returned, without any cropping."""
    assert region_of("full") == Box(0, 0, 300, 200)


def test_spec_4_1_square():
    """The region is defined as an area where the width and height are both equal to the length
    of the shorter dimension of the full image. … centered is often a reasonable default.
    """
    assert region_of("square") == Box(50, 0, 200, 200)


def test_spec_4_1_pixels():
    """The value of x represents the number of pixels from the 0 position on the horizontal
    axis.
    """
    assert region_of("125,15,120,140") == Box(125, 15, 120, 140)


def test_spec_4_1_percent():
    """The region to be returned is specified as a sequence of percentages of the full image's
    dimensions. (Examples 3 and 4 show the same picture.)
    """
    assert region_of("pct:41.6,7.5,40,70") == Box(125, 15, 120, 140)


@pytest.mark.parametrize("region", ["125,15,200,200", "pct:41.6,7.5,66.6,100"])
def test_spec_4_1_region_beyond_the_edge_is_cropped(region):
    """If the request specifies a region which extends beyond the dimensions of the full image …
    then the service SHOULD return an image cropped at the image's edge, rather than adding empty
    space. (Examples 5 and 6: N.B. Returned image is 175,185 px.)
    """
    assert drawn(region, "max") == (175, 185)


@pytest.mark.parametrize(
    "region",
    ["0,0,0,9", "0,0,9,0", "pct:0,0,0,9", "pct:0,0,9,0", "300,0,9,9", "0,200,9,9", "pct:100,0,9,9"],
)
def test_spec_4_1_region_without_pixels_is_400(region):
    """If the requested region's height or width is zero, or if the region is entirely outside
    the bounds of the reported dimensions, then the server SHOULD return a 400 status code.
    """
    assert refused(f"{region}/max/0/default.jpg")


def test_spec_4_2_max_is_the_extracted_region():
    """The resulting image will have the pixel dimensions of the extracted region, …"""
    assert drawn("full", "max") == (300, 200)
    assert drawn("0,0,1,1", "max") == (1, 1)


def test_spec_4_2_max_is_constrained_by_the_limits():
    """… unless it is constrained to a smaller size by maxWidth, maxHeight, or maxArea.
    (Example 1: assuming that the image has a maxWidth of 200px.)
    """
    assert drawn("full", "max", Limits(max_width=200)) == (200, 133)
    assert drawn("full", "max", Limits(max_width=300, max_height=100)) == (150, 100)
    assert drawn("full", "max", Limits(max_area=15_000)) == (150, 100)


def test_spec_4_2_max_is_not_upscaled():
    """The extracted region is returned at the maximum size available, but will not be
    upscaled.
    """
    assert drawn("full", "max", Limits(max_width=900)) == (300, 200)


def test_spec_4_2_upscaled_max():
    """The extracted region is scaled to the maximum size permitted by maxWidth, maxHeight, or
    maxArea … If the resulting dimensions are greater than the pixel width and height of the
    extracted region, the extracted region is upscaled. (Assuming a maxWidth of 360px.)
    """
    assert drawn("full", "^max", Limits(max_width=360)) == (360, 240)


def test_spec_4_2_width():
    """The extracted region should be scaled so that the width of the returned image is exactly
    equal to w.
    """
    assert drawn("full", "150,") == (150, 100)


def test_spec_4_2_width_is_not_greater_than_the_region():
    """The value of w MUST NOT be greater than the width of the extracted region."""
    assert drawn("full", "300,") == (300, 200)
    assert refused("full/301,/0/default.jpg")
    assert refused("0,0,150,100/151,/0/default.jpg")


def test_spec_4_2_upscaled_width():
    """If w is greater than the pixel width of the extracted region, the extracted region is
    upscaled.
    """
    assert drawn("full", "^360,") == (360, 240)


def test_spec_4_2_height():
    """The extracted region should be scaled so that the height of the returned image is exactly
    equal to h.
    """
    assert drawn("full", ",150") == (225, 150)


def test_spec_4_2_height_is_not_greater_than_the_region():
    """The value of h MUST NOT be greater than the height of the extracted region."""
    assert drawn("full", ",200") == (300, 200)
    assert refused("full/,201/0/default.jpg")


def test_spec_4_2_upscaled_height():
    """If h is greater than the pixel height of the extracted region, the extracted region is
    upscaled.
    """
    assert drawn("full", "^,240") == (360, 240)


def test_spec_4_2_percent():
    """The width and height of the returned image is scaled to n percent of the width and height
    of the extracted region.
    """
    assert drawn("full", "pct:50") == (150, 100)


def test_spec_4_2_percent_is_not_greater_than_100():
    """The value of n MUST NOT be greater than 100."""
    assert drawn("full", "pct:100") == (300, 200)
    assert refused("full/pct:101/0/default.jpg")


def test_spec_4_2_upscaled_percent():
    """For values of n greater than 100, the extracted region is upscaled."""
    assert drawn("full", "^pct:120") == (360, 240)


def test_spec_4_2_width_and_height():
    """The width and height of the returned image are exactly w and h. The aspect ratio of the
    returned image MAY be significantly different than the extracted region.
    """
    assert drawn("full", "225,100") == (225, 100)


@pytest.mark.parametrize("size", ["301,100", "100,201", "301,201"])
def test_spec_4_2_width_and_height_are_not_greater_than_the_region(size):
    """The values of w and h MUST NOT be greater than the corresponding pixel dimensions of the
    extracted region.
    """
    assert refused(f"full/{size}/0/default.jpg")


def test_spec_4_2_upscaled_width_and_height():
    """If w and/or h are greater than the corresponding pixel dimensions of the extracted region,
    the extracted region is upscaled.
    """
    assert drawn("full", "^360,360") == (360, 360)


def test_spec_4_2_confined():
    """The extracted region is scaled so that the width and height of the returned image are not
    greater than w and h, while maintaining the aspect ratio. (N.B. Returned image is 150,100 px.)
    """
    assert drawn("full", "!225,100") == (150, 100)


def test_spec_4_2_confined_is_as_large_as_possible():
    """The returned image MUST be as large as possible but not larger than the extracted region,
    w or h, or server-imposed limits.
    """
    assert drawn("full", "!2000,3000") == (300, 200)
    assert drawn("full", "!2000,3000", Limits(max_width=150)) == (150, 100)
    assert drawn("full", "!150,3000") == (150, 100)


def test_spec_4_2_upscaled_confined():
    """The returned image MUST be as large as possible but not larger than w, h, or server-imposed
    limits. (N.B. Returned image is 360,240 px.)
    """
    assert drawn("full", "^!360,360") == (360, 240)
    assert drawn("full", "^!999,999", Limits(max_width=360)) == (360, 240)


@pytest.mark.parametrize("size", ["301,", ",201", "pct:100.5", "301,200", "300,201"])
def test_spec_4_2_size_above_region_without_caret_is_400(size):
    """Requests for sizes not prefixed with ^ that result in a scaled region with pixel dimensions
    greater than the pixel dimensions of the extracted region are errors that SHOULD result in a
    400 (Bad Request) status code.
    """
    assert refused(f"full/{size}/0/default.jpg")


@pytest.mark.parametrize("size", ["full", "0,", "!9,", "^", "9", "9,9,9", "max^"])
def test_spec_4_2_other_size_syntax_is_400(size):
    """… a 400 (Bad Request) status code SHOULD be returned in response to other client request
    syntax errors.
    """
    assert refused(f"full/{size}/0/default.jpg")


@pytest.mark.parametrize("size", ["0,", ",0", "0,9", "9,0", "pct:0"])
def test_spec_4_2_size_below_one_pixel_is_400(size):
    """For all requests the pixel dimensions of the scaled region MUST NOT be less than 1 pixel …"""
    assert refused(f"full/{size}/0/default.jpg")


def test_spec_4_2_side_that_is_left_to_us_is_never_below_one_pixel():
    """For all requests the pixel dimensions of the scaled region MUST NOT be less than 1 pixel …"""
    assert drawn("full", "1,", full=Extent(30_000, 1)) == (1, 1)
    assert drawn("full", "pct:0.001", full=Extent(300, 200)) == (1, 1)
    assert drawn("full", "!9,9", full=Extent(30_000, 1)) == (9, 1)


@pytest.mark.parametrize("size", ["201,", ",134", "201,1", "1,201", "pct:67", "^201,", "^400,400"])
def test_spec_4_2_size_above_the_limits_is_400(size):
    """… or greater than the server-imposed limits. Requests that would generate images of these
    sizes are errors that SHOULD result in a 400 (Bad Request) status code.
    """
    assert refused(f"full/{size}/0/default.jpg", Limits(max_width=200, max_area=26_600))


def test_spec_4_3_exclamation_mark_mirrors():
    """A leading exclamation mark ("!") indicates that the image should be mirrored by reflection
    on the vertical axis before any rotation is applied.
    """
    assert plan("full/max/!180/default.jpg").mirror
    assert not plan("full/max/180/default.jpg").mirror


@pytest.mark.parametrize("rotation", ["0", "22.5", "90", "359.9", "360"])
def test_spec_4_3_rotation_is_any_number_up_to_360(rotation):
    """The numerical value represents the number of degrees of clockwise rotation, and may be any
    floating point number from 0 to 360.
    """
    assert float(plan(f"full/max/{rotation}/default.jpg").degrees) == float(rotation) % 360


@pytest.mark.parametrize("rotation", ["-1", "360.1", "400", "left", ""])
def test_spec_4_3_rotation_out_of_range_is_400(rotation):
    """A rotation value that is out of range or unsupported SHOULD result in a 400 status code."""
    assert refused(f"full/max/{rotation}/default.jpg")


def test_spec_4_3_rotation_does_not_change_the_size_parameter():
    """The image contents SHOULD NOT be scaled as a result of the rotation."""
    assert plan("full/150,/45/default.png").size == Extent(150, 100)


def test_spec_4_4_qualities():
    """The quality parameter determines whether the image is delivered in color, grayscale or
    black and white.
    """
    for quality in ("gray", "bitonal", "default"):
        assert plan(f"full/max/0/{quality}.jpg").quality == Quality(quality)


def test_spec_4_4_unsupported_quality_is_400():
    """A request for an image with an unsupported quality value SHOULD return a 400 status
    code.
    """
    assert refused("full/max/0/sepia.jpg")


def test_spec_4_4_color_is_never_an_error():
    """… a request for the color quality MUST NOT result in an error."""
    assert plan("full/max/0/color.jpg") == plan("full/max/0/default.jpg")
    assert "color" not in information(grayscale=True)["extraQualities"]


def test_spec_4_5_formats():
    """The format of the returned image is expressed as a suffix … at the end of the URI."""
    for extension in ("jpg", "tif", "png", "gif", "webp"):
        assert plan(f"full/max/0/default.{extension}").format == Format(extension)


@pytest.mark.parametrize("extension", ["jp2", "pdf", "jpeg", "JPG", "exe", ""])
def test_spec_4_5_unsupported_format_is_400(extension):
    """A format value that is unsupported SHOULD result in a 400 (Bad Request) status code."""
    assert refused(f"full/max/0/default.{extension}")


def test_spec_4_6_size_is_of_the_region_and_before_the_rotation():
    """Region THEN Size THEN Rotation THEN Quality THEN Format"""
    got = plan("125,15,120,140/90,/!345/gray.jpg")
    assert got.region == Box(125, 15, 120, 140)
    assert got.size == Extent(90, 105)


@pytest.mark.parametrize("number", ["+0.9", "-0.9", "9e-1", "0,9", "0.9.0", "½", "٩", " 9"])
def test_spec_4_7_numbers_are_digits_and_a_point(number):
    """When floating point values are used, they MUST consist only of decimal digits and "."
    (e.g. 0.9 not +0.9) …
    """
    assert refused(f"full/max/{number}/default.jpg")
    assert refused(f"full/pct:{number}/0/default.jpg")


def test_spec_4_7_other_spellings_of_a_number_are_understood():
    """… SHOULD be represented with a leading 0 if less than 1 (e.g. 0.9 not .9), and SHOULD NOT
    include trailing zeros (e.g. 0.9 not 0.90).
    """
    for number in ("0.9", ".9", "0.90"):
        got = plan(f"full/max/{number}/default.jpg")
        assert canonical(got, FULL, ApiVersion.V3) == "full/max/0.9/default.jpg"


@pytest.mark.parametrize(
    ("asked", "expected", "sentence"),
    [
        ("0,0,300,200/max/0", "full/max/0", "full if the full image is requested"),
        ("square/max/0", "50,0,200,200/max/0", "otherwise the x,y,w,h syntax"),
        ("full/300,/0", "full/max/0", "max if the maximum size without upscaling is requested"),
        ("full/^!900,900/0", "full/^max/0", "^max if the maximum upscaled size is requested"),
        ("full/150,/0", "full/150,100/0", "w,h if the size requested does not require upscaling"),
        ("full/^450,/0", "full/^450,300/0", "^w,h if the request requires upscaling"),
        ("full/^150,/0", "full/150,100/0", "w,h if the size requested does not require upscaling"),
        ("full/max/!90.0", "full/max/!90", "! if mirrored, followed by an integer if possible"),
    ],
)
def test_spec_4_8_canonical(asked, expected, sentence):
    """Clients SHOULD construct image request URIs using the following canonical parameter values
    where possible.
    """
    limits = Limits(max_width=900)
    got = plan(f"{asked}/default.jpg", limits)
    tail = canonical(got, FULL, ApiVersion.V3, limits=limits)
    assert tail == f"{expected}/default.jpg"
    assert plan(tail, limits) == got


def test_spec_5_2_context_comes_first():
    """The @context property SHOULD appear as the very first key-value pair of the JSON
    representation. Its value MUST be either the URI http://iiif.io/api/image/3/context.json …
    """
    assert next(iter(information().items())) == (
        "@context",
        "http://iiif.io/api/image/3/context.json",
    )


def test_spec_5_2_required_properties():
    """Required: @context, id, type, protocol, profile, width, height."""
    info = information()
    assert info["id"] == "https://example.org/abcd1234"
    assert info["type"] == "ImageService3"
    assert info["protocol"] == "http://iiif.io/api/image"
    assert info["profile"] == "level2"
    assert (info["width"], info["height"]) == (6000, 4000)


def test_spec_5_2_height_limit_needs_width_limit():
    """maxWidth MUST be specified if maxHeight is specified."""
    with pytest.raises(ValueError, match="maxWidth"):
        Limits(max_height=2000)
    assert information(Limits(3000, 2000)).items() >= {"maxWidth": 3000, "maxHeight": 2000}.items()


def test_spec_5_2_width_limit_alone_limits_the_height():
    """If maxWidth is specified and maxHeight is not, then clients should infer that maxHeight =
    maxWidth.
    """
    assert drawn("full", "max", Limits(100), Extent(200, 300)) == (67, 100)


def test_spec_5_2_sizes_and_tiles_lie_within_the_limits():
    """Servers MUST ensure that sizes specified by any sizes or tiles properties are within any
    size limits expressed.
    """
    assert information(Limits(3000))["sizes"][-1] == {"width": 3000, "height": 2000}
    assert information(Limits(2999))["sizes"][-1] == {"width": 1500, "height": 1000}
    assert "tiles" not in information(Limits(511))


def test_spec_5_3_sizes_can_be_requested():
    """A request constructed with the w,h syntax using these sizes MUST be supported by the
    server.
    """
    for size in information()["sizes"]:
        wanted = (size["width"], size["height"])
        assert drawn("full", "{},{}".format(*wanted), full=Extent(6000, 4000)) == wanted


def test_spec_5_4_tiles():
    """The JSON response MAY have the tiles property … {"width": 512, "scaleFactors": […]}"""
    assert information()["tiles"] == [{"width": 512, "scaleFactors": [1, 2, 4, 8, 16]}]


def test_spec_5_6_rights_is_one_string():
    """A string that identifies a license or rights statement that applies to the content of this
    image.
    """
    uri = "http://rightsstatements.org/vocab/InC-EDU/1.0/"
    assert information(rights=uri)["rights"] == uri


def test_spec_5_7_upscaling_needs_a_limit():
    """A server that supports sizeUpscaling MUST specify maxWidth or maxArea."""
    for limits in (UNLIMITED, Limits(9000), Limits(max_area=9000)):
        info = information(limits)
        offered = "sizeUpscaling" in info["extraFeatures"]
        assert offered == bool({"maxWidth", "maxArea"} & set(info))


def test_spec_5_8_part_of_is_a_list_of_typed_links():
    """The value MUST be an array of JSON objects. Each item MUST have the id and type properties,
    and SHOULD have the label property.
    """
    uri, label = "https://example.org/manifest/1", {"en": ["A Book"]}
    info = information(manifest=uri, manifest_label=label)
    assert info["partOf"] == [{"id": uri, "type": "Manifest", "label": label}]


def test_implementation_notes_4_limits_keep_the_shape():
    """It returns a image content size w,h that is within, but close to the constraints."""
    assert drawn("full", "max", Limits(3000, 2000, 4_000_000), Extent(6000, 4000)) == (2449, 1633)
