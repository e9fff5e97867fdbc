"""From a page's dataclass to HTML; who is reading, for the header of every page."""

from collections.abc import Callable
from pathlib import Path

from flask import Response, request
from flask_wtf.csrf import generate_csrf
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from dam.rights.facts import Audience
from dam.web import pages
from dam.web.assets import Assets
from dam.web.headers import EMBEDDABLE
from dam.web.phrases import ENGLISH, Phrases
from dam.web.signed_in import user

AMONG_FILES = "dam.static"
"""Set in the environment of a request by a command of this process, never by who asks."""

_HERE = Path(__file__).parent
DIST = _HERE / "static" / "dist"


def environment(phrases: Phrases) -> Environment:
    """Return the templates in one language of the interface."""
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["t"] = phrases
    return made


class Renderer:
    """Fills templates: ``render(page)`` is an HTML answer that only its reader may keep."""

    def __init__(self, archive_name: str) -> None:
        self._archive_name = archive_name
        self._environment = environment(ENGLISH)
        self.assets = Assets.load(DIST)

    def __call__(self, page: pages.Page, status: int = 200) -> Response:
        """Return *page* as HTML."""
        csrf_token: Callable[[], str] = generate_csrf
        html = self._environment.get_template(page.template).render(
            page=page, assets=self.assets, csrf_token=csrf_token
        )
        response = Response(html, status, mimetype="text/html")
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def site(self, notice: str | None = None) -> pages.Site:
        """Return what stands around a page for whoever is reading this one."""
        # In the frame of another site there is nobody's name and nothing to press.
        found = None if request.path.startswith(EMBEDDABLE) else user()
        reader = None
        if found is not None:
            reader = pages.Reader(
                name=found.name,
                may_describe=found.role >= Audience.STAFF,
                may_clear=found.role >= Audience.RIGHTS_MANAGER,
                may_administer=found.role >= Audience.ADMINISTRATOR,
            )
        return pages.Site(
            archive_name=self._archive_name,
            reader=reader,
            notice=notice,
            among_files=bool(request.environ.get(AMONG_FILES)),
        )
