"""Those who made a photograph and those whom it shows, each with the words that say so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dam.catalogue.names import fold
from dam.errors import Malformed


class Role(StrEnum):
    """What somebody did for a photograph."""

    PHOTOGRAPHER = "photographer"
    ARTIST = "artist"
    STUDIO = "studio"
    ASSISTANT = "assistant"
    PRINTER = "printer"
    RETOUCHER = "retoucher"
    EDITOR = "editor"
    WRITER = "caption writer"
    TRANSLATOR = "translator"
    AGENCY = "agency"
    PUBLISHER = "publisher"
    COMMISSIONER = "commissioner"
    DONOR = "donor"
    CONTRIBUTOR = "contributor"

    @property
    def creates(self) -> bool:
        """Whether the photograph is this one's work: a creator, named in the credit."""
        return self in {Role.PHOTOGRAPHER, Role.ARTIST, Role.STUDIO}


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who had a part in a photograph.

    ``byline`` is the name as it was printed or typed and is never rewritten; ``agent_id`` is the
    authority record that it means, empty where that is not known.
    """

    byline: str
    role: Role = Role.PHOTOGRAPHER
    agent_id: str = ""


def creators(bylines: Iterable[str]) -> tuple[Contributor, ...]:
    """Return photographers of those bylines, not linked to anybody yet."""
    return tuple(Contributor(byline) for byline in bylines)


class BadRegion(Malformed):
    """The region does not lie within the picture."""

    def __init__(self) -> None:
        super().__init__("A region lies within the picture; mark it again on the photograph.")


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the picture, in fractions of its width and height from the upper left corner.

    Raises:
        BadRegion: it is empty, or reaches out of the picture.
    """

    x: float
    y: float
    width: float
    height: float

    def __post_init__(self) -> None:
        starts = self.x >= 0 and self.y >= 0 and self.width > 0 and self.height > 0
        if not (starts and self.x + self.width <= 1 and self.y + self.height <= 1):
            raise BadRegion


class Knowledge(StrEnum):
    """How much is known of somebody who is shown."""

    LINKED = "linked"
    NAMED = "named"
    UNIDENTIFIED = "unidentified"


@dataclass(frozen=True, slots=True)
class PersonShown:
    """Somebody whom the photograph shows; people come in the order of the caption.

    ``words`` are the name as it was written, or a description such as "unidentified man, left":
    that somebody is not known is said, and is no gap.
    """

    words: str
    agent_id: str = ""
    region: Region | None = None

    @property
    def known(self) -> Knowledge:
        """Whether it is an authority's person, a name alone, or nobody that is known."""
        if self.agent_id:
            return Knowledge.LINKED
        return Knowledge.UNIDENTIFIED if is_unidentified(self.words) else Knowledge.NAMED


def people(words: Iterable[str]) -> tuple[PersonShown, ...]:
    """Return people of those names or descriptions, not linked to anybody yet."""
    return tuple(PersonShown(one) for one in words)


# What a description of somebody unknown begins or ends with, folded, in the languages of the
# captions; stems, since some of them are inflected.
_UNKNOWN = re.compile(
    r"(?:^|\b)(?:unidentified|unknown|unnamed|naməlum|namelum|kimligi belirsiz|bilinmeyen"
    r"|неизвестн\w*|неопознанн\w*|невідом\w*|inconnue?s?|non identifie\w*|unbekannt\w*"
    r"|desconocid\w*|անհայտ\w*|უცნობ\w*|مجهول|ناشناس)(?:\b|$)"
)


def is_unidentified(words: str) -> bool:
    """Say whether *words* describe somebody who is not known, rather than name somebody."""
    return _UNKNOWN.search(fold(words)) is not None or not words.strip(" ?")
