"""Headers of a delivered picture, the same on the tile path and behind Flask."""

from flask import Response

from dam.iiif.geometry import canonical
from dam.iiif.image_request import ApiVersion
from dam.workflows.deliver import Delivery

PROFILES = {
    ApiVersion.V3: "http://iiif.io/api/image/3/level2.json",
    ApiVersion.V2: "http://iiif.io/api/image/2/level2.json",
}
EXPOSED = "Link, ETag, Content-Length, Retry-After"


class Picture(Response):
    """An answer that carries a picture, or says that it is unchanged: its headers are complete."""

    automatically_set_content_length = False

    def __init__(self, status: int, headers: list[tuple[str, str]], body: bytes = b"") -> None:
        super().__init__(body, status)
        self.headers.clear()
        self.headers.extend(headers)


def image_headers(
    delivery: Delivery, version: ApiVersion, origin: str, length: int
) -> list[tuple[str, str]]:
    """Return the headers of a picture of *length* bytes, with profile and canonical links.

    Spec: Image API 3.0 §4.8 and §6 (links), §7.1 (CORS).
    """
    image = delivery.image
    service = f"{origin}/iiif/{version}/{image.service_id}"
    name = delivery.name
    if version is ApiVersion.V2:
        tile_size = image.pyramid.tile_size
        name = canonical(delivery.plan, image.pyramid.full, version, tile_size=tile_size)
    return [
        ("Content-Type", delivery.media_type),
        ("Content-Length", str(length)),
        *kept_headers(delivery),
        (
            "Link",
            f'<{PROFILES[version]}>;rel="profile",<{service}/{name}>;rel="canonical"',
        ),
    ]


def kept_headers(delivery: Delivery) -> list[tuple[str, str]]:
    """Return the headers that an answer 304 repeats (RFC 9110 §15.4.5), and CORS."""
    image = delivery.image
    kept = f"public, max-age={image.asked.cache_seconds}" if image.public else "private, no-store"
    return [
        ("ETag", f'"{delivery.etag}"'),
        ("Cache-Control", kept),
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Expose-Headers", EXPOSED),
        ("Cross-Origin-Resource-Policy", "cross-origin"),
        ("Timing-Allow-Origin", "*"),
        ("X-Content-Type-Options", "nosniff"),
    ]
