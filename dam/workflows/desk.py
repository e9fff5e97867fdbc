"""The desk: what staff see of photographs that are being worked on."""

from collections.abc import Sequence
from dataclasses import dataclass

from dam.metadata.file_claims import FileClaim
from dam.records import carried, catalogue, desk, log, queue, refused
from dam.records import series as series_rows
from dam.records.base import Session
from dam.records.desk import Waiting
from dam.records.values import Place, RefusedFile
from dam.rights.decision import Decision
from dam.rights.facts import Audience
from dam.workflows import ask
from dam.workflows.archive import Archive
from dam.workflows.presentation import Told, told

PAGE = 60
_STRIP = 20


@dataclass(frozen=True, slots=True)
class DeskFrame:
    """A photograph on the desk: as staff see it, and what the public is given of it."""

    told: Told
    public: Decision
    failure: str


@dataclass(frozen=True, slots=True)
class DeskList:
    """One page of the desk; ``counts`` is how many there are in each state."""

    frames: tuple[DeskFrame, ...]
    refused: tuple[RefusedFile, ...]
    counts: dict[Waiting, int]
    found: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class CaptionView:
    """A photograph being described, among its neighbours."""

    frame: DeskFrame
    strip: tuple[DeskFrame, ...]
    number: int
    count: int
    previous_id: str | None
    next_id: str | None
    next_without_caption_id: str | None
    series_id: str = ""
    desk_fields: tuple[str, ...] = ()
    recto: DeskFrame | None = None
    versos: tuple[DeskFrame, ...] = ()
    series: tuple[Place, ...] = ()


def desk_list(archive: Archive, audience: Audience, waiting: Waiting, number: int) -> DeskList:
    """Return page *number*, from 1, of the desk; a number beyond the last shows the last."""
    with archive.reading() as db:
        found = desk.count(db, waiting)
        pages = max(1, -(-found // PAGE))
        number = min(max(1, number), pages)
        shown = desk.identifiers(db, waiting, offset=(number - 1) * PAGE, most=PAGE)
        return DeskList(
            frames=frames_in(db, archive, shown, audience),
            refused=refused.newest(db),
            counts={one: desk.count(db, one) for one in Waiting},
            found=found,
            number=number,
            pages=pages,
        )


def frames_in(
    db: Session, archive: Archive, identifiers: Sequence[str], audience: Audience
) -> tuple[DeskFrame, ...]:
    """Return those photographs, the withdrawn ones too: somebody has to work on them."""
    if not identifiers:
        return ()
    asked = ask.ask_in(db, archive, identifiers, audience)
    public = ask.ask_in(db, archive, identifiers, Audience.PUBLIC)
    return tuple(
        DeskFrame(
            told(archive, one, asked[one.id]),
            public[one.id].decision,
            "" if one.packs else next(iter(queue.failures(db, one.id)), ""),
        )
        for one in catalogue.photographs(db, identifiers)
    )


def frames(
    archive: Archive, identifiers: Sequence[str], audience: Audience
) -> tuple[DeskFrame, ...]:
    """Return those photographs as *audience*, who work here, see them on the desk."""
    with archive.reading() as db:
        return frames_in(db, archive, identifiers, audience)


def one(archive: Archive, photograph_id: str, audience: Audience) -> Told:
    """Return a photograph as *audience*, who work here, are told of it, withdrawn or not.

    Raises:
        UnknownPhotograph
    """
    with archive.reading() as db:
        photograph = catalogue.photograph(db, photograph_id)
        asked = ask.ask_in(db, archive, [photograph_id], audience)[photograph_id]
    return told(archive, photograph, asked)


def caption_view(archive: Archive, photograph_id: str, audience: Audience) -> CaptionView:
    """Return a photograph with its neighbours: those of its series, else all in order of arrival.

    Raises:
        UnknownPhotograph
    """
    with archive.reading() as db:
        catalogue.require(db, photograph_id)
        places = series_rows.places_of(db, photograph_id)
        order = series_rows.series(db, places[0].series_id).frames if places else desk.in_order(db)
        if photograph_id not in order:  # another one stands for it
            order = (photograph_id,)
        here = order.index(photograph_id)
        first = max(0, here - _STRIP)
        strip = frames_in(db, archive, order[first : here + _STRIP + 1], audience)
        shown = next(one for one in strip if one.told.photograph.id == photograph_id)
        series_id = places[0].series_id if places else ""
        fields = series_rows.desk_fields(db, series_id)
        recto_id = shown.told.photograph.description.recto_id
        rectos = frames_in(db, archive, [recto_id], audience) if recto_id else ()
        versos = frames_in(db, archive, catalogue.versos_of(db, photograph_id), audience)
        empty = desk.without_caption(db)
        rest = (*order[here + 1 :], *order[:here])
    return CaptionView(
        frame=shown,
        strip=strip,
        number=here + 1,
        count=len(order),
        previous_id=order[here - 1] if here > 0 else None,
        next_id=order[here + 1] if here + 1 < len(order) else None,
        next_without_caption_id=next((one for one in rest if one in empty), None),
        series_id=series_id,
        desk_fields=fields,
        recto=next(iter(rectos), None),
        versos=versos,
        series=places,
    )


def frame(archive: Archive, photograph_id: str, audience: Audience) -> DeskFrame:
    """Return one photograph as the lists of the desk show it; raises ``UnknownPhotograph``."""
    with archive.reading() as db:
        catalogue.require(db, photograph_id)
        return frames_in(db, archive, [photograph_id], audience)[0]


def events(archive: Archive, photograph_id: str) -> tuple[log.Event, ...]:
    """Return what was done to a photograph, newest first; raises ``UnknownPhotograph``."""
    with archive.reading() as db:
        catalogue.require(db, photograph_id)
        return log.of_subject(db, "photograph", photograph_id)


def claims(archive: Archive, photograph_id: str) -> tuple[FileClaim, ...]:
    """Return all that the file of a photograph says, each value with the block that says it."""
    with archive.reading() as db:
        return carried.claims(db, photograph_id)


def last_saved(archive: Archive, photograph_id: str) -> log.Event | None:
    """Return the newest edit of a photograph, for "Saved 10:42" and "Anna saved at 10:42"."""
    with archive.reading() as db:
        found = log.of_subject(db, "photograph", photograph_id)
    return next((event for event in found if event.verb in {"edited", "undone"}), None)
