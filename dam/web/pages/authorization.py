"""The windows and frames in which somebody opens their pictures for a viewer."""

from dataclasses import dataclass
from typing import ClassVar

from dam.web.pages.parts import Site


@dataclass(frozen=True, slots=True)
class AccessPage:
    """``/auth/access``: asks whether *origin* may show what the person *name* may see.

    *ours*: it is this archive itself, perhaps in the frame of another site.
    """

    site: Site
    origin: str
    name: str
    ours: bool
    action: str = "/auth/access"
    template: ClassVar[str] = "access.html"


@dataclass(frozen=True, slots=True)
class AccessDone:
    """The window has done its work and closes itself."""

    site: Site
    template: ClassVar[str] = "access_done.html"


@dataclass(frozen=True, slots=True)
class PicturesClosed:
    """``/auth/logout``: no site shows restricted pictures any more."""

    site: Site
    template: ClassVar[str] = "pictures_closed.html"


@dataclass(frozen=True, slots=True)
class TokenPage:
    """A frame that posts *message*, which is JSON, to the page around it if that is of *origin*."""

    site: Site
    message: str
    origin: str
    template: ClassVar[str] = "token.html"
