"""Presentation API 2.1 for older viewers, made of the document of 3.0 and of nothing else.

What the public is told is decided once, for 3.0; nothing is added here. Canvases keep their
addresses, so that a search and an annotation stand on the same canvas in both.
"""

import re
from collections.abc import Mapping

from dam.iiif.authorization import in_older_documents
from dam.iiif.presentation_words import NO_LANGUAGE, Json

CONTEXT = "http://iiif.io/api/presentation/2/context.json"
SEARCH_CONTEXT = "http://iiif.io/api/search/1/context.json"
_IMAGE_CONTEXT = "http://iiif.io/api/image/2/context.json"
_LEVEL_2 = "http://iiif.io/api/image/2/level2.json"
_DOCUMENT = re.compile(
    r"/manifests/3/(?=[^/]+/manifest\.json$|collection\.json$|collections/page-\d+\.json$)"
)


def manifest_2(document: Json) -> Json:
    """Return a manifest of Presentation API 3.0 as one of 2.1."""
    address = _address(document["id"])
    sequence = {
        "@id": f"{address.removesuffix('manifest.json')}sequence",
        "@type": "sc:Sequence",
        "canvases": [_canvas(one) for one in _objects(document["items"])],
    }
    return _present(
        {
            "@context": CONTEXT,
            "@id": address,
            "@type": "sc:Manifest",
            **_described(document),
            "service": _search(document),
            "sequences": [sequence],
            "structures": [_range(one) for one in _objects(document.get("structures"))],
        }
    )


def collection_2(document: Json) -> Json:
    """Return a collection of Presentation API 3.0 as one of 2.1."""
    items = _objects(document["items"])
    return _present(
        {
            "@context": CONTEXT,
            "@id": _address(document["id"]),
            "@type": "sc:Collection",
            **_described(document),
            "collections": [_member(one) for one in items if one["type"] == "Collection"],
            "manifests": [_member(one) for one in items if one["type"] == "Manifest"],
        }
    )


def _member(item: Json) -> Json:
    return _present(
        {
            "@id": _address(item["id"]),
            "@type": f"sc:{item['type']}",
            "label": _words(item.get("label")),
            "thumbnail": _thumbnail(item),
        }
    )


def _described(document: Json) -> Json:
    """Return the properties that manifests, canvases and collections share."""
    rows = [_row(one) for one in _objects(document.get("metadata"))]
    rows += [
        {"label": "Provider", "value": _words(one["label"])}
        for one in _objects(document.get("provider"))
    ]
    required = document.get("requiredStatement")
    wholes = _objects(document.get("partOf"))
    return _present(
        {
            "label": _words(document.get("label")),
            "description": _words(document.get("summary")),
            "metadata": rows,
            "attribution": _words(required["value"]) if isinstance(required, dict) else None,
            "license": document.get("rights"),
            "thumbnail": _thumbnail(document),
            "navDate": document.get("navDate"),
            "related": _links(document, "homepage"),
            "rendering": _links(document, "rendering"),
            "seeAlso": _links(document, "seeAlso"),
            "within": _one_or_all([_address(one["id"]) for one in wholes]),
        }
    )


def _canvas(canvas: Json) -> Json:
    return _present(
        {
            "@id": canvas["id"],
            "@type": "sc:Canvas",
            "height": canvas["height"],
            "width": canvas["width"],
            **_described(canvas),
            "images": [_painting(body, canvas["id"]) for body in _painted(canvas)],
        }
    )


def _painted(canvas: Json) -> list[Json]:
    """Return what is painted on a canvas; where nothing may be, what stands in its place.

    Viewers of 2.1 show nothing at all, and some stop, where a canvas has no image.
    """
    found = [
        annotation["body"]
        for page in _objects(canvas.get("items"))
        for annotation in _objects(page.get("items"))
        if isinstance(annotation.get("body"), dict)
    ]
    instead = canvas.get("placeholderCanvas")
    if not found and isinstance(instead, dict):
        return _painted(instead)
    return [body for body in found if isinstance(body, dict)]


def _painting(body: Json, canvas: object) -> Json:
    return {
        "@id": f"{canvas}/painting",
        "@type": "oa:Annotation",
        "motivation": "sc:painting",
        "resource": _image(body),
        "on": canvas,
    }


def _image(image: Json) -> Json:
    """Return a picture with its service of Image API 2.1."""
    services = _objects(image.get("service"))
    service = {
        "@context": _IMAGE_CONTEXT,
        "@id": _in_image_2(services[0]["id"]) if services else "",
        "profile": _LEVEL_2,
        "service": _login(services[0]) if services else None,
    }
    return _present(
        {
            "@id": _in_image_2(image["id"]),
            "@type": "dctypes:Image",
            "format": image.get("format"),
            "height": image.get("height"),
            "width": image.get("width"),
            "service": _present(service) if services else None,
        }
    )


def _login(service: Json) -> Json | None:
    """Return the access cookie service of a restricted image, for clients of Authentication 1.0."""
    found = [one for one in _objects(service.get("service")) if "@id" in one]
    return in_older_documents(found[0]) if found else None


def _thumbnail(document: Json) -> Json | None:
    found = _objects(document.get("thumbnail"))
    return _image(found[0]) if found else None


def _range(one: Json) -> Json:
    return {
        "@id": one["id"],
        "@type": "sc:Range",
        "label": _words(one.get("label")),
        "canvases": [each["id"] for each in _objects(one["items"]) if each["type"] == "Canvas"],
    }


def _search(document: Json) -> Json | None:
    """Return the service of Content Search 1.0, which needs its context in 2.1."""
    for one in _objects(document.get("service")):
        if one.get("@type") == "SearchService1":
            inner = [
                {name: value for name, value in each.items() if name != "@type"}
                for each in _objects(one.get("service"))
            ]
            service = {"@context": SEARCH_CONTEXT, "@id": one["@id"], "profile": one["profile"]}
            return _present(service | {"service": _one_or_all(inner)})
    return None


def _links(document: Json, name: str) -> object:
    return _one_or_all(
        [
            _present(
                {
                    "@id": one["id"],
                    "label": _words(one.get("label")),
                    "format": one.get("format"),
                    "profile": one.get("profile"),
                }
            )
            for one in _objects(document.get(name))
        ]
    )


def _row(row: Json) -> Json:
    return {"label": _words(row["label"]), "value": _words(row["value"])}


def _words(words: object) -> object:
    """Return a language map as 2.1 writes it: values with their language, or a plain string."""
    if not isinstance(words, dict):
        return None
    values = [
        text if tag == NO_LANGUAGE else {"@value": text, "@language": tag}
        for tag, texts in words.items()
        for text in texts
    ]
    return _one_or_all(values)


def _one_or_all(values: list[object] | list[Json] | list[str]) -> object:
    return values[0] if len(values) == 1 else values


def _objects(value: object) -> list[Json]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _address(address: object) -> str:
    return _DOCUMENT.sub("/manifests/2/", str(address))


def _in_image_2(address: object) -> str:
    return str(address).replace("/iiif/3/", "/iiif/2/", 1)


def _present(properties: Mapping[str, object]) -> Json:
    return {name: value for name, value in properties.items() if value not in (None, {}, [])}
