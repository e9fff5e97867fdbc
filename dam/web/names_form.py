"""The form of an authority record: from a record to its fields, and back."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dam.catalogue.authorities import (
    UNKNOWN_LANGUAGE,
    Authority,
    AuthorityKind,
    AuthorityName,
    Coordinates,
    NameStatus,
    Scheme,
)
from dam.catalogue.registers import read_identifiers
from dam.catalogue.text import clean, language_tag
from dam.errors import Malformed
from dam.web import pages

_MOST_NAMES = 200
_EMPTY_ROWS = 2
_LONGEST = {"note": 20_000}
KINDS = {
    AuthorityKind.PERSON: "person",
    AuthorityKind.ORGANISATION: "organisation",
    AuthorityKind.AGENT: "person or organisation",
    AuthorityKind.PLACE: "place",
}


class BadPoint(Malformed):
    """What was typed is no point."""

    def __init__(self) -> None:
        super().__init__(
            "Write latitude and longitude in degrees, as 39.99, 46.93; metres of doubt may follow."
        )


def read_kind(word: str, otherwise: AuthorityKind) -> AuthorityKind:
    """Return the kind of that word."""
    return AuthorityKind(word) if word in set(AuthorityKind) else otherwise


def read_authority(form: Mapping[str, str], before: Authority) -> Authority:
    """Return *before* as the form has it; the parent place is not read here.

    Raises:
        NoName, TwoPreferredNames, BadIdentifier, BadLanguageTag, BadPoint, BadCoordinates
    """
    kind = read_kind(form.get("kind", ""), before.kind)
    if kind.acts is not before.kind.acts:
        kind = before.kind
    return replace(
        before,
        kind=kind,
        names=tuple(_names(form)),
        identifiers=tuple(
            one for scheme in Scheme for one in read_identifiers(scheme, form.get(scheme, ""))
        ),
        life_dates=_line(form, "life-dates"),
        note=clean(form.get("note", ""), multiline=True)[: _LONGEST["note"]],
        place_kind=_line(form, "place-kind"),
        coordinates=_point(_line(form, "coordinates")),
    )


def _names(form: Mapping[str, str]) -> Iterator[AuthorityName]:
    for number in range(_MOST_NAMES):
        words = _line(form, f"name-{number}")
        if not words:
            continue
        language = _line(form, f"language-{number}")
        status = form.get(f"status-{number}", "")
        yield AuthorityName(
            name=words,
            language=language_tag(language) if language else UNKNOWN_LANGUAGE,
            script=_line(form, f"script-{number}")[:8],
            status=NameStatus(status) if status in set(NameStatus) else NameStatus.USUAL,
            preferred=f"preferred-{number}" in form,
            period=_line(form, f"period-{number}"),
            source=_line(form, f"source-{number}"),
        )


def _line(form: Mapping[str, str], name: str) -> str:
    return clean(form.get(name, ""), multiline=False)[:400]


def _point(text: str) -> Coordinates | None:
    if not text:
        return None
    parts = text.replace(";", ",").split(",")
    try:
        latitude, longitude, *doubt = (float(part) for part in parts)
    except ValueError:
        raise BadPoint from None
    if len(doubt) > 1 or not all(0 <= one < 10**8 for one in doubt):
        raise BadPoint
    return Coordinates(latitude, longitude, int(doubt[0]) if doubt else 0)


def name_rows(one: Authority) -> tuple[pages.NameForm, ...]:
    """Return the rows of the form: every name, and empty ones to add more."""
    empty = (AuthorityName("", "", preferred=False),) * _EMPTY_ROWS
    return tuple(
        pages.NameForm(
            number=number,
            name=name.name,
            language="" if name.language == UNKNOWN_LANGUAGE else name.language,
            script=name.script,
            statuses=tuple(
                pages.Option(each, each, chosen=each is name.status) for each in NameStatus
            ),
            preferred=name.preferred,
            period=name.period,
            source=name.source,
        )
        for number, name in enumerate((*one.names, *empty))
    )


def typed_rows(form: Mapping[str, str]) -> tuple[pages.NameForm, ...]:
    """Return the rows of the form as they were typed, also what cannot be read."""
    numbers = [n for n in range(_MOST_NAMES) if f"name-{n}" in form]
    return tuple(
        pages.NameForm(
            number=number,
            name=_line(form, f"name-{number}"),
            language=_line(form, f"language-{number}"),
            script=_line(form, f"script-{number}"),
            statuses=tuple(
                pages.Option(each, each, chosen=each == form.get(f"status-{number}"))
                for each in NameStatus
            ),
            preferred=f"preferred-{number}" in form,
            period=_line(form, f"period-{number}"),
            source=_line(form, f"source-{number}"),
        )
        for number in numbers
    )


def typed_facts(stored: pages.NameFacts, form: Mapping[str, str]) -> pages.NameFacts:
    """Return what else was typed; what the form does not have is as it is stored."""

    def line(name: str, otherwise: str) -> str:
        return _line(form, name) if name in form else otherwise

    return replace(
        stored,
        kinds=tuple(replace(one, chosen=one.value == form.get("kind", "")) for one in stored.kinds),
        life_dates=line("life-dates", stored.life_dates),
        note=clean(form.get("note", stored.note), multiline=True),
        parent=line("parent", stored.parent),
        place_kind=line("place-kind", stored.place_kind),
        coordinates=line("coordinates", stored.coordinates),
    )


def facts(one: Authority, parent: str) -> pages.NameFacts:
    """Return what else the form holds; *parent* is what the larger place is called."""
    point = one.coordinates
    doubt = f", {point.precision_metres}" if point and point.precision_metres else ""
    return pages.NameFacts(
        kinds=tuple(
            pages.Option(kind, label, chosen=kind is one.kind)
            for kind, label in KINDS.items()
            if kind.acts is one.kind.acts
        ),
        life_dates=one.life_dates,
        note=one.note,
        parent=parent,
        place_kind=one.place_kind,
        coordinates=f"{point.latitude}, {point.longitude}{doubt}" if point else "",
        is_place=not one.kind.acts,
    )


def number_fields(one: Authority) -> tuple[pages.NumberForm, ...]:
    """Return the numbers of every register, with links to their addresses there."""
    return tuple(
        pages.NumberForm(
            field=scheme,
            label=scheme.label,
            value="; ".join(each.value for each in one.identifiers if each.scheme is scheme),
            links=tuple(
                pages.Link(f"{scheme.label} {each.value}", each.uri)
                for each in one.identifiers
                if each.scheme is scheme
            ),
        )
        for scheme in Scheme
    )
