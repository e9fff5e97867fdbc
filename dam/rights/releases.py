"""Releases: what a person shown, or the owner of what is shown, has agreed to."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dam.rights.agreements import UsePurpose


class ReleaseKind(StrEnum):
    """Who has agreed: the person shown, an owner, or who speaks for a child."""

    MODEL = "model"
    PROPERTY = "property"
    GUARDIAN = "guardian"


class ReleaseState(StrEnum):
    """Where it stands."""

    SIGNED = "signed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Release:
    """What one person agreed to; *until* is the last day of it, none where it has no end.

    *is_ground* says that showing the person rests on this consent alone. *minor* says that the
    person was a child.
    """

    kind: ReleaseKind
    person: str
    state: ReleaseState
    record: str
    purposes: tuple[UsePurpose, ...] = ()
    until: date | None = None
    is_ground: bool = False
    minor: bool = False

    def covers(self, purpose: UsePurpose) -> bool:
        """Whether it names the purpose."""
        return UsePurpose.ANY in self.purposes or purpose in self.purposes
