"""Headers of a delivered picture, the same on the tile path and behind Flask."""

from datetime import datetime

from flask import Response

from dam.iiif.geometry import canonical
from dam.iiif.image_request import ApiVersion
from dam.web.sending import Sending
from dam.workflows.deliver import Delivery

PROFILES = {
    ApiVersion.V3: "http://iiif.io/api/image/3/level2.json",
    ApiVersion.V2: "http://iiif.io/api/image/2/level2.json",
}
EXPOSED = "Link, ETag, Content-Length, Content-Range, Content-Disposition, Retry-After"


class Picture(Response):
    """An answer that carries a picture, or says that it is unchanged: its headers are complete."""

    automatically_set_content_length = False

    def __init__(
        self, status: int, headers: list[tuple[str, str]], body: bytes | Sending = b""
    ) -> None:
        super().__init__(body, status)
        self.headers.clear()
        self.headers.extend(headers)


def image_headers(
    delivery: Delivery, spoken: tuple[ApiVersion, str], length: int | None, now: datetime
) -> list[tuple[str, str]]:
    """Return the headers of a picture of *length* bytes, with profile and canonical links.

    It is *spoken* of in a version, at an origin. Without a *length*, which is not known before a
    picture is drawn, none is said.

    Spec: Image API 3.0 §4.8 and §6 (links), §7.1 (CORS).
    """
    version, origin = spoken
    image = delivery.image
    service = f"{origin}/iiif/{version}/{image.service_id}"
    name = delivery.name
    if version is ApiVersion.V2:
        tile_size = image.pyramid.tile_size
        name = canonical(delivery.plan, image.pyramid.full, version, tile_size=tile_size)
    return [
        ("Content-Type", delivery.media_type),
        *([("Content-Length", str(length))] if length is not None else []),
        *kept_headers(delivery, now),
        (
            "Link",
            f'<{PROFILES[version]}>;rel="profile",<{service}/{name}>;rel="canonical"',
        ),
    ]


def kept_headers(delivery: Delivery, now: datetime) -> list[tuple[str, str]]:
    """Return the headers that an answer 304 repeats (RFC 9110 §15.4.5), and CORS."""
    image = delivery.image
    seconds = image.asked.life.seconds_at(now) if image.public else None
    return [
        ("ETag", f'"{delivery.etag}"'),
        ("Cache-Control", cache_control(seconds)),
        *open_headers(),
    ]


def cache_control(seconds: int | None) -> str:
    """Return how long any cache may keep an answer; None: no cache, and nobody but the asker."""
    return "private, no-store" if seconds is None else f"public, max-age={seconds}"


def open_headers() -> list[tuple[str, str]]:
    """Return what lets pages of any site read and time an answer, and none guess its type."""
    return [
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Expose-Headers", EXPOSED),
        ("Cross-Origin-Resource-Policy", "cross-origin"),
        ("Timing-Allow-Origin", "*"),
        ("X-Content-Type-Options", "nosniff"),
    ]
