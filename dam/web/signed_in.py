"""Who is signed in: from the cookie to an account, looked up when somebody wants to know.

What is the same for everybody never looks, so that its answer does not vary with the cookie and
carries none: it may be kept by caches that others share.
"""

from flask import Flask, g, request, session

from dam.errors import Forbidden
from dam.records.users import User
from dam.workflows import accounts, tokens
from dam.workflows.archive import Archive


class NotSignedIn(Forbidden):
    """Nobody is signed in, or the sign-in has ended."""

    def __init__(self) -> None:
        super().__init__(
            "Sign in first, in another tab; then send this again. Nothing was changed."
        )


class BadToken(NotSignedIn):
    """What was sent as a token is none, or it was revoked or has expired."""

    def __init__(self) -> None:
        Forbidden.__init__(
            self, "This token is not valid, or no longer; ask an administrator for another."
        )


_FOR_PROGRAMS = "/api/v1/"
_SCHEME = "bearer "


def bearer() -> str | None:
    """Return the token that a program sent with this request, if it sent one."""
    sent = request.headers.get("Authorization", "")
    if not request.path.startswith(_FOR_PROGRAMS) or not sent.lower().startswith(_SCHEME):
        return None
    return sent[len(_SCHEME) :].strip()


def register(app: Flask, archive: Archive) -> None:
    """Make ``user`` answer in every request of *app*."""

    @app.before_request
    def may_ask() -> None:
        g.find_user = lambda token: accounts.who(archive, token)
        g.find_holder = lambda secret: tokens.who(archive, secret)


def user() -> User | None:
    """Return the account that is signed in, if any; looked up once a request.

    A token counts, not the cookie, where a program sends one; raises ``BadToken``.
    """
    secret = bearer()
    if "user" not in g and secret is not None and "find_holder" in g:
        g.user = g.find_holder(secret)
        if g.user is None:
            g.pop("user")
            raise BadToken
    if "user" not in g:
        find, token = g.get("find_user"), session.get("token")
        g.user = find(token) if find is not None and isinstance(token, str) else None
    found: User | None = g.user
    return found
