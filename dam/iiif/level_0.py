"""An image service of plain files: what there has to be, and how documents speak of it.

Spec: Image API 3.0 compliance, level 0: the sizes and tiles that info.json lists, and no other.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from dam.iiif.extents import Extent
from dam.iiif.tiles import BODY_SIDE_PIXELS, Pyramid

Json = dict[str, Any]
WHOLE = "full/max/0/default.jpg"
# What viewers ask of a thumbnail without looking whether the service has that size.
_ASKED = ("90,", "125,", "200,", "400,", ",120", "!120,120", "!200,200", "!400,400")
_NOT_AT_LEVEL_0 = frozenset({
    "extraFormats", "extraQualities", "extraFeatures", "preferredFormats", "maxArea",
    "maxWidth", "maxHeight",
})  # fmt: skip
_LONGEST_SMALL = 400


def pyramid_of(info: Json) -> Pyramid:
    """Return the levels and tiles that an info.json of ours describes."""
    [tiles] = info["tiles"]
    return Pyramid(Extent(info["width"], info["height"]), tiles["width"])


def whole_sizes(pyramid: Pyramid) -> tuple[Extent, ...]:
    """Return the levels that are kept as whole pictures, ascending; the smallest is always one."""
    smallest, *others = pyramid.sizes
    fitting = (one for one in others if max(one.width, one.height) <= BODY_SIDE_PIXELS)
    return smallest, *fitting


def tails(pyramid: Pyramid) -> Iterator[tuple[str, str]]:
    """Yield each file below the service's address, and the request of which it is the answer.

    Beside tiles and sizes there are those that viewers ask for unasked, where they are no larger
    than the picture.
    """
    sizes = whole_sizes(pyramid)
    levels = [f"full/{size.width},{size.height}/0/default.jpg" for size in sizes]
    for name in dict.fromkeys((*pyramid.tile_names(), *levels)):
        yield name, name
    yield WHOLE, levels[-1]
    if max(pyramid.full.width, pyramid.full.height) > _LONGEST_SMALL:
        for asked in _ASKED:
            if _fits(asked, pyramid.full):
                tail = f"full/{asked}/0/default.jpg"
                yield tail, tail


def _fits(asked: str, full: Extent) -> bool:
    width, height = (int(part or 1) for part in asked.removeprefix("!").split(","))
    return width <= full.width and height <= full.height


def info(served: Json) -> Json:
    """Return an info.json of level 0 for the same picture.

    ``max`` is the largest of its sizes: where that is not the whole picture, limits say so (§5.3).
    """
    pyramid = pyramid_of(served)
    sizes = whole_sizes(pyramid)
    found = {key: value for key, value in served.items() if key not in _NOT_AT_LEVEL_0}
    found["profile"] = "level0"
    found["sizes"] = [{"width": one.width, "height": one.height} for one in sizes]
    if sizes[-1] != pyramid.full:
        found |= {"maxWidth": sizes[-1].width, "maxHeight": sizes[-1].height}
    return found


def document(value: Any, infos: Mapping[str, Json]) -> Any:  # noqa: ANN401 (any JSON value)
    """Return a manifest or collection whose image services are of level 0, without searches.

    *infos* are the info.json of services by their ids.
    """
    if isinstance(value, list):
        return [document(one, infos) for one in value if not _is_search(one)]
    if not isinstance(value, dict):
        return value
    if value.get("type") == "ImageService3":
        known = infos.get(str(value.get("id")), {})
        kept = {key: known[key] for key in ("width", "height", "sizes", "tiles") if key in known}
        return {**value, "profile": "level0", **kept}
    found = {key: document(one, infos) for key, one in value.items()}
    return {key: one for key, one in found.items() if not (key in _LISTS and one == [])}


_LISTS = frozenset({"service", "services", "rendering"})


def _is_search(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    kind = str(value.get("type") or value.get("@type") or "")
    return kind.startswith(("SearchService", "AutoCompleteService"))


def services(value: Any) -> Iterator[str]:  # noqa: ANN401 (any JSON value)
    """Yield the ids of the image services that a document names."""
    if isinstance(value, list):
        for one in value:
            yield from services(one)
    elif isinstance(value, dict):
        if value.get("type") == "ImageService3":
            yield str(value["id"])
        for one in value.values():
            yield from services(one)
