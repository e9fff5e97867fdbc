"""What an archive may settle for itself, and what is asked of the rules."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from dam.errors import Malformed
from dam.rights.facts import Audience, Step


class MomentWithoutZone(Malformed):
    """A decision is made at a moment, and a time without a zone is none."""

    def __init__(self) -> None:
        super().__init__("The moment of a decision needs a time zone; write it with an offset.")


class UnusablePolicy(Malformed):
    """A higher step would give a smaller picture."""

    def __init__(self, thumbnail_pixels: int, cap_pixels: int) -> None:
        super().__init__(
            f"A thumbnail of {thumbnail_pixels} pixels and a cap of {cap_pixels} do not go "
            "together; set the thumbnail to 1 or more, and the cap to no less than it."
        )


@dataclass(frozen=True, slots=True)
class Policy:
    """The archive's own settings; lengths are of the longest side, in pixels.

    *researcher_step* is what signed-in researchers may see where only a missing ground, a
    ceiling or a cap keeps the public lower; ``RECORD`` gives them no more than the public.
    *showing_step* is what a person's decision to show opens.
    """

    timezone: tzinfo
    cap_pixels: int = 1000
    thumbnail_pixels: int = 400
    showing_step: Step = Step.ZOOM
    researcher_step: Step = Step.RECORD

    def __post_init__(self) -> None:
        if not 1 <= self.thumbnail_pixels <= self.cap_pixels:
            raise UnusablePolicy(self.thumbnail_pixels, self.cap_pixels)


def in_utc(moment: datetime) -> datetime:
    """Return *moment* in UTC.

    Two times of one zone are compared by their clock faces, which is wrong in the hour that comes
    twice; in UTC they are compared as moments.

    Raises:
        MomentWithoutZone: *moment* is naive.
    """
    if moment.utcoffset() is None:
        raise MomentWithoutZone
    return moment.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Question:
    """Who asks, when, and under which policy; *moment* is in UTC."""

    audience: Audience
    moment: datetime
    policy: Policy
