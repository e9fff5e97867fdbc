"""Authority records: one for each person, organisation and place, with every name it has."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from dam.catalogue.names import fold
from dam.errors import Malformed


class AuthorityKind(StrEnum):
    """What an authority record is about; ``AGENT`` is a person or organisation, not known which."""

    PERSON = "person"
    ORGANISATION = "organisation"
    AGENT = "agent"
    PLACE = "place"

    @property
    def acts(self) -> bool:
        """Whether it can have made something, or be shown."""
        return self is not AuthorityKind.PLACE


class NameStatus(StrEnum):
    """What a name is to whom or what it names."""

    USUAL = "usual"
    OFFICIAL = "official"
    FORMER = "former"
    VARIANT = "variant"


class Scheme(StrEnum):
    """The registers of other people whose numbers are kept."""

    ULAN = "ulan"
    VIAF = "viaf"
    ISNI = "isni"
    WIKIDATA = "wikidata"
    GEONAMES = "geonames"
    TGN = "tgn"

    def uri(self, value: str) -> str:
        """Return the address of *value* in this register."""
        return _URIS[self] + value.replace(" ", "")

    @property
    def label(self) -> str:
        """What the register is called."""
        return _LABELS.get(self, self.value.upper())


_URIS = {
    Scheme.ULAN: "http://vocab.getty.edu/ulan/",
    Scheme.VIAF: "http://viaf.org/viaf/",
    Scheme.ISNI: "https://isni.org/isni/",
    Scheme.WIKIDATA: "http://www.wikidata.org/entity/",
    Scheme.GEONAMES: "https://sws.geonames.org/",
    Scheme.TGN: "http://vocab.getty.edu/tgn/",
}
_LABELS = {Scheme.WIKIDATA: "Wikidata", Scheme.GEONAMES: "GeoNames"}
UNKNOWN_LANGUAGE = "und"


@dataclass(frozen=True, slots=True)
class AuthorityName:
    """One name in one language.

    ``script`` is a code of ISO 15924 where the language does not say it; ``period`` says when the
    name was in force, in words; ``source`` is where it was found.
    """

    name: str
    language: str = UNKNOWN_LANGUAGE
    script: str = ""
    status: NameStatus = NameStatus.USUAL
    preferred: bool = False
    period: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Identifier:
    """The number of the same person or place in somebody else's register."""

    scheme: Scheme
    value: str

    @property
    def uri(self) -> str:
        """Its address there."""
        return self.scheme.uri(self.value)


class BadCoordinates(Malformed):
    """There is no such point on the earth."""

    def __init__(self) -> None:
        super().__init__("Latitude goes from -90 to 90 degrees, longitude from -180 to 180.")


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A point in degrees of WGS 84, and how far the place may be from it, in metres (0: unknown).

    Raises:
        BadCoordinates
    """

    latitude: float
    longitude: float
    precision_metres: int = 0

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise BadCoordinates


class NoName(Malformed):
    """An authority record has no name."""

    def __init__(self) -> None:
        super().__init__("Give it a name first; everything else can follow.")


class TwoPreferredNames(Malformed):
    """Two names of one language are both preferred."""

    def __init__(self, language: str) -> None:
        super().__init__(f"One name in “{language}” is preferred; choose which of the two.")


@dataclass(frozen=True, slots=True)
class Authority:
    """What is known of one person, organisation or place.

    Each language that has names has one that is preferred: the first, unless another is marked.
    ``life_dates`` are words, for an organisation those of its work. ``parent_id`` is the larger
    place. ``merged_into`` is the record that took this one's place, empty while it stands.

    Raises:
        NoName, TwoPreferredNames
    """

    id: str
    kind: AuthorityKind
    names: tuple[AuthorityName, ...]
    identifiers: tuple[Identifier, ...] = ()
    life_dates: str = ""
    note: str = ""
    parent_id: str = ""
    place_kind: str = ""
    coordinates: Coordinates | None = None
    merged_into: str = ""

    def __post_init__(self) -> None:
        # So that equal records are equal values; a frozen value can only be set this way.
        object.__setattr__(self, "names", _with_preferred(self.names))
        object.__setattr__(self, "identifiers", tuple(dict.fromkeys(self.identifiers)))

    def name(self, *languages: str) -> str:
        """Return the preferred name in the first of *languages* that has one, else the first."""
        preferred = {name.language: name.name for name in self.names if name.preferred}
        found = (preferred[language] for language in languages if language in preferred)
        return next(found, self.names[0].name)

    def is_named(self, words: str) -> bool:
        """Say whether *words* are a name of it, whatever the capitals and accents."""
        folded = fold(words)
        return any(fold(name.name) == folded for name in self.names)


def _with_preferred(names: tuple[AuthorityName, ...]) -> tuple[AuthorityName, ...]:
    """Return the names, each once in a language, with one preferred in each language."""
    kept: dict[tuple[str, str], AuthorityName] = {}
    for name in names:
        if name.name.strip():
            kept.setdefault((name.name, name.language), name)
    if not kept:
        raise NoName
    preferred: set[str] = set()
    for name in kept.values():
        if name.preferred and name.language in preferred:
            raise TwoPreferredNames(name.language)
        if name.preferred:
            preferred.add(name.language)
    whole = []
    for name in kept.values():
        first = name.language not in preferred
        preferred.add(name.language)
        whole.append(replace(name, preferred=True) if first else name)
    return tuple(whole)


def new_authority(
    identifier: str, kind: AuthorityKind, name: str, parent_id: str = ""
) -> Authority:
    """Return a record that holds one name, in a language that nobody has said."""
    return Authority(identifier, kind, (AuthorityName(name),), parent_id=parent_id)


def with_variant(authority: Authority, name: AuthorityName) -> Authority:
    """Return *authority* with one name more; a name that it has already changes nothing."""
    known = {(one.name, one.language) for one in authority.names}
    if (name.name, name.language) in known:
        return authority
    return replace(authority, names=(*authority.names, replace(name, preferred=False)))


def renamed(authority: Authority, name: AuthorityName) -> Authority:
    """Return *authority* under another preferred name in its language; the old one is kept."""
    others = (
        replace(one, preferred=False, status=_once_usual(one.status))
        if one.language == name.language and one.preferred
        else one
        for one in authority.names
        if (one.name, one.language) != (name.name, name.language)
    )
    return replace(authority, names=(replace(name, preferred=True), *others))


def _once_usual(status: NameStatus) -> NameStatus:
    return NameStatus.VARIANT if status is NameStatus.USUAL else status


def united(kept: Authority, other: Authority) -> Authority:
    """Return *kept* with the names, numbers and facts of *other* that it has not itself."""
    languages = {name.language for name in kept.names}
    names = (
        name if name.language not in languages else replace(name, preferred=False)
        for name in other.names
    )
    kind = other.kind if kept.kind is AuthorityKind.AGENT else kept.kind
    return replace(
        kept,
        kind=kind,
        names=(*kept.names, *names),
        identifiers=(*kept.identifiers, *other.identifiers),
        life_dates=kept.life_dates or other.life_dates,
        note="\n\n".join(dict.fromkeys(note for note in (kept.note, other.note) if note)),
        parent_id=kept.parent_id or (other.parent_id if other.parent_id != kept.id else ""),
        place_kind=kept.place_kind or other.place_kind,
        coordinates=kept.coordinates or other.coordinates,
    )


def separated(kept: Authority, before: Authority, after: Authority) -> Authority:
    """Return *kept* without what a merge added to it, which made *after* of *before*.

    What somebody has written since stays.
    """
    names = tuple(name for name in kept.names if name not in after.names or name in before.names)
    numbers = tuple(
        one for one in kept.identifiers if one not in after.identifiers or one in before.identifiers
    )

    def was(now: str, added: str, then: str) -> str:
        return then if now == added else now

    return replace(
        kept,
        kind=before.kind if kept.kind is after.kind else kept.kind,
        names=names or before.names,
        identifiers=numbers,
        life_dates=was(kept.life_dates, after.life_dates, before.life_dates),
        note=was(kept.note, after.note, before.note),
        parent_id=was(kept.parent_id, after.parent_id, before.parent_id),
        place_kind=was(kept.place_kind, after.place_kind, before.place_kind),
        coordinates=before.coordinates
        if kept.coordinates == after.coordinates
        else kept.coordinates,
    )


def display_names(authorities: Iterable[Authority], *languages: str) -> dict[str, str]:
    """Return the name of each by its identifier, in the first of *languages* that it has."""
    return {one.id: one.name(*languages) for one in authorities}
