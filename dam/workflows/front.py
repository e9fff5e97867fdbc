"""The front page: a few photographs that everybody may see, and the ways in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dam.records import catalogue
from dam.records.base import Session
from dam.rights.days import local_day
from dam.rights.decision import Duty
from dam.rights.facts import Audience, Purpose
from dam.workflows import ask, find, ways
from dam.workflows.archive import Archive
from dam.workflows.ask import Asked
from dam.workflows.presentation import Told, told_all
from dam.workflows.ways import Entry, Way

_LOOKED_AT, _SHOWN = 120, 12
_MOST_OF = {Way.SERIES: 6, Way.CREATORS: 10, Way.PLACES: 10, Way.DECADES: 30}
_WIDE, _TOO_WIDE = 1.2, 2.4
_LARGE = 900  # pixels of the long side


@dataclass(frozen=True, slots=True)
class Front:
    """What the entrance shows: the photograph of the day, the newest, and the first of each way."""

    of_the_day: Told | None
    newest: tuple[Told, ...]
    count: int
    ways: Mapping[Way, tuple[Entry, ...]] = field(default_factory=dict)


def front(archive: Archive) -> Front:
    """Return the front page; each day another of the newest photographs stands first."""
    with archive.reading() as db:
        newest = catalogue.published_ids(db, offset=0, most=_LOOKED_AT)
        asked = ask.ask_in(db, archive, newest, Audience.PUBLIC, Purpose.LIST)
        shown = [one for one in newest if one in asked and _may_stand_in_front(asked[one])]
        today = local_day(archive.now(), archive.settings.timezone).toordinal()
        turned = [shown[(today + n) % len(shown)] for n in range(min(_SHOWN, len(shown)))]
        wanted = list(dict.fromkeys([*turned, *shown[: _SHOWN + 1]]))
        told = told_all(db, archive, catalogue.photographs(db, wanted), asked)
        pictured = {one.photograph.id: one for one in told if one.pack is not None}
        first = _first([pictured[one] for one in turned if one in pictured])
        first_id = first.photograph.id if first else ""
        return Front(
            of_the_day=first,
            newest=tuple(pictured[one] for one in shown if one in pictured and one != first_id)[
                :_SHOWN
            ],
            count=catalogue.count_published(db),
            ways=_ways(db, archive),
        )


def _may_stand_in_front(asked: Asked) -> bool:
    """Whether a picture may be shown to whoever comes by, without a word before it."""
    decision = asked.decision
    held = {Duty.ADVISORY, Duty.UNINDEXED} & set(decision.duties)
    return asked.told_of and decision.pack is not None and not held


def _first(told: Sequence[Told]) -> Told | None:
    """Return the first that is large and lies, else the first of them."""
    return next((one for one in told if _suits(one)), told[0] if told else None)


def _suits(one: Told) -> bool:
    extent = one.pack.extent if one.pack else None
    if extent is None:
        return False
    ratio = extent.width / extent.height
    return _WIDE <= ratio <= _TOO_WIDE and max(extent.width, extent.height) >= _LARGE


def _ways(db: Session, archive: Archive) -> dict[Way, tuple[Entry, ...]]:
    """Return of each way the values that most of the newest photographs have."""
    found, _ = find.looked_up(db, archive, Audience.PUBLIC, find.Query())
    values = {kind: [one.value for one in facet] for kind, facet in found.facets}
    return {
        way: ways.chosen(db, archive, way, values.get(way.kind, [])[:most])
        for way, most in _MOST_OF.items()
    }
