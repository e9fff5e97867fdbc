"""info.json of both versions."""

import json
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dam.iiif.geometry import UNLIMITED, Extent, Limits, resolve
from dam.iiif.image_request import ApiVersion, Format, Quality, parse
from dam.iiif.info import InfoFacts, info_2, info_3
from dam.iiif.tiles import Pyramid

BASE = "https://example.org/iiif/3/abc"
MANIFEST = "https://example.org/manifests/3/abc/manifest.json"
RIGHTS = "http://creativecommons.org/licenses/by/4.0/"

# Image API 3.0 §5.7, the whole table.
FEATURES_OF_THE_SPECIFICATION = {
    "baseUriRedirect",
    "canonicalLinkHeader",
    "cors",
    "jsonldMediaType",
    "mirroring",
    "profileLinkHeader",
    "regionByPct",
    "regionByPx",
    "regionSquare",
    "rotationArbitrary",
    "rotationBy90s",
    "sizeByConfinedWh",
    "sizeByH",
    "sizeByPct",
    "sizeByW",
    "sizeByWh",
    "sizeUpscaling",
}

sides = st.one_of(st.integers(1, 9), st.integers(1, 100_000))
bounds = st.one_of(st.none(), st.integers(1, 5000))
limits_of_any_kind = st.one_of(
    st.builds(Limits, max_area=bounds),
    st.builds(Limits, max_width=st.integers(1, 5000), max_height=bounds, max_area=bounds),
)
pyramids = st.builds(Pyramid, st.builds(Extent, sides, sides))


def facts(width=1001, height=777, **more):
    return InfoFacts(id=BASE, pyramid=Pyramid(Extent(width, height)), **more)


def test_version_3_in_full():
    label = {"en": ("A square in Baku",)}
    service = {"id": "https://example.org/auth/probe", "type": "AuthProbeService2"}
    given_facts = facts(
        limits=Limits(8000, 6000, 40_000_000),
        rights=RIGHTS,
        attribution="left to the manifest",
        manifest=MANIFEST,
        manifest_label=label,
        services=(service,),
    )
    assert info_3(given_facts) == {
        "@context": "http://iiif.io/api/image/3/context.json",
        "id": BASE,
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level2",
        "width": 1001,
        "height": 777,
        "maxWidth": 8000,
        "maxHeight": 6000,
        "maxArea": 40_000_000,
        "sizes": [{"width": 501, "height": 389}, {"width": 1001, "height": 777}],
        "tiles": [{"width": 512, "scaleFactors": [1, 2]}],
        "rights": RIGHTS,
        "extraFormats": ["webp", "avif", "tif", "gif"],
        "extraQualities": ["color", "gray", "bitonal"],
        "extraFeatures": [
            "canonicalLinkHeader",
            "mirroring",
            "profileLinkHeader",
            "rotationArbitrary",
            "sizeUpscaling",
        ],
        "partOf": [{"id": MANIFEST, "type": "Manifest", "label": {"en": ["A square in Baku"]}}],
        "service": [service],
    }


def test_version_2_in_full():
    service = {
        "@id": "https://example.org/auth/login",
        "profile": "http://iiif.io/api/auth/1/login",
    }
    given_facts = facts(
        limits=Limits(8000), rights=RIGHTS, attribution="A. Photographer", services=(service,)
    )
    assert info_2(given_facts) == {
        "@context": "http://iiif.io/api/image/2/context.json",
        "@id": BASE,
        "protocol": "http://iiif.io/api/image",
        "width": 1001,
        "height": 777,
        "sizes": [{"width": 501, "height": 389}, {"width": 1001, "height": 777}],
        "tiles": [{"width": 512, "scaleFactors": [1, 2]}],
        "profile": [
            "http://iiif.io/api/image/2/level2.json",
            {
                "formats": ["webp", "avif", "tif", "gif"],
                "qualities": ["color", "gray"],
                "supports": [
                    "canonicalLinkHeader",
                    "mirroring",
                    "profileLinkHeader",
                    "rotationArbitrary",
                    "regionSquare",
                    "sizeAboveFull",
                ],
                "maxWidth": 8000,
            },
        ],
        "license": RIGHTS,
        "attribution": "A. Photographer",
        "service": [service],
    }


@pytest.mark.parametrize("info", [info_2, info_3])
def test_what_is_not_known_is_left_out(info):
    absent = {"rights", "license", "attribution", "partOf", "service", "seeAlso", "logo"}
    absent |= {"maxWidth", "maxHeight", "maxArea", "preferredFormats"}
    assert not absent & set(info(facts()))


@pytest.mark.parametrize("info", [info_2, info_3])
def test_context_comes_first_in_the_file(info):
    assert json.dumps(info(facts())).startswith('{"@context": "http://iiif.io/api/image/')


def test_link_to_the_manifest_needs_no_label():
    assert info_3(facts(manifest=MANIFEST))["partOf"] == [{"id": MANIFEST, "type": "Manifest"}]


def test_grayscale_image_does_not_list_color():
    assert info_3(facts(grayscale=True))["extraQualities"] == ["gray", "bitonal"]
    assert info_2(facts(grayscale=True))["profile"][1]["qualities"] == ["gray"]


def test_enlarging_is_offered_only_below_a_declared_limit():
    assert "sizeUpscaling" not in info_3(facts())["extraFeatures"]
    for limits in (Limits(5000), Limits(max_area=5000)):
        assert "sizeUpscaling" in info_3(facts(limits=limits))["extraFeatures"]


def test_only_features_of_the_specification_are_named():
    for limits in (UNLIMITED, Limits(5000)):
        named = info_3(facts(limits=limits))["extraFeatures"]
        assert set(named) <= FEATURES_OF_THE_SPECIFICATION
        assert len(named) == len(set(named))


@pytest.mark.shared
@pytest.mark.parametrize(
    ("version", "info"), [(3, lambda: info_3(facts())), (2, lambda: info_2(facts())["profile"][1])]
)
def test_extras_repeat_nothing_of_the_level_2_profile(shared, version, info):
    path = shared / "fixtures" / "iiif" / "image-profiles" / f"image-{version}-level2.json"
    profile = json.loads(path.read_text())
    for key in set(profile) & {"formats", "qualities", "supports"} | {
        name for name in profile if name.startswith("extra")
    }:
        assert not set(profile[key]) & set(info()[key])


@given(pyramids, limits_of_any_kind)
def test_sizes_and_tiles_lie_within_the_limits(pyramid, limits):
    info = info_3(InfoFacts(id=BASE, pyramid=pyramid, limits=limits))
    for size in info.get("sizes", []):
        assert limits.allow(Extent(size["width"], size["height"]))
    if "tiles" in info:
        tile, full = info["tiles"][0]["width"], pyramid.full
        assert limits.allow(Extent(min(tile, full.width), min(tile, full.height)))


def test_tiles_that_may_not_be_had_are_not_offered():
    info = info_3(facts(limits=Limits(400)))
    assert "tiles" not in info and "sizes" not in info
    assert info_3(facts(limits=Limits(512)))["sizes"] == [{"width": 501, "height": 389}]


@given(pyramids)
def test_sizes_are_exactly_the_levels_ascending(pyramid):
    info = info_3(InfoFacts(id=BASE, pyramid=pyramid))
    factors = info["tiles"][0]["scaleFactors"]
    assert factors == sorted(set(factors))
    assert [(size["width"], size["height"]) for size in info["sizes"]] == [
        (ceil(pyramid.full.width / factor), ceil(pyramid.full.height / factor))
        for factor in reversed(factors)
    ]


@given(pyramids, limits_of_any_kind)
def test_every_listed_size_can_be_had_as_it_is_listed(pyramid, limits):
    info = info_3(InfoFacts(id=BASE, pyramid=pyramid, limits=limits))
    for size in info.get("sizes", []):
        wanted = Extent(size["width"], size["height"])
        for version in ApiVersion:
            request = parse(f"full/{wanted.width},{wanted.height}/0/default.jpg", version)
            assert resolve(request, pyramid.full, limits, version=version).size == wanted


def test_every_listed_format_and_quality_can_be_asked_for():
    info = info_3(facts())
    assert {*info["extraFormats"], "jpg", "png"} == set(Format)
    assert {*info["extraQualities"], "default"} == set(Quality)
