"""Listing: pages for programs, each entry decided for whoever asks, and each page with its next."""

from collections.abc import Sequence
from dataclasses import dataclass

from dam.errors import Forbidden, NotFound
from dam.records import catalogue, links, listing, refused
from dam.records import series as series_rows
from dam.records.base import Session
from dam.records.desk import Waiting
from dam.records.listing import JobReport, Mark
from dam.records.values import RefusedFile, StoredSeries
from dam.rights.facts import Audience, Purpose
from dam.workflows import ask, authorities, find
from dam.workflows.archive import Archive
from dam.workflows.facets import narrows
from dam.workflows.presentation import Told, told_all


class NotForThePublic(Forbidden):
    """Only who works here may list what is not public."""

    def __init__(self) -> None:
        super().__init__("The public list has no such filter; a token of staff has.")


class UnknownJob(NotFound):
    """There is no job of that number."""

    def __init__(self) -> None:
        super().__init__("There is no job of that number.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which photographs are asked for, and after which one."""

    waiting: Waiting = Waiting.PUBLISHED
    series_id: str = ""
    after: Mark | None = None
    most: int = 60


@dataclass(frozen=True, slots=True)
class PhotographPage:
    """Photographs that may be told, and the mark after which the next page begins, if any."""

    photographs: tuple[Told, ...]
    next: Mark | None


@dataclass(frozen=True, slots=True)
class ListedSeries:
    """A series, and those of its frames that may be told."""

    series: StoredSeries
    frames: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """Series that may be told, and the mark after which the next page begins, if there is one."""

    series: tuple[ListedSeries, ...]
    next: Mark | None


def photographs(archive: Archive, wanted: Wanted, audience: Audience) -> PhotographPage:
    """Return a page of photographs; it may hold fewer than were asked for, and still have a next.

    Raises:
        NotForThePublic: a filter would tell what this audience may not see.
    """
    if not audience.works_here and wanted.waiting is not Waiting.PUBLISHED:
        raise NotForThePublic
    with archive.reading() as db:
        marks = listing.photographs(
            db,
            wanted.waiting,
            wanted.series_id,
            after=wanted.after,
            most=wanted.most + 1,
        )
        shown = [mark.id for mark in marks[: wanted.most]]
        found = _told(db, archive, shown, audience)
    return PhotographPage(found, _next(marks, wanted.most))


def _told(
    db: Session, archive: Archive, shown: Sequence[str], audience: Audience
) -> tuple[Told, ...]:
    """Return those photographs that lists may name to *audience*; to who works here, all."""
    purpose = Purpose.VIEW if audience.works_here else Purpose.LIST
    asked = ask.ask_in(db, archive, shown, audience, purpose)
    told = [one for one in shown if audience.works_here or asked[one].decision.listed]
    return told_all(db, archive, catalogue.photographs(db, told), asked)


def _next(marks: tuple[Mark, ...], most: int) -> Mark | None:
    return marks[most - 1] if len(marks) > most else None


def series(archive: Archive, audience: Audience, after: Mark | None, most: int) -> SeriesPage:
    """Return a page of series; of the public's only those of which a frame may be told."""
    with archive.reading() as db:
        marks = listing.series(db, after=after, most=most + 1)
        found = []
        for mark in marks[:most]:
            one = _listed(db, archive, mark.id, audience)
            if one.frames or audience.works_here:
                found.append(one)
    return SeriesPage(tuple(found), _next(marks, most))


def one_series(archive: Archive, series_id: str, audience: Audience) -> ListedSeries:
    """Return a series with the frames that *audience* may be told of.

    Raises:
        UnknownSeries: there is none, or no frame of it may be told to the public.
    """
    with archive.reading() as db:
        found = _listed(db, archive, series_id, audience)
    if not found.frames and not audience.works_here:
        raise series_rows.UnknownSeries
    return found


def _listed(db: Session, archive: Archive, series_id: str, audience: Audience) -> ListedSeries:
    """Return a series with what is told of it; the words of its frames are not read."""
    found = series_rows.series(db, series_id)
    asked = ask.ask_in(db, archive, found.frames, audience)
    return ListedSeries(found, tuple(one for one in found.frames if asked[one].told_of))


def uses(
    archive: Archive, authority_id: str, audience: Audience, *, start: int, most: int
) -> tuple[tuple[Told, ...], bool]:
    """Return the photographs that name a record, from number *start*, and whether there are more.

    Raises:
        UnknownAuthority
    """
    authorities.one(archive, authority_id)
    with archive.reading() as db:
        found = links.photographs_naming(db, authority_id, offset=start, most=most + 1)
        shown = found[:most]
        asked = ask.ask_in(db, archive, shown, audience)
        told = told_all(db, archive, catalogue.photographs(db, shown), asked)
    return told, len(found) > most


def refused_files(archive: Archive) -> tuple[RefusedFile, ...]:
    """Return the files that are kept aside, newest first."""
    with archive.reading() as db:
        return refused.newest(db)


def jobs(
    archive: Archive, state: str, before: int | None, most: int
) -> tuple[tuple[JobReport, ...], int | None]:
    """Return a page of jobs, newest first, and the number before which the next page begins."""
    with archive.reading() as db:
        found = listing.jobs(db, state, before=before, most=most + 1)
    return found[:most], found[most - 1].id if len(found) > most else None


def job(archive: Archive, number: int) -> JobReport:
    """Return one job; raises ``UnknownJob``."""
    with archive.reading() as db:
        found = listing.job(db, number)
    if found is None:
        raise UnknownJob
    return found


def found(
    archive: Archive, audience: Audience, query: find.Query, number: int
) -> tuple[find.Found, tuple[Told, ...]]:
    """Return page *number* of a search, with the photographs of it that may be told.

    Raises:
        NotForThePublic: it narrows by what this audience may not see.
    """
    known = narrows(audience)
    if any(kind not in known for kind, _ in query.chosen):
        raise NotForThePublic
    with archive.reading() as db:
        came_to, shown = find.looked_up(db, archive, audience, query, number)
        return came_to, _told(db, archive, shown, audience)
