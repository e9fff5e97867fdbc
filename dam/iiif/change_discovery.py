"""The stream that harvesters read: Change Discovery API 1.0, level 2.

Pages are filled in the order of time and never change once they are full, but for what may not be
told any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from dam.iiif.presentation_extras import SCHEMA_ORG
from dam.iiif.presentation_source import InvalidPresentation, manifest_path, record_path
from dam.iiif.presentation_words import ORIGIN_MARK, Json

CONTEXT = "http://iiif.io/api/discovery/1/context.json"
PAGE = 100  # activities


class ActivityKind(StrEnum):
    """What can happen to a manifest, as the stream says it."""

    CREATE = "Create"
    UPDATE = "Update"
    DELETE = "Delete"


@dataclass(frozen=True, slots=True)
class Activity:
    """What happened to one manifest, and when; ``has_record`` where it is a photograph's."""

    kind: ActivityKind
    manifest_id: str
    at: datetime
    has_record: bool


def stream_path(page: int | None = None) -> str:
    """Return the address of the whole stream, or of one page of it counted from 1."""
    if page is None:
        return "/activity/collection.json"
    if page < 1:
        raise InvalidPresentation("Pages of the stream are counted from 1; ask for page 1.")
    return f"/activity/page-{page}.json"


def stream(total: int) -> Json:
    """Return the stream of *total* activities, at least one, without an origin."""
    return {
        "@context": CONTEXT,
        "id": ORIGIN_MARK + stream_path(),
        "type": "OrderedCollection",
        "totalItems": total,
        "first": _page(1),
        "last": _page(-(-total // PAGE)),
    }


def stream_page(number: int, activities: Sequence[Activity], total: int) -> Json:
    """Return one page of the stream, without an origin; *activities* in the order of time."""
    document: Json = {
        "@context": CONTEXT,
        **_page(number),
        "partOf": {"id": ORIGIN_MARK + stream_path(), "type": "OrderedCollection"},
        "startIndex": (number - 1) * PAGE,
    }
    if number > 1:
        document["prev"] = _page(number - 1)
    if number * PAGE < total:
        document["next"] = _page(number + 1)
    return document | {"orderedItems": [_item(one) for one in activities]}


def _page(number: int) -> Json:
    return {"id": ORIGIN_MARK + stream_path(number), "type": "OrderedCollectionPage"}


def _item(one: Activity) -> Json:
    thing: Json = {"id": ORIGIN_MARK + manifest_path(one.manifest_id), "type": "Manifest"}
    if one.has_record and one.kind is not ActivityKind.DELETE:
        thing["seeAlso"] = [
            {
                "id": ORIGIN_MARK + record_path(one.manifest_id),
                "type": "Dataset",
                "format": "application/json",
                "profile": SCHEMA_ORG,
            }
        ]
    at = one.at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds")
    return {"type": one.kind.value, "object": thing, "endTime": f"{at}Z"}
