"""Addresses of merged photographs lead to the one that stands for them."""

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dam.web.responses import cache_for
from dam.workflows import merge
from dam.workflows.archive import Archive


def register(app: Flask, archive: Archive) -> None:
    """Let an address that answers 404 be looked up among those that have moved (301).

    Pictures are left out: a region of one is none of the other's.
    """

    @app.after_request
    def lead_on(response: Response) -> AnyResponse:
        old_id = (request.view_args or {}).get("identifier")
        if response.status_code != 404 or request.method not in {"GET", "HEAD"} or not old_id:
            return response
        successor = merge.leads_to(archive, old_id)
        if successor is None:
            return response
        asked = (
            f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
        )
        onward = redirect(request.path.replace(f"/{old_id}", f"/{successor.id}", 1) + asked, 301)
        cache_for(onward, successor.life.seconds_at(archive.now()))
        for name in ("Access-Control-Allow-Origin", "Content-Security-Policy"):
            if name in response.headers:
                onward.headers[name] = response.headers[name]
        return onward
