"""Explain: why an audience sees what it sees, on any day, from the records of any day."""

from datetime import date, datetime, time

from dam.records import catalogue
from dam.rights import explain as words
from dam.rights.explain import Explanation
from dam.rights.facts import Audience, Purpose
from dam.workflows import ask
from dam.workflows.archive import Archive
from dam.workflows.ask import When


def explain(
    archive: Archive,
    photograph_id: str,
    audience: Audience,
    *,
    on: date | None = None,
    as_of: date | None = None,
    for_staff: bool = True,
) -> Explanation:
    """Return the decision about a photograph in words, with every record that made it.

    *on* asks about noon of another day with today's records; *as_of* with only the records of
    that day and before.

    Raises:
        UnknownPhotograph: there is none of that identifier.
    """
    when = When(
        on=None if on is None else _at(archive, on, time(12)),
        as_of=None if as_of is None else _at(archive, as_of, time.max),
    )
    with archive.reading() as db:
        catalogue.photograph(db, photograph_id)
        asked = ask.ask_in(db, archive, [photograph_id], audience, Purpose.VIEW, when)
        decision = asked[photograph_id].decision
        following = None
        if decision.until is not None:
            then = When(on=decision.until, as_of=when.as_of)
            later = ask.ask_in(db, archive, [photograph_id], audience, Purpose.VIEW, then)
            following = later[photograph_id].decision
    return words.explain(
        decision, archive.settings.timezone, following=following, for_staff=for_staff
    )


def _at(archive: Archive, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, archive.settings.timezone)
