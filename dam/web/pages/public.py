"""The pages that anybody may see."""

from dataclasses import dataclass
from typing import ClassVar

from dam.web.pages.parts import (
    Explanation,
    LanguageLink,
    Link,
    Paging,
    Picture,
    Preview,
    Share,
    Site,
    Statement,
    View,
    Words,
)


@dataclass(frozen=True, slots=True)
class ListedPhotograph:
    """A photograph in a list; without a picture where only its record is public."""

    url: str
    title: Words
    year: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class PhotographList:
    """``/photographs``: what the public may see, newest first; ``count`` is of all pages."""

    site: Site
    photographs: tuple[ListedPhotograph, ...]
    count: int
    paging: Paging
    collection_url: str
    template: ClassVar[str] = "photograph_list.html"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another frame of the same series."""

    url: str
    title: Words
    picture: Picture | None
    current: bool = False


@dataclass(frozen=True, slots=True)
class SeriesContext:
    """Where a photograph stands in its series; ``number`` counts from 1."""

    title: Words
    url: str
    number: int
    count: int
    previous: Neighbour | None
    next: Neighbour | None
    filmstrip: tuple[Neighbour, ...] = ()


@dataclass(frozen=True, slots=True)
class Detail:
    """One line of the record, as a label and its values, with where each leads, or nowhere."""

    label: str
    values: tuple[str, ...]
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PhotographPage:
    """``/p/{id}`` of a photograph.

    ``dateline`` is place and date as this audience may read them. ``why`` and ``desk_url`` are for
    staff. ``required`` are texts that must be shown (funders, disclaimers).
    """

    site: Site
    id: str
    title: Words
    caption: Words | None
    other_languages: tuple[LanguageLink, ...]
    dateline: str
    credit: str
    credit_required: bool
    statement: Statement
    view: View
    series: SeriesContext | None
    details: tuple[Detail, ...]
    required: tuple[Words, ...]
    downloads: tuple[Link, ...]
    share: Share
    preview: Preview
    why: Explanation | None = None
    desk_url: str | None = None
    template: ClassVar[str] = "photograph.html"


@dataclass(frozen=True, slots=True)
class EssayFrame:
    """One frame of an essay, as printed: dateline, picture, caption."""

    number: int
    url: str
    title: Words
    view: View
    dateline: str
    caption: Words | None
    credit: str


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """``/p/{id}`` of a series: an essay down one column.

    With ``advisory`` the frames are left out until the reader asks for them at ``show_url``.
    """

    site: Site
    id: str
    title: Words
    introduction: Words | None
    other_languages: tuple[LanguageLink, ...]
    required: tuple[Words, ...]
    frames: tuple[EssayFrame, ...]
    share: Share
    preview: Preview
    advisory: str | None = None
    show_url: str | None = None
    desk_url: str | None = None
    other_titles: tuple[Words, ...] = ()
    template: ClassVar[str] = "series.html"


@dataclass(frozen=True, slots=True)
class EmbedSteps:
    """Which frame of a series an embed shows, counted from 1, and the ways to its neighbours."""

    series: Words
    series_url: str
    number: int
    count: int
    previous_url: str | None
    next_url: str | None


@dataclass(frozen=True, slots=True)
class EmbedPage:
    """``/embed/{id}``: the viewer alone, with the credit inside, for other people's sites."""

    site: Site
    title: Words
    view: View
    credit: str
    statement: Statement
    page_url: str
    required: tuple[Words, ...] = ()
    steps: EmbedSteps | None = None
    template: ClassVar[str] = "embed.html"


@dataclass(frozen=True, slots=True)
class TombstonePage:
    """The 410 of a withdrawn photograph: no name, no title, no picture."""

    site: Site
    id: str
    withdrawn_on: str
    contact: str | None = None
    template: ClassVar[str] = "tombstone.html"


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """Any error: one sentence, and what to do.

    ``reference`` is the id under which the log keeps a fault of ours.
    """

    site: Site
    title: str
    sentence: str
    to_do: str = ""
    reference: str | None = None
    template: ClassVar[str] = "problem.html"


@dataclass(frozen=True, slots=True)
class SignInPage:
    """``/sign-in``: fields ``name``, ``password`` and ``next``, posted to ``action``.

    ``name`` is what was typed before; ``next_url`` is a path of this site.
    """

    site: Site
    action: str = "/sign-in"
    name: str = ""
    next_url: str = "/desk/"
    problem: str | None = None
    template: ClassVar[str] = "sign_in.html"


@dataclass(frozen=True, slots=True)
class OneTimeSignIn:
    """A link that signs in once: looking at it changes nothing, the button posts to ``action``.

    ``name`` is whose link it is, where that may be said before the button is pressed.
    """

    site: Site
    action: str
    name: str = ""
    template: ClassVar[str] = "one_time_sign_in.html"
