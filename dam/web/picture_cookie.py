"""The cookie that opens restricted pictures, also within the pages of other sites.

It opens pictures and nothing else, so that it may travel where the cookie of the sign-in may not.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, g, request

from dam.records.users import User
from dam.workflows import picture_access
from dam.workflows.archive import Archive


@dataclass(frozen=True, slots=True)
class PictureCookie:
    """How the cookie is called and sent; over https it goes along to pages of other sites."""

    over_https: bool

    @property
    def name(self) -> str:
        """Its name; the prefix makes browsers refuse it from anybody but this host."""
        return "__Host-dam-pictures" if self.over_https else "dam-pictures"

    def reading(self, archive: Archive) -> Callable[[], None]:
        """Return what makes ``viewer`` answer in a request."""

        def may_ask() -> None:
            g.find_viewer = lambda: self._viewer(archive)

        return may_ask

    def _viewer(self, archive: Archive) -> User | None:
        secret = self.secret()
        return None if secret is None else picture_access.who(archive, secret)

    def secret(self) -> str | None:
        """Return what this request's cookie holds, if it has one."""
        return request.cookies.get(self.name)

    @property
    def _same_site(self) -> str:
        # Browsers take SameSite=None over https alone.
        return "None" if self.over_https else "Lax"

    def give(self, response: Response, secret: str) -> None:
        """Give a browser the cookie, until it is closed or the sign-in ends."""
        response.set_cookie(
            self.name, secret, secure=self.over_https, httponly=True, samesite=self._same_site
        )

    def take(self, response: Response) -> None:
        """Let a browser forget the cookie."""
        response.delete_cookie(
            self.name, secure=self.over_https, httponly=True, samesite=self._same_site
        )


def viewer() -> User | None:
    """Return whose pictures the cookie of this request opens, if it has one that holds."""
    found: User | None = g.find_viewer() if "find_viewer" in g else None
    return found
