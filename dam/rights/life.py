"""How long copies of an answer may be kept outside, and that none outlives the answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import floor

from dam.rights.decision import Decision
from dam.rights.facts import Audience, Facts
from dam.rights.governing import known_statement
from dam.rights.policy import in_utc

_SHORTEST_SECONDS = 300
_LONGEST_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Life:
    """So many seconds from when a copy is handed out, and never past *until*, which is in UTC."""

    seconds: int
    until: datetime | None = None

    def seconds_at(self, moment: datetime) -> int:
        """Return how long a copy that is handed out at *moment* may be kept, in whole seconds.

        Raises:
            MomentWithoutZone: *moment* is naive.
        """
        asked = in_utc(moment)
        if self.until is None:
            return self.seconds
        return max(0, min(self.seconds, floor((self.until - asked).total_seconds())))


def life(decision: Decision, facts: Facts) -> Life:
    """Return how long copies of what *decision* lets out may be kept.

    A day where nothing can be taken back, else five minutes; never past ``decision.until``, and
    not at all for an answer that is not the public's.
    """
    if decision.audience is not Audience.PUBLIC:
        return Life(0)
    seconds = _LONGEST_SECONDS if _stays(decision, facts) else _SHORTEST_SECONDS
    return Life(seconds, decision.until)


def shortest(seconds: int, lives: Iterable[Life]) -> Life:
    """Return the life of an answer that is made of several, and is kept *seconds* at the most."""
    known = tuple(lives)
    ends = [one.until for one in known if one.until is not None]
    return Life(min([seconds, *(one.seconds for one in known)]), min(ends) if ends else None)


def _stays(decision: Decision, facts: Facts) -> bool:
    """Whether nothing of it can be taken back: free by law or licence, and nobody may object."""
    known = (known_statement(facts.statement_of(layer)) for layer in facts.layers)
    restrictions = (facts.ceiling, facts.cap, facts.embargo, facts.sensitivity, facts.withdrawal)
    return (
        decision.pack is not None
        and all(each is not None and each.permits_showing for each in known)
        and not (facts.people_shown or facts.agreements or facts.releases or facts.restrictions)
        and all(restriction is None for restriction in restrictions)
    )
