"""Signing in and out: by name and password, or by a link that works once."""

from flask import Blueprint, Response, redirect, request, session
from werkzeug.wrappers import Response as AnyResponse

from dam.errors import DamError
from dam.web import pages
from dam.web.problems import status_of
from dam.web.rendering import Renderer
from dam.workflows import accounts
from dam.workflows.archive import Archive


def blueprint(archive: Archive, render: Renderer) -> Blueprint:
    """Return the routes of signing in; no photograph leaves by them."""
    routes = Blueprint("sign_in", __name__)

    @routes.get("/sign-in")
    def form() -> Response:
        after = _local(request.args.get("next", ""))
        return render(pages.SignInPage(site=render.site(), next_url=after))

    @routes.post("/sign-in")
    def enter() -> AnyResponse:
        name = request.form.get("name", "").strip()
        after = _local(request.form.get("next", ""))
        try:
            token = accounts.sign_in(archive, name, request.form.get("password", ""))
        except DamError as error:
            page = pages.SignInPage(
                site=render.site(), name=name, next_url=after, problem=str(error)
            )
            return render(page, status_of(error))
        return _signed_in(token, after)

    @routes.get("/sign-in/<token>")
    def offer(token: str) -> Response:
        # Looking at a link must not use it up: mail programs look at links too.
        return render(pages.OneTimeSignIn(site=render.site(), action=f"/sign-in/{token}", name=""))

    @routes.post("/sign-in/<token>")
    def enter_by_link(token: str) -> AnyResponse:
        return _signed_in(accounts.sign_in_by_link(archive, token), "/desk/")

    @routes.post("/sign-out")
    def leave() -> AnyResponse:
        token = session.get("token")
        if isinstance(token, str):
            accounts.sign_out(archive, token)
        session.clear()
        return redirect("/")

    return routes


def _signed_in(token: str, after: str) -> AnyResponse:
    session.clear()  # nothing that was set before signing in stays valid after it
    session["token"] = token
    session.permanent = True
    return redirect(after)


def _local(path: str) -> str:
    """Return *path* if it is one of this site, else the desk: no open redirect."""
    local = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if local else "/desk/"
