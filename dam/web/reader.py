"""Who is asking: from the cookie to an account, and what that account may open."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Flask, Response, g, redirect, request, session
from werkzeug.wrappers import Response as AnyResponse

from dam.errors import Forbidden
from dam.records.users import User
from dam.rights.facts import Audience
from dam.web.problems import Problem, json_answer, wants_json
from dam.workflows import accounts
from dam.workflows.archive import Archive

P = ParamSpec("P")
View = Callable[P, AnyResponse]


class NotYourRole(Forbidden):
    """The account that is signed in may not do this."""


def register(app: Flask, archive: Archive) -> None:
    """Find out who asks before anything else of a request."""

    @app.before_request
    def who_asks() -> None:
        token = session.get("token")
        g.user = accounts.who(archive, token) if isinstance(token, str) else None


def user() -> User | None:
    """Return the account that is signed in, if any."""
    found: User | None = g.get("user")
    return found


def audience() -> Audience:
    """Return the audience that the asker belongs to; nobody signed in is the public."""
    found = user()
    return Audience.PUBLIC if found is None else found.role


def actor() -> str:
    """Return the name that events of this request carry; only behind ``needs``."""
    found = user()
    if found is None:
        raise NotYourRole("Sign in first.")
    return found.name


def needs(least: Audience) -> Callable[[View[P]], View[P]]:
    """Return a decorator: the view runs only for accounts of *least* or more.

    Whoever is not signed in is sent to the sign-in page, or answered 401 as a program.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> AnyResponse:
            found = user()
            if found is None:
                return _sign_in_first()
            if found.role < least:
                raise NotYourRole(
                    f"Your account is for {found.role.name.lower()}; this needs more. "
                    "Ask an administrator of the archive."
                )
            return view(*args, **kwargs)

        return guarded

    return decorate


def _sign_in_first() -> AnyResponse:
    if wants_json() or request.method != "GET":
        response: Response = json_answer(Problem(401, "Sign in first; your words are kept."))
        response.headers["Cache-Control"] = "no-store"
        return response
    return redirect(f"/sign-in?next={request.path}")
