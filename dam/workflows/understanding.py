"""Understanding: what the desk makes of what is typed, said back in words; nothing is guessed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from dam.catalogue.authorities import Authority
from dam.catalogue.changes import Description
from dam.catalogue.codes import Code, CodeKind
from dam.catalogue.dates import in_words, parse_date
from dam.catalogue.links import linked_ids
from dam.catalogue.places import Locality, PlaceName, Relation, has_own_name, read_place
from dam.catalogue.text import Text, TextField
from dam.catalogue.typed_datelines import split_dateline
from dam.records import authorities, codes, keywords
from dam.workflows import desk_form, linking
from dam.workflows.archive import Archive

_MOST = 12


@dataclass(frozen=True, slots=True)
class Dateline:
    """A typed line as it is understood; ``lines`` say what was, ``missed`` what was not."""

    place: str
    date_text: str
    lines: tuple[str, ...]
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a list offers while somebody types; ``id`` is empty for what is no record."""

    id: str
    name: str
    beside: str


@dataclass(frozen=True, slots=True)
class NamedCode:
    """A code with the name of the record that it links."""

    code: Code
    name: str


def read_dateline(archive: Archive, text: str) -> Dateline:
    """Return what is understood of a line of place and date, with the records its names mean."""
    language = archive.settings.archive_language
    place, date = split_dateline(text)
    read = read_place(place)
    written = Description(
        texts=(Text(TextField.PLACE, language, place),),
        date_text=date,
        places=() if read is None else (read,),
    )
    with archive.reading() as db:
        linked = linking.known(db, written, Description())
        known = authorities.authorities(db, linked_ids(linked))
    lines, missed = _dateline_lines(linked, known, language)
    return Dateline(place, date or "", lines, missed)


def understanding(archive: Archive, description: Description) -> dict[str, tuple[str, ...]]:
    """Return what is made of each field of a description, a line each, by field of the form."""
    language = archive.settings.archive_language
    lines = desk_form.understood(description)
    with archive.reading() as db:
        known = authorities.authorities(db, linked_ids(description))
    understood, missed = _dateline_lines(description, known, language)
    people = [
        _linked(one.words, known[one.agent_id], language)
        for one in description.people
        if one.agent_id in known
    ]
    creators = [
        _linked(one.byline, known[one.agent_id], language)
        for one in description.contributors
        if one.role.creates and one.agent_id in known
    ]
    lines["people"] = (*people, *lines["people"])
    lines["creator"] = tuple(creators)
    lines["dateline"] = (*understood, *missed)
    return lines


def _linked(words: str, record: Authority, language: str) -> str:
    name = record.name(language)
    said = name if name == words else f"{words}: {name}"
    return f"{said}{f', {record.life_dates}' if record.life_dates else ''} (linked)"


def _dateline_lines(
    description: Description, known: Mapping[str, Authority], language: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    lines, missed = [], []
    for place in description.places:
        lines.append(_preferred(place, known, language).in_words)
        missed += [
            f"“{name.words}” is no place with a record, or could be several."
            for name in place.names
            if not name.place_id and has_own_name(name.words)
        ]
    date = parse_date(description.date_text) if description.date_text else None
    if date is not None:
        said = in_words(date, language)
        lines.append(date.edtf if said == date.edtf else f"{date.edtf} ({said})")
    elif description.date_text:
        missed.append(f"“{description.date_text}” is not understood as a date.")
    elif description.places:
        missed.append("No date is understood; write it after a comma, as “February 1992”.")
    return tuple(lines), tuple(missed)


def _preferred(place: Locality, known: Mapping[str, Authority], language: str) -> Locality:
    """Return how a place is read with the names by which the archive calls its places."""

    def called(name: PlaceName) -> PlaceName:
        record = known.get(name.place_id)
        return name if record is None else PlaceName(record.name(language), name.place_id)

    relation = place.relation
    if relation is not None:
        relation = Relation(relation.kind, tuple(map(called, relation.places)))
    return Locality(tuple(map(called, place.path)), relation, place.role)


def suggestions(archive: Archive, field: str, words: str) -> tuple[Suggestion, ...]:
    """Return what *field* may go on with: records of people or places, for keywords words too."""
    kinds = {"place": authorities.PLACES, "people": authorities.AGENTS}.get(field)
    language = archive.settings.archive_language
    with archive.reading() as db:
        given = kinds or (*authorities.PLACES, *authorities.AGENTS)
        found = authorities.search(db, given, words, most=_MOST)
        parents = authorities.parents_of(db, found)
        used = keywords.beginning(db, words, _MOST) if kinds is None else ()
    offered = [Suggestion("", word, "") for word in used]
    for one in found:
        parent = parents.get(one.parent_id)
        beside = parent.name(language) if parent else one.life_dates
        offered.append(Suggestion(one.id if kinds else "", one.name(language), beside))
    return tuple(offered[:_MOST])


def all_codes(archive: Archive) -> tuple[NamedCode, ...]:
    """Return every code with what it stands for, and whom it links."""
    language = archive.settings.archive_language
    with archive.reading() as db:
        found = tuple(codes.all_codes(db).values())
        known = authorities.authorities(db, {one.authority_id for one in found} - {""})
    return tuple(
        NamedCode(one, known[one.authority_id].name(language) if one.authority_id in known else "")
        for one in found
        if one.kind is CodeKind.TEXT or not one.authority_id or one.authority_id in known
    )


def acting(archive: Archive, identifiers: Collection[str]) -> frozenset[str]:
    """Return those of *identifiers* that are records of people or organisations."""
    with archive.reading() as db:
        found = authorities.authorities(db, identifiers)
    return frozenset(one for one, record in found.items() if record.kind.acts)
