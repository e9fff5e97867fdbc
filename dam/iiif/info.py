"""info.json of both versions from values. Spec: Image API 3.0 §5, 2.1.1 §5."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dam.iiif.extents import UNLIMITED, Extent, Limits
from dam.iiif.image_request import Format, Quality
from dam.iiif.tiles import Pyramid

PROTOCOL = "http://iiif.io/api/image"
CONTEXT_3 = "http://iiif.io/api/image/3/context.json"
CONTEXT_2 = "http://iiif.io/api/image/2/context.json"
PROFILE_3 = "http://iiif.io/api/image/3/level2.json"
PROFILE_2 = "http://iiif.io/api/image/2/level2.json"

# What we do beyond level 2; the profile documents themselves list jpg, png and the rest.
EXTRA_FORMATS = (Format.WEBP, Format.AVIF, Format.TIF, Format.GIF)
EXTRA_FEATURES_3 = ("canonicalLinkHeader", "mirroring", "profileLinkHeader", "rotationArbitrary")
EXTRA_FEATURES_2 = (*EXTRA_FEATURES_3, "regionSquare", "sizeAboveFull")

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class InfoFacts:
    """What info.json says about one image.

    *id* is the base URI as the client called it, without a trailing slash. *grayscale* is true
    when no pixel has a colour. *rights*, *manifest* and *services* are URIs and service blocks
    ready for the version that is written; *contexts* are those of the services, where they have
    one that 3.0 does not bring along. *attribution* is shown by clients of 2.1 alone, since
    3.0 leaves it to the manifest.
    """

    id: str
    pyramid: Pyramid
    limits: Limits = UNLIMITED
    grayscale: bool = False
    rights: str | None = None
    attribution: str | None = None
    manifest: str | None = None
    manifest_label: Mapping[str, Sequence[str]] | None = None
    services: tuple[Mapping[str, object], ...] = ()
    contexts: tuple[str, ...] = ()


def info_3(facts: InfoFacts) -> Json:
    """Give info.json of Image API 3.0 §5, ``@context`` first.

    Enlarging is offered only where a limit is declared, as §5.7 demands.
    """
    full, limits = facts.pyramid.full, facts.limits
    info: Json = {
        "@context": [*facts.contexts, CONTEXT_3] if facts.contexts else CONTEXT_3,
        "id": facts.id,
        "type": "ImageService3",
        "protocol": PROTOCOL,
        "profile": "level2",
        "width": full.width,
        "height": full.height,
        **_maxima(limits),
        **_sizes_and_tiles(facts),
    }
    if facts.rights is not None:
        info["rights"] = facts.rights
    info["extraFormats"] = [str(extra) for extra in EXTRA_FORMATS]
    info["extraQualities"] = _qualities(facts, Quality.COLOR, Quality.GRAY, Quality.BITONAL)
    upscaling = () if limits == UNLIMITED else ("sizeUpscaling",)
    info["extraFeatures"] = [*EXTRA_FEATURES_3, *upscaling]
    if facts.manifest is not None:
        info["partOf"] = [_manifest_link(facts.manifest, facts.manifest_label)]
    if facts.services:
        info["service"] = [dict(service) for service in facts.services]
    return info


def info_2(facts: InfoFacts) -> Json:
    """Give info.json of Image API 2.1.1 §5, ``@context`` first."""
    full = facts.pyramid.full
    info: Json = {
        "@context": CONTEXT_2,
        "@id": facts.id,
        "protocol": PROTOCOL,
        "width": full.width,
        "height": full.height,
        **_sizes_and_tiles(facts),
        "profile": [
            PROFILE_2,
            {
                "formats": [str(extra) for extra in EXTRA_FORMATS],
                # Level 2 of 2.1 includes bitonal.
                "qualities": _qualities(facts, Quality.COLOR, Quality.GRAY),
                "supports": list(EXTRA_FEATURES_2),
                **_maxima(facts.limits),
            },
        ],
    }
    if facts.rights is not None:
        info["license"] = facts.rights
    if facts.attribution is not None:
        info["attribution"] = facts.attribution
    if facts.services:
        info["service"] = [dict(service) for service in facts.services]
    return info


def _maxima(limits: Limits) -> Json:
    named = {
        "maxWidth": limits.max_width,
        "maxHeight": limits.max_height,
        "maxArea": limits.max_area,
    }
    return {name: pixels for name, pixels in named.items() if pixels is not None}


def _sizes_and_tiles(facts: InfoFacts) -> Json:
    """Give ``sizes`` and ``tiles`` as far as they lie within the limits (§5.2).

    ``sizes`` are the levels and nothing else: OpenSeadragon ignores the whole list when it holds
    one entry more, and asks for other tiles than the stored ones when factors do not ascend.
    """
    pyramid, limits = facts.pyramid, facts.limits
    sizes = [size for size in pyramid.sizes if limits.allow(size)]
    found: Json = {}
    if sizes:
        found["sizes"] = [{"width": size.width, "height": size.height} for size in sizes]
    largest_tile = Extent(
        min(pyramid.tile_size, pyramid.full.width), min(pyramid.tile_size, pyramid.full.height)
    )
    if limits.allow(largest_tile):
        found["tiles"] = [{"width": pyramid.tile_size, "scaleFactors": list(pyramid.scale_factors)}]
    return found


def _qualities(facts: InfoFacts, *qualities: Quality) -> list[str]:
    """Leave out ``color`` where there is none to be had; it may still be asked for (§4.4)."""
    return [
        str(quality) for quality in qualities if not (facts.grayscale and quality is Quality.COLOR)
    ]


def _manifest_link(manifest: str, label: Mapping[str, Sequence[str]] | None) -> Json:
    link: Json = {"id": manifest, "type": "Manifest"}
    if label is not None:
        link["label"] = {language: list(texts) for language, texts in label.items()}
    return link
