"""Who is signed in: from the cookie to an account, looked up when somebody wants to know.

What is the same for everybody never looks, so that its answer does not vary with the cookie and
carries none: it may be kept by caches that others share.
"""

from flask import Flask, g, session

from dam.errors import Forbidden
from dam.records.users import User
from dam.workflows import accounts
from dam.workflows.archive import Archive


class NotSignedIn(Forbidden):
    """Nobody is signed in, or the sign-in has ended."""

    def __init__(self) -> None:
        super().__init__(
            "Sign in first, in another tab; then send this again. Nothing was changed."
        )


def register(app: Flask, archive: Archive) -> None:
    """Make ``user`` answer in every request of *app*."""

    @app.before_request
    def may_ask() -> None:
        g.find_user = lambda token: accounts.who(archive, token)


def user() -> User | None:
    """Return the account that is signed in, if any; looked up once a request."""
    if "user" not in g:
        find, token = g.get("find_user"), session.get("token")
        g.user = find(token) if find is not None and isinstance(token, str) else None
    found: User | None = g.user
    return found
