"""Headers of a delivered picture, the same on the tile path and behind Flask."""

from dam.iiif.image_request import ApiVersion
from dam.workflows.deliver import Delivery

PROFILES = {
    ApiVersion.V3: "http://iiif.io/api/image/3/level2.json",
    ApiVersion.V2: "http://iiif.io/api/image/2/level2.json",
}
EXPOSED = "Link, ETag, Content-Length, Retry-After"


def image_headers(
    delivery: Delivery, version: ApiVersion, origin: str, length: int
) -> list[tuple[str, str]]:
    """Return the headers of a picture of *length* bytes, with profile and canonical links.

    Spec: Image API 3.0 §4.8 and §6 (links), §7.1 (CORS).
    """
    service = f"{origin}/iiif/{version}/{delivery.image.service_id}"
    return [
        ("Content-Type", delivery.media_type),
        ("Content-Length", str(length)),
        *kept_headers(delivery),
        (
            "Link",
            f'<{PROFILES[version]}>;rel="profile",<{service}/{delivery.name}>;rel="canonical"',
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
