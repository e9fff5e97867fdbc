"""Browse: what pages show of photographs and series, decided for whoever reads them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dam.catalogue.authorities import Authority
from dam.catalogue.links import linked_ids
from dam.records import authorities, catalogue
from dam.records import series as series_rows
from dam.records.base import Session
from dam.records.values import Place, StoredSeries
from dam.rights.facts import Audience, Purpose
from dam.workflows import ask
from dam.workflows.archive import Archive
from dam.workflows.manifests import told_frames
from dam.workflows.presentation import Told, told_all

PAGE = 60


@dataclass(frozen=True, slots=True)
class PublicList:
    """One page of what the public may see; *count* is of all that are published."""

    photographs: tuple[Told, ...]
    number: int
    pages: int
    count: int


@dataclass(frozen=True, slots=True)
class InSeries:
    """A series with those of its frames that may be told, in order."""

    series: StoredSeries
    frames: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class PhotographView:
    """One photograph with the series that it stands in, if any, and the records that it names."""

    told: Told
    place: Place | None
    context: InSeries | None
    linked: Mapping[str, Authority] = field(default_factory=dict)


def public_list(archive: Archive, number: int) -> PublicList:
    """Return page *number*, from 1, of the photographs that the public may see.

    Raises:
        Unknown: there is no such page.
    """
    with archive.reading() as db:
        count = catalogue.count_published(db)
        pages = max(1, -(-count // PAGE))
        if not 1 <= number <= pages:
            raise ask.Unknown
        identifiers = catalogue.published_ids(db, offset=(number - 1) * PAGE, most=PAGE)
        asked = ask.ask_in(db, archive, identifiers, Audience.PUBLIC, Purpose.LIST)
        listed = _listed(identifiers, lambda one: asked[one].decision.listed)
        photographs = told_all(db, archive, catalogue.photographs(db, listed), asked)
    return PublicList(photographs, number, pages, count)


def _listed(identifiers: tuple[str, ...], test: Callable[[str], bool]) -> list[str]:
    return [one for one in identifiers if test(one)]


def photograph(archive: Archive, photograph_id: str, audience: Audience) -> PhotographView:
    """Return a photograph and its neighbours, as *audience* may see them.

    Raises:
        Unknown, Withdrawn: its words may not be read.
    """
    with archive.reading() as db:
        asked = ask.ask_in(db, archive, [photograph_id], audience)[photograph_id]
        ask.require_words(asked)
        photograph = catalogue.photograph(db, photograph_id)
        (one,) = told_all(db, archive, [photograph], {photograph_id: asked})
        places = series_rows.places_of(db, photograph_id)
        linked = authorities.authorities(db, linked_ids(photograph.description))
        if not places:
            return PhotographView(one, None, None, linked)
        context = _in_series(db, archive, places[0], audience)
        return PhotographView(one, places[0], context, linked)


def _in_series(db: Session, archive: Archive, place: Place, audience: Audience) -> InSeries:
    found = series_rows.series(db, place.series_id)
    return InSeries(found, tuple(told_frames(db, archive, found.frames, audience)))


def series(archive: Archive, series_id: str, audience: Audience) -> InSeries:
    """Return a series with the frames that *audience* may be told of.

    Raises:
        Unknown: there is no such series, or no frame of it may be told.
    """
    with archive.reading() as db:
        try:
            found = series_rows.series(db, series_id)
        except series_rows.UnknownSeries as error:
            raise ask.Unknown from error
        frames = tuple(told_frames(db, archive, found.frames, audience))
    if not frames:
        raise ask.Unknown
    return InSeries(found, frames)


def is_series(archive: Archive, identifier: str) -> bool:
    """Say whether *identifier* is a series, so that one address serves both."""
    with archive.reading() as db:
        try:
            series_rows.series(db, identifier)
        except series_rows.UnknownSeries:
            return False
    return True
