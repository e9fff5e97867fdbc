"""What manifests offer beside pictures: records, files, places on a map, ranges, placeholders."""

from collections.abc import Iterable, Sequence

from dam.iiif.authorization import CONTEXT_2 as AUTH_CONTEXT
from dam.iiif.presentation_parts import BUILD_ORIGIN, address_of, image_service, label_of, present
from dam.iiif.presentation_source import (
    CONTEXT,
    NAV_PLACE_CONTEXT,
    NOT_SHOWN_PATH,
    FileSource,
    PointSource,
    RangeSource,
    Refusal,
    Restricted,
    canvas_path,
    range_path,
    record_path,
    service_path,
)
from dam.iiif.presentation_words import ORIGIN_MARK, Json, language_map

_NOT_SHOWN = {"width": 1200, "height": 800}
# What stands in the text of a canvas that needs a context of its own; quotes in words are escaped.
_SIGNS = {AUTH_CONTEXT: '"type":"AuthProbeService2"', NAV_PLACE_CONTEXT: '"navPlace":{'}
SCHEMA_ORG = "https://schema.org/"
DUBLIN_CORE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
IPTC = "http://iptc.org/std/photometadata/"


def records(photograph_id: str) -> list[Json]:
    """Return the ``seeAlso`` links to the record: schema.org, Dublin Core, IPTC."""
    base = record_path(photograph_id)
    known = (
        (base, "Catalogue record (schema.org)", "application/json", SCHEMA_ORG),
        (dublin_core_path(photograph_id), "Dublin Core", "application/xml", DUBLIN_CORE),
        (iptc_path(photograph_id), "IPTC Photo Metadata", "application/json", IPTC),
    )
    return [
        {
            "id": address_of(path),
            "type": "Dataset",
            "label": {"en": [label]},
            "format": media_type,
            "profile": profile,
        }
        for path, label, media_type, profile in known
    ]


def dublin_core_path(photograph_id: str) -> str:
    """Return the record of a photograph in Dublin Core."""
    return f"{record_path(photograph_id).removesuffix('.json')}/dublin-core.xml"


def iptc_path(photograph_id: str) -> str:
    """Return the record of a photograph by the names of IPTC Photo Metadata."""
    return f"{record_path(photograph_id).removesuffix('.json')}/iptc.json"


def renderings(files: Sequence[FileSource]) -> list[Json]:
    """Return the ``rendering`` links to files that may be taken away."""
    return [
        {
            "id": address_of(file.path),
            "type": "Image",
            "label": label_of(file.label, "file"),
            "format": file.format,
        }
        for file in files
    ]


def nav_place(points: Sequence[PointSource], address: str) -> Json:
    """Return the ``navPlace`` property under *address*, or nothing where no place is known.

    Spec: navPlace extension; a point is longitude first (RFC 7946 §3.1.1).
    """
    if not points:
        return {}
    features = [
        {
            "id": f"{address}/place/{number}",
            "type": "Feature",
            "properties": present(label=language_map(point.label)),
            "geometry": {"type": "Point", "coordinates": [point.longitude, point.latitude]},
        }
        for number, point in enumerate(points, 1)
    ]
    return {
        "navPlace": {"id": f"{address}/place", "type": "FeatureCollection", "features": features}
    }


def placeholder(picture: object, address: str) -> Json:
    """Return the ``placeholderCanvas`` of a canvas whose picture is withheld.

    It says in a picture that there is none; the reason stands in the words beside it.
    """
    if not isinstance(picture, Refusal):
        return {}
    own = f"{address}/placeholder"
    body = {"id": BUILD_ORIGIN + NOT_SHOWN_PATH, "type": "Image", "format": "image/svg+xml"}
    annotation = {
        "id": f"{own}/painting",
        "type": "Annotation",
        "motivation": "painting",
        "body": body | _NOT_SHOWN,
        "target": own,
    }
    page = {"id": f"{own}/page", "type": "AnnotationPage", "items": [annotation]}
    label = label_of(picture.label, "No picture")
    canvas = {"id": own, "type": "Canvas", "label": label, **_NOT_SHOWN, "items": [page]}
    return {"placeholderCanvas": canvas}


def with_restricted(canvas: Json, restricted: Restricted) -> Json:
    """Return a built *canvas* whose picture has the service of an image that signing in opens.

    iiif_prezi3 knows no service without an id, which the access services of the pattern
    ``external`` are (Authorization Flow 2.0 §3.1); so these go in afterwards.
    """
    painting = canvas["items"][0]["items"][0]  # type: ignore[index]  # built by us, one each
    service = image_service(restricted.image) | {"service": list(restricted.services)}
    service["id"] = ORIGIN_MARK + service_path(restricted.image.service_id)
    painting["body"]["service"] = [service]
    return canvas


def structures(manifest_id: str, ranges: Sequence[RangeSource]) -> list[Json]:
    """Return the ``structures`` of a series, without an origin: its frames by what they share."""
    return [
        {
            "id": ORIGIN_MARK + range_path(manifest_id, number),
            "type": "Range",
            "label": label_of(one.label, str(number)),
            "items": [
                {"id": ORIGIN_MARK + canvas_path(each, manifest_id), "type": "Canvas"}
                for each in one.photographs
            ],
        }
        for number, one in enumerate(ranges, 1)
    ]


def contexts_of(canvas_texts: Iterable[str]) -> list[str]:
    """Return the contexts of what canvases hold beyond Presentation API 3.0, whose own is last."""
    signs = dict(_SIGNS)
    for text in canvas_texts:
        for context in [each for each, sign in signs.items() if sign in text]:
            del signs[context]
        if not signs:
            break
    return [*(each for each in _SIGNS if each not in signs), CONTEXT]
