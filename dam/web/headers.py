"""Headers that every answer carries."""

from flask import Flask, Response, request

from dam.iiif.authorization import TOKEN_1_PATH, TOKEN_PATH
from dam.web.image_headers import EXPOSED, Picture

EMBEDDABLE = ("/embed/", TOKEN_PATH, TOKEN_1_PATH)
_FILES = ("/download", "/master")
OPEN_TO_ALL = ("/iiif/", "/manifests/", "/search/", "/activity/", "/oembed", "/auth/probe/")
_RECORDS = "/api/v1/photographs/"


def _policy(public_url: str | None) -> str:
    """Return what pages may load: their own site, which may be called by its public name."""
    named = f" {'/'.join(public_url.split('/')[:3])}" if public_url else ""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; "
        f"img-src 'self'{named} data: blob:; font-src 'self'; connect-src 'self'{named}; "
        # Viewers ask for their tokens in a frame.
        f"frame-src 'self'{named}; "
        "form-action 'self'; base-uri 'none'; "
    )


def register(app: Flask, public_url: str | None) -> None:
    """Add the headers of safety to every answer, and CORS to what other sites may read."""
    policy = _policy(public_url)

    @app.after_request
    def add(response: Response) -> Response:
        if isinstance(response, Picture):
            return response
        ancestors = "*" if request.path.startswith(EMBEDDABLE) else "'none'"
        headers = response.headers
        headers.setdefault("Content-Security-Policy", f"{policy}frame-ancestors {ancestors}")
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        path = request.path
        record = path.startswith(_RECORDS) and path.endswith((".json", ".xml"))
        file = path.startswith("/p/") and path.endswith(_FILES)
        if path.startswith(OPEN_TO_ALL) or record or file:
            open_to_all(response)
        return response


def open_to_all(response: Response) -> None:
    """Let pages of any site read the answer, whatever its status (CORS)."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    # Pages that isolate themselves (COEP) may embed it too.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Timing-Allow-Origin"] = "*"
