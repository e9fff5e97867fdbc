"""/healthz, /readyz, and the built scripts, styles and fonts."""

import logging

from flask import Blueprint, Response, send_from_directory

from dam.web.headers import open_to_all
from dam.web.rendering import DIST
from dam.web.responses import plain_json
from dam.workflows import jobs
from dam.workflows.archive import Archive

LOG = logging.getLogger("dam.web")
_A_YEAR = 31_536_000


def blueprint(archive: Archive) -> Blueprint:
    """Return the routes by which the service is watched; no photograph leaves by them."""
    routes = Blueprint("operations", __name__)

    @routes.get("/healthz")
    def health() -> Response:
        return plain_json({"status": "alive"})

    @routes.get("/readyz")
    def ready() -> Response:
        try:
            waiting = jobs.unfinished(archive)
        except Exception:  # whatever keeps the database from answering is the answer here
            LOG.warning("not ready: the database does not answer", exc_info=True)
            return plain_json({"status": "not ready"}, 503)
        if not archive.settings.media.is_dir():
            return plain_json({"status": "not ready"}, 503)
        return plain_json({"status": "ready", "jobs": waiting})

    @routes.get("/static/dist/<path:name>")
    def built(name: str) -> Response:
        response = send_from_directory(DIST, name, max_age=_A_YEAR)
        # The name holds the hash of the bytes; fonts in sandboxed frames need CORS.
        response.headers["Cache-Control"] = f"public, max-age={_A_YEAR}, immutable"
        open_to_all(response)
        return response

    return routes
