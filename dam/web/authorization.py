"""/auth/…: Authorization Flow 2.0, and Authentication 1.0 beside it, over the archive's sign-in.

A person opens their pictures for one site in a window of ours, with a click; that site's viewer
then gets tokens in a frame, asks the probe what would happen, and shows pictures by the cookie.
"""

from dataclasses import dataclass
from urllib.parse import quote

from flask import Blueprint, Flask, Response, redirect, request, session
from werkzeug.wrappers import Response as AnyResponse

from dam.errors import DamError, Malformed
from dam.iiif import authorization as iiif
from dam.iiif.authorization import Refused, TokenProblem, canonical_origin
from dam.iiif.presentation_words import Json
from dam.records.picture_access import PictureAccess
from dam.rights.facts import Audience
from dam.web import pages
from dam.web.access_tokens import LIFE_SECONDS, AccessTokens, access_tokens
from dam.web.iiif import preflight
from dam.web.origin import Origin
from dam.web.picture_cookie import PictureCookie
from dam.web.problems import Problem, status_of
from dam.web.reader import needs
from dam.web.rendering import Renderer
from dam.web.responses import json_text, plain_json
from dam.web.signed_in import NotSignedIn, user
from dam.workflows import deliver, picture_access
from dam.workflows.archive import Archive
from dam.workflows.ask import Withheld

_LONGEST_MESSAGE_ID = 200


class NoSite(Malformed):
    """The viewer did not say on which site it runs."""

    def __init__(self) -> None:
        super().__init__(
            "The page with the pictures did not say which site it is; "
            "open them at the archive itself."
        )


@dataclass(frozen=True, slots=True)
class Services:
    """What the four services are made of."""

    archive: Archive
    render: Renderer
    tokens: AccessTokens
    cookie: PictureCookie

    def access(self) -> AnyResponse:
        """Ask whoever is signed in whether the site may show their pictures (2.0 §3)."""
        site, found = self._site(), user()
        if found is None:
            here = f"{iiif.ACCESS_PATH}?origin={quote(site, safe='')}"
            answer = redirect(f"/sign-in?next={quote(here, safe='')}")
            answer.headers["Cache-Control"] = "private, no-store"
            return answer
        ours = site == self.tokens.own_site
        return self.render(pages.AccessPage(self.render.site(), site, found.name, ours=ours))

    def open_pictures(self) -> AnyResponse:
        """Open them: the browser gets its cookie, and the window closes."""
        token = _session_token()
        if token is None:
            raise NotSignedIn
        secret = picture_access.open_for(self.archive, token, self._site())
        answer = self.render(pages.AccessDone(self.render.site()))
        self.cookie.give(answer, secret)
        return answer

    def token(self) -> Response:
        """Hand a token to the page around the frame, or say why there is none (2.0 §4)."""
        site, message_id = self._site(), request.args.get("messageId", "")
        found = self._asked_by(site)
        if not message_id or len(message_id) > _LONGEST_MESSAGE_ID:
            found, message_id = TokenProblem.INVALID_REQUEST, message_id[:_LONGEST_MESSAGE_ID]
        if isinstance(found, PictureAccess):
            token = self.tokens.make(found.id)
            return self._framed(iiif.access_token(token, LIFE_SECONDS, message_id), site)
        return self._framed(iiif.token_error(found, message_id), site)

    def token_1(self) -> Response:
        """The same by 1.0 §2.2, which programs without a frame may ask for as JSON."""
        site, message_id = self._site(), request.args.get("messageId")
        found = self._asked_by(site)
        if isinstance(found, PictureAccess):
            message = iiif.access_token_1(self.tokens.make(found.id), LIFE_SECONDS)
        else:
            message = iiif.token_error_1(found)
        if message_id is None:
            return plain_json(message, 401 if isinstance(found, TokenProblem) else 200)
        return self._framed({**message, "messageId": message_id[:_LONGEST_MESSAGE_ID]}, site)

    def probe(self, service_id: str) -> Response:
        """Say what would happen if the image were asked for (2.0 §5)."""
        if request.method == "OPTIONS":
            return preflight()
        holder = self.tokens.holder()
        who = Audience.PUBLIC if holder is None else holder.role
        answer = plain_json(iiif.probe_result(self._refused(service_id, who)))
        answer.vary.update(("Authorization", "Origin"))
        return answer

    def logout(self) -> Response:
        """Close the pictures for every site; the archive itself is left by its own button."""
        # A page of another site could ask for this address as a picture or in a frame.
        opened = request.headers.get("Sec-Fetch-Dest", "document") == "document"
        if opened and request.method == "GET":
            picture_access.close(self.archive, self.cookie.secret(), _session_token())
        answer = self.render(pages.PicturesClosed(self.render.site()))
        if opened:
            self.cookie.take(answer)
        return answer

    def _site(self) -> str:
        written = request.values.get("origin", "")
        found = canonical_origin(written) if written else self.tokens.own_site
        if found is None:
            raise NoSite
        return found

    def _asked_by(self, site: str) -> PictureAccess | TokenProblem:
        secret, token = self.cookie.secret(), _session_token()
        return picture_access.asked_by(self.archive, site, secret, token)

    def _framed(self, message: Json, site: str) -> Response:
        nobody = pages.Site(archive_name=self.archive.settings.archive_name)
        return self.render(pages.TokenPage(nobody, json_text(message), site))

    def _refused(self, service_id: str, who: Audience) -> Refused | None:
        """Return why an image would be denied; the decision is asked, as for the image itself."""
        try:
            deliver.open_image(self.archive, service_id, who)
        except DamError as error:
            problem = Problem(status_of(error), str(error))
            found = self._substitute(service_id) if isinstance(error, Withheld) else None
            service = f"{self.tokens.origin()}/iiif/3/{found}" if found else None
            return Refused(problem.status, problem.title, problem.sentence, service)
        return None

    def _substitute(self, service_id: str) -> str | None:
        """Return the service that everybody may see instead, where it shows anything."""
        photograph_id = service_id.removesuffix(deliver.FULL_SUFFIX)
        if photograph_id == service_id:
            return None
        try:
            deliver.open_image(self.archive, photograph_id, Audience.PUBLIC)
        except DamError:
            return None
        return photograph_id


def register(app: Flask, archive: Archive, render: Renderer, origin: Origin) -> Blueprint:
    """Return the routes of the services, and let all of *app* read their cookie and tokens."""
    cookie = PictureCookie(over_https=bool(app.config["SESSION_COOKIE_SECURE"]))
    tokens = access_tokens(archive, origin, app.config["SECRET_KEY"])
    app.before_request(cookie.reading(archive))
    app.before_request(tokens.reading)
    return _routes(Services(archive, render, tokens, cookie))


def _routes(services: Services) -> Blueprint:
    routes = Blueprint("authorization", __name__)
    open_pictures = needs(Audience.RESEARCHER)(services.open_pictures)
    routes.add_url_rule(iiif.ACCESS_PATH, "access", services.access)
    routes.add_url_rule(iiif.ACCESS_PATH, "open", open_pictures, methods=["POST"])
    routes.add_url_rule(iiif.TOKEN_PATH, "token", services.token)
    routes.add_url_rule(iiif.TOKEN_1_PATH, "token_1", services.token_1)
    routes.add_url_rule(
        "/auth/probe/<service_id>", "probe", services.probe, methods=["GET", "OPTIONS"]
    )
    routes.add_url_rule(iiif.LOGOUT_PATH, "logout", services.logout)
    return routes


def _session_token() -> str | None:
    found = session.get("token")
    return found if isinstance(found, str) else None
