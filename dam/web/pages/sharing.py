"""What people take away: the share sheet, and the page that it is without a script."""

from dataclasses import dataclass
from typing import ClassVar

from dam.web.pages.parts import Picture, Site, Words


@dataclass(frozen=True, slots=True)
class Copyable:
    """One thing to copy: its name, its text, and a sentence of what it is for.

    ``several_lines``: it is shown whole, and not as one line that runs out of its field.
    """

    id: str
    label: str
    value: str
    sentence: str
    several_lines: bool = False


@dataclass(frozen=True, slots=True)
class Jpeg:
    """A picture for an editor's system, as large as the reader of that site may see it."""

    label: str
    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Detail:
    """A picture on which a rectangle is drawn, and the rectangle as it is, in canvas pixels.

    ``x`` to ``h`` are texts of form fields: empty where nothing is chosen.
    """

    picture: Picture
    width: int
    height: int
    x: str = ""
    y: str = ""
    w: str = ""
    h: str = ""


@dataclass(frozen=True, slots=True)
class ShareTab:
    """One tab of the sheet: fields to copy, of which a script shows the one that is chosen.

    ``note`` says what is not here, and why. ``jpegs`` and ``beside`` are for editors; ``drag_url``
    is what the IIIF icon carries.
    """

    id: str
    label: str
    fields: tuple[Copyable, ...]
    note: str = ""
    detail: Detail | None = None
    jpegs: tuple[Jpeg, ...] = ()
    beside: tuple[Copyable, ...] = ()
    drag_url: str = ""


@dataclass(frozen=True, slots=True)
class SharePage:
    """``/p/{id}/share``: everything that can be taken away, without a script one below the other.

    ``nothing`` is why there is nothing to share, for staff who read what the public may not.
    """

    site: Site
    title: Words
    path: str
    page_url: str
    tabs: tuple[ShareTab, ...]
    nothing: str = ""
    template: ClassVar[str] = "share.html"
