"""What the asker may open: the audience of an account, and views that need one."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec
from urllib.parse import quote

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dam.errors import Forbidden
from dam.rights.facts import Audience
from dam.web.picture_cookie import viewer
from dam.web.problems import wants_json
from dam.web.signed_in import NotSignedIn, user

P = ParamSpec("P")
View = Callable[P, AnyResponse]


class NotYourRole(Forbidden):
    """The account that is signed in may not do this."""


def audience() -> Audience:
    """Return the audience that the asker belongs to; nobody signed in is the public."""
    found = user()
    return Audience.PUBLIC if found is None else found.role


def picture_audience() -> Audience:
    """Return the audience that the asker of a restricted picture belongs to.

    By the sign-in, or within pages of other sites by the cookie that opens pictures alone.
    """
    found = user() or viewer()
    return Audience.PUBLIC if found is None else found.role


def actor() -> str:
    """Return the name that events of this request carry; only behind ``needs``."""
    found = user()
    if found is None:
        raise NotSignedIn
    return found.name


def needs(least: Audience) -> Callable[[View[P]], View[P]]:
    """Return a decorator: the view runs only for accounts of *least* or more.

    Whoever is not signed in and wants to read a page is sent to the sign-in page; programs and
    forms are answered 401, since a redirect would lose what they sent.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> AnyResponse:
            found = user()
            if found is None:
                return _sign_in_first()
            if found.role < least:
                raise NotYourRole(
                    f"Your account is for {found.role.word}; this needs more. "
                    "Ask an administrator of the archive."
                )
            return view(*args, **kwargs)

        return guarded

    return decorate


def _sign_in_first() -> AnyResponse:
    if wants_json() or request.method not in {"GET", "HEAD"}:
        raise NotSignedIn
    answer = redirect(f"/sign-in?next={quote(request.path, safe='/')}")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
