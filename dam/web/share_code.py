"""HTML that other sites paste: it needs no script, and carries the credit."""

from dataclasses import dataclass
from html import escape

from dam.rights.statements import Statement

IFRAME_WIDTH, IFRAME_HEIGHT = 800, 600


@dataclass(frozen=True, slots=True)
class Credited:
    """A credit line, and the statement that it may end with."""

    line: str
    statement: Statement | None


@dataclass(frozen=True, slots=True)
class FigurePicture:
    """A picture of a ``<figure>`` with the page that it links to."""

    url: str
    width: int
    height: int
    alt: str
    page_url: str


def iframe(
    address: str, title: str, *, width: int = IFRAME_WIDTH, height: int = IFRAME_HEIGHT
) -> str:
    """Return an iframe that loads late, fills the screen when asked, and says what it shows."""
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="{width}" '
        f'height="{height}" loading="lazy" allowfullscreen style="border:0;max-width:100%">'
        "</iframe>"
    )


def figure(picture: FigurePicture, caption: str, credited: Credited) -> str:
    """Return the picture itself with caption and credit, for sites that take no iframes."""
    words = [f"{escape(line.strip())}<br>" for line in caption.splitlines() if line.strip()]
    image = (
        f'<img src="{escape(picture.url)}" width="{picture.width}" height="{picture.height}" '
        f'alt="{escape(picture.alt)}" loading="lazy" style="max-width:100%;height:auto">'
    )
    return "\n".join(
        (
            "<figure>",
            f'  <a href="{escape(picture.page_url)}">{image}</a>',
            "  <figcaption>",
            *(f"    {line}" for line in words),
            f"    <small>{credit(credited)}</small>",
            "  </figcaption>",
            "</figure>",
        )
    )


def credit(credited: Credited) -> str:
    """Return the credit line as HTML in which the statement is a link to what it means."""
    statement, line = credited.statement, credited.line
    if statement is None:
        return escape(line)
    label = statement.label()
    link = f'<a rel="license" href="{escape(statement.human_url)}">{escape(label)}</a>'
    before = line.removesuffix(label)
    if before == line and line:
        before = f"{line} · "
    return escape(before) + link
