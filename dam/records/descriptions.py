"""From the rows of a photograph's words to its description, and back."""

from itertools import groupby

from sqlalchemy.orm import selectinload

from dam.catalogue.captions import Caption, CaptionSource
from dam.catalogue.changes import Description, KeywordsIn
from dam.catalogue.datelines import RelationKind
from dam.catalogue.dates import parse_date
from dam.catalogue.frames import read_mark, read_turn
from dam.catalogue.notices import Notice, NoticeKind
from dam.catalogue.people import Contributor, PersonShown, Region, Role
from dam.catalogue.places import Locality, PlaceName, PlaceRole, Relation
from dam.catalogue.text import Text, TextField
from dam.records.photographs import PhotographRow, VersoRow
from dam.records.words import (
    CaptionRow,
    CreatorRow,
    KeywordRow,
    NoticeRow,
    PersonRow,
    PlaceNameRow,
    TextRow,
)

WORDS = (
    selectinload(PhotographRow.texts),
    selectinload(PhotographRow.creators),
    selectinload(PhotographRow.keywords),
    selectinload(PhotographRow.people),
    selectinload(PhotographRow.places),
    selectinload(PhotographRow.captions),
    selectinload(PhotographRow.notices),
    selectinload(PhotographRow.verso),
)
"""What a query of photographs loads along, so that ``description_of`` asks for nothing more."""
_PATH = "name"  # no relation is called so; there is one that is called path


def description_of(row: PhotographRow) -> Description:
    """Return the words that the rows of a photograph hold."""
    return Description(
        texts=tuple(Text(TextField(text.field), text.language, text.value) for text in row.texts),
        contributors=tuple(
            Contributor(one.name, Role(one.role), one.agent_id or "") for one in row.creators
        ),
        keywords=tuple(keyword.word for keyword in row.keywords if not keyword.language),
        date_text=row.date_text,
        accession=row.accession,
        negative=row.negative,
        people=tuple(map(_person, row.people)),
        places=tuple(
            _locality(list(names)) for _, names in groupby(row.places, lambda one: one.line)
        ),
        other_captions=tuple(
            Caption(one.language, one.value, one.author, one.source, one.date_text)
            for one in row.captions
        ),
        caption_sources=tuple(
            CaptionSource(text.language, text.author, text.source, text.date_text)
            for text in row.texts
            if text.field == TextField.CAPTION
        ),
        notices=tuple(Notice(NoticeKind(one.kind), one.language, one.value) for one in row.notices),
        keywords_in=_keywords_in(row.keywords),
        turn=read_turn(row.turn),
        mark=read_mark(row.mark),
        recto_id=row.verso.recto_id if row.verso else None,
    )


def _person(row: PersonRow) -> PersonShown:
    region = None
    if row.x is not None and row.y is not None:
        region = Region(row.x, row.y, row.width or 0, row.height or 0)
    return PersonShown(row.words, row.agent_id or "", region)


def _locality(rows: list[PlaceNameRow]) -> Locality:
    """Return one line of place from the rows of its names."""
    path = tuple(PlaceName(row.words, row.place_id or "") for row in rows if row.part == _PATH)
    ends = [row for row in rows if row.part != _PATH]
    relation = None
    if ends:
        names = tuple(PlaceName(row.words, row.place_id or "") for row in ends)
        relation = Relation(RelationKind(ends[0].part), names)
    return Locality(path, relation, PlaceRole(rows[0].role))


def _keywords_in(rows: list[KeywordRow]) -> tuple[KeywordsIn, ...]:
    languages = dict.fromkeys(row.language for row in rows if row.language)
    return tuple(
        KeywordsIn(language, tuple(row.word for row in rows if row.language == language))
        for language in languages
    )


def clear_description(row: PhotographRow) -> None:
    """Take all words away, before others are written in their place."""
    row.texts, row.creators, row.keywords, row.people = [], [], [], []
    row.places, row.captions, row.notices = [], [], []
    row.verso = None


def write_description(row: PhotographRow, description: Description) -> None:
    """Write the words into rows that hold none."""
    date = parse_date(description.date_text) if description.date_text else None
    row.accession = description.accession or ""
    row.negative = description.negative or ""
    row.turn, row.mark = description.turn or "", description.mark or ""
    row.verso = VersoRow(recto_id=description.recto_id) if description.recto_id else None
    row.date_text = description.date_text or ""
    row.date_edtf = "" if date is None else date.edtf
    row.date_earliest = None if date is None else date.earliest
    row.date_latest = None if date is None else date.latest
    row.texts = _text_rows(description)
    row.creators = [
        CreatorRow(position=place, name=one.byline, role=one.role, agent_id=one.agent_id or None)
        for place, one in enumerate(description.contributors)
    ]
    row.keywords = _keyword_rows(description)
    row.people = [_person_row(place, one) for place, one in enumerate(description.people)]
    row.places = _place_rows(description)
    row.captions = [
        CaptionRow(
            position=place,
            language=one.language,
            value=one.text,
            author=one.author,
            source=one.source,
            date_text=one.date_text,
        )
        for place, one in enumerate(description.other_captions)
    ]
    row.notices = [
        NoticeRow(position=place, kind=one.kind, language=one.language, value=one.text)
        for place, one in enumerate(description.notices)
    ]


def _text_rows(description: Description) -> list[TextRow]:
    sources = {one.language: one for one in description.caption_sources}
    rows = []
    for text in description.texts:
        row = TextRow(field=text.field, language=text.language, value=text.value)
        by = sources.get(text.language) if text.field is TextField.CAPTION else None
        if by is not None:
            row.author, row.source, row.date_text = by.author, by.source, by.date_text
        rows.append(row)
    return rows


def _keyword_rows(description: Description) -> list[KeywordRow]:
    words = [("", word) for word in description.keywords]
    words += [(one.language, word) for one in description.keywords_in for word in one.words]
    return [
        KeywordRow(position=place, language=language, word=word)
        for place, (language, word) in enumerate(words)
    ]


def _person_row(place: int, one: PersonShown) -> PersonRow:
    row = PersonRow(position=place, words=one.words, agent_id=one.agent_id or None)
    if one.region is not None:
        row.x, row.y = one.region.x, one.region.y
        row.width, row.height = one.region.width, one.region.height
    return row


def _place_rows(description: Description) -> list[PlaceNameRow]:
    names: list[tuple[int, PlaceRole, str, PlaceName]] = []
    for line, place in enumerate(description.places):
        names += [(line, place.role, _PATH, name) for name in place.path]
        if place.relation is not None:
            kind = place.relation.kind.value
            names += [(line, place.role, kind, name) for name in place.relation.places]
    return [
        PlaceNameRow(
            position=position,
            line=line,
            role=role,
            part=part,
            words=name.words,
            place_id=name.place_id or None,
        )
        for position, (line, role, part, name) in enumerate(names)
    ]
