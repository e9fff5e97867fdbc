"""What manifests offer beside pictures: records, files, places on a map, ranges, placeholders."""

from collections.abc import Sequence

from dam.iiif.presentation_parts import BUILD_ORIGIN, address_of, label_of, present
from dam.iiif.presentation_source import (
    NOT_SHOWN_PATH,
    FileSource,
    PointSource,
    RangeSource,
    Refusal,
    canvas_path,
    range_path,
    record_path,
)
from dam.iiif.presentation_words import ORIGIN_MARK, Json, language_map

_NOT_SHOWN = {"width": 1200, "height": 800}
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
