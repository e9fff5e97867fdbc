"""The Flask application: which routes there are, and what goes around all of them."""

from datetime import timedelta

from flask import Blueprint, Flask
from flask_wtf.csrf import CSRFProtect

from dam.web import (
    admin,
    agreements,
    alike,
    ark,
    arranging,
    authorization,
    batches,
    body_limits,
    browsing,
    clearing,
    codes,
    content_search,
    content_state,
    desk,
    desk_help,
    discovery,
    downloads,
    embeds,
    entries,
    find,
    headers,
    iiif,
    importing,
    manifests,
    metrics,
    moved,
    names,
    oembed,
    operations,
    other_records,
    problems,
    public,
    sharing,
    sheets,
    sign_in,
    signed_in,
    syndication,
    template_pages,
    uploads,
    uses,
    work,
)
from dam.web.api.routes import blueprint as api
from dam.web.meter import Meter
from dam.web.origin import Origin, origin_of
from dam.web.rendering import Renderer
from dam.web.tile_path import TilePath
from dam.workflows.archive import Archive


def create_app(archive: Archive, signing_key: bytes, meter: Meter | None = None) -> Flask:
    """Return the application over *archive*; *signing_key* signs its cookies."""
    meter = meter or Meter(archive)
    app = Flask(__name__, static_folder=None)
    settings = archive.settings
    over_https = bool(settings.public_url and settings.public_url.startswith("https:"))
    app.config.update(
        SECRET_KEY=signing_key,
        SESSION_COOKIE_NAME="__Host-dam" if over_https else "dam",
        SESSION_COOKIE_SECURE=over_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        # Else each answer to somebody signed in would carry the cookie, also those that say
        # "public" and lie in caches that others share. A sign-in has a fixed end anyway.
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        WTF_CSRF_TIME_LIMIT=None,  # the desk stays open for days; the session has its own life
    )
    render, origin = Renderer(settings.archive_name), origin_of(settings)
    signed_in.register(app, archive)
    body_limits.register(app, settings.max_upload_bytes)
    csrf = CSRFProtect(app)
    programs = api(archive, render, origin)
    csrf.exempt(programs)  # it asks for the token itself, where a cookie says who it is
    headers.register(app, settings.public_url)
    problems.register(app, render)
    moved.register(app, archive)
    for routes in (*_site(archive, render, origin), *_desk(archive, render, origin)):
        app.register_blueprint(routes)
    app.register_blueprint(authorization.register(app, archive, render, origin))
    app.register_blueprint(programs)
    app.register_blueprint(metrics.blueprint(archive, meter))
    return app


def _site(archive: Archive, render: Renderer, origin: Origin) -> tuple[Blueprint, ...]:
    """Return the routes that anybody may ask."""
    return (
        iiif.blueprint(archive, origin),
        manifests.blueprint(archive, origin),
        browsing.blueprint(archive, render, origin),
        public.blueprint(archive, render, origin),
        sharing.blueprint(archive, render, origin),
        embeds.blueprint(archive, render, origin),
        oembed.blueprint(archive, origin),
        sign_in.blueprint(archive, render),
        operations.blueprint(archive),
        downloads.blueprint(archive, origin),
        find.blueprint(archive, render, origin),
        content_search.blueprint(archive, origin),
        discovery.blueprint(archive, origin),
        syndication.blueprint(archive, origin),
        content_state.blueprint(origin),
        ark.blueprint(archive, origin),
        other_records.blueprint(archive, origin),
    )


def _desk(archive: Archive, render: Renderer, origin: Origin) -> tuple[Blueprint, ...]:
    """Return the routes of those who work here."""
    return (
        desk.blueprint(archive, render, origin),
        desk_help.blueprint(archive),
        uploads.blueprint(archive),
        alike.blueprint(archive, render, origin),
        work.blueprint(archive),
        arranging.blueprint(archive, render, origin),
        codes.blueprint(archive, render),
        template_pages.blueprint(archive, render),
        names.blueprint(archive, render, origin),
        importing.blueprint(archive, render, origin),
        batches.blueprint(archive, render, origin),
        sheets.blueprint(archive, render),
        clearing.blueprint(archive, render, origin),
        agreements.blueprint(archive, render),
        uses.blueprint(archive, render),
        entries.blueprint(archive, render),
        admin.blueprint(archive, render, origin),
    )


def create_service(archive: Archive, signing_key: bytes) -> TilePath:
    """Return the whole service as a WSGI callable: the tile path, and Flask behind it."""
    meter = Meter(archive)
    return TilePath(archive, create_app(archive, signing_key, meter).wsgi_app, meter)
