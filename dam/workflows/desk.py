"""The desk: what staff see of photographs that are being worked on."""

from collections.abc import Sequence
from dataclasses import dataclass

from dam.catalogue.changes import Description, ListField, PlainField
from dam.catalogue.datelines import parse_dateline
from dam.catalogue.dates import parse_date
from dam.catalogue.text import Text, TextField, clean, language_tag
from dam.errors import DamError
from dam.metadata.file_claims import FileClaim
from dam.records import carried, catalogue, desk, log, queue, refused
from dam.records import series as series_rows
from dam.records.base import Session
from dam.records.desk import Waiting
from dam.records.values import RefusedFile
from dam.rights.decision import Decision
from dam.rights.facts import Audience
from dam.workflows import ask
from dam.workflows.archive import Archive
from dam.workflows.presentation import Told, told

PAGE = 60
_PATH_SIGN = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "
_STRIP = 20
_LONGEST_TEXT = 20_000
_LONGEST = {
    "date": 200,
    PlainField.ACCESSION.value: 200,
    "creator": _LONGEST_TEXT,
    ListField.KEYWORDS.value: _LONGEST_TEXT,
}


@dataclass(frozen=True, slots=True)
class DeskFrame:
    """A photograph on the desk: as staff see it, and what the public is given of it."""

    told: Told
    public: Decision
    failure: str


@dataclass(frozen=True, slots=True)
class DeskList:
    """One page of the desk; ``counts`` is how many there are in each state."""

    frames: tuple[DeskFrame, ...]
    refused: tuple[RefusedFile, ...]
    counts: dict[Waiting, int]
    found: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class CaptionView:
    """A photograph being described, among its neighbours."""

    frame: DeskFrame
    strip: tuple[DeskFrame, ...]
    number: int
    count: int
    previous_id: str | None
    next_id: str | None
    next_without_caption_id: str | None


def desk_list(
    archive: Archive, audience: Audience, waiting: Waiting, search: str, number: int
) -> DeskList:
    """Return page *number*, from 1, of the desk; a number beyond the last shows the last."""
    with archive.reading() as db:
        found = desk.count(db, waiting, search)
        pages = max(1, -(-found // PAGE))
        number = min(max(1, number), pages)
        shown = desk.identifiers(db, waiting, search, offset=(number - 1) * PAGE, most=PAGE)
        return DeskList(
            frames=_frames(db, archive, shown, audience),
            refused=refused.newest(db),
            counts={one: desk.count(db, one) for one in Waiting},
            found=found,
            number=number,
            pages=pages,
        )


def _frames(
    db: Session, archive: Archive, identifiers: Sequence[str], audience: Audience
) -> tuple[DeskFrame, ...]:
    """Return those photographs, the withdrawn ones too: somebody has to work on them."""
    asked = ask.ask_in(db, archive, identifiers, audience)
    public = ask.ask_in(db, archive, identifiers, Audience.PUBLIC)
    return tuple(
        DeskFrame(
            told(archive, one, asked[one.id]),
            public[one.id].decision,
            "" if one.packs else next(iter(queue.failures(db, one.id)), ""),
        )
        for one in catalogue.photographs(db, identifiers)
    )


def one(archive: Archive, photograph_id: str, audience: Audience) -> Told:
    """Return a photograph as *audience*, who work here, are told of it, withdrawn or not.

    Raises:
        UnknownPhotograph
    """
    with archive.reading() as db:
        photograph = catalogue.photograph(db, photograph_id)
        asked = ask.ask_in(db, archive, [photograph_id], audience)[photograph_id]
    return told(archive, photograph, asked)


def caption_view(archive: Archive, photograph_id: str, audience: Audience) -> CaptionView:
    """Return a photograph with its neighbours: those of its series, else all in order of arrival.

    Raises:
        UnknownPhotograph
    """
    with archive.reading() as db:
        catalogue.photograph(db, photograph_id)
        places = series_rows.places_of(db, photograph_id)
        order = series_rows.series(db, places[0].series_id).frames if places else desk.in_order(db)
        here = order.index(photograph_id)
        first = max(0, here - _STRIP)
        strip = _frames(db, archive, order[first : here + _STRIP + 1], audience)
        empty = desk.without_caption(db)
        rest = (*order[here + 1 :], *order[:here])
    return CaptionView(
        frame=next(one for one in strip if one.told.photograph.id == photograph_id),
        strip=strip,
        number=here + 1,
        count=len(order),
        previous_id=order[here - 1] if here > 0 else None,
        next_id=order[here + 1] if here + 1 < len(order) else None,
        next_without_caption_id=next((one for one in rest if one in empty), None),
    )


@dataclass(frozen=True, slots=True)
class Form:
    """What a form of the desk says: the words, and what was not understood, by field."""

    description: Description
    errors: dict[str, str]
    understood: dict[str, tuple[str, ...]]


def read_form(fields: dict[str, str], before: Description, language: str) -> Form:
    """Return the words of a form over those that it does not show.

    *fields* are named ``title@en``, ``caption@az``, ``credit``, ``date``…; a field that cannot be
    read keeps what was stored and is named in ``errors``.
    """
    errors = _unreadable(fields)
    fields = {name: value for name, value in fields.items() if name not in errors}
    texts = {(text.field, text.language): text.value for text in before.texts}
    for name, value in fields.items():
        if (key := _text_key(name, language)) is not None:
            multiline = key[0] in {TextField.CAPTION, TextField.ALT}
            texts[key] = clean(value, multiline=multiline)
    date = _line(fields, "date", before.date_text or "")
    if date and parse_date(date) is None:
        errors["date"] = "Kept as written, but not understood as a date; write “February 1992”."
    description = Description(
        texts=tuple(Text(field, tag, value) for (field, tag), value in texts.items()),
        creators=_items(fields, "creator", before.creators),
        keywords=_items(fields, ListField.KEYWORDS, before.keywords),
        date_text=date,
        accession=_line(fields, PlainField.ACCESSION, before.accession or ""),
    )
    return Form(description, errors, understood(description))


def _unreadable(fields: dict[str, str]) -> dict[str, str]:
    """Return what is wrong with the fields that cannot be kept, by their names."""
    errors: dict[str, str] = {}
    for name, value in fields.items():
        field, at, tag = name.partition("@")
        most = _LONGEST.get(name, _LONGEST_TEXT if field in set(TextField) else None)
        if most is not None and len(value) > most:
            errors[name] = f"It has {len(value)} characters and may have {most}; it was not saved."
        if field in set(TextField) and at:
            try:
                language_tag(tag)
            except DamError as error:
                errors[name] = str(error)
    return errors


def _text_key(name: str, language: str) -> tuple[TextField, str] | None:
    field, at, tag = name.partition("@")
    if field not in set(TextField):
        return None
    return TextField(field), language_tag(tag) if at else language


def _line(fields: dict[str, str], name: str, otherwise: str) -> str:
    if name not in fields:
        return otherwise
    return clean(fields[name], multiline=False)


def _items(fields: dict[str, str], name: str, otherwise: tuple[str, ...]) -> tuple[str, ...]:
    if name not in fields:
        return otherwise
    parts = (clean(part, multiline=False) for part in fields[name].split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def understood(description: Description) -> dict[str, tuple[str, ...]]:
    """Return what is made of the fields that are read: the date in EDTF, a dateline as a place."""
    lines: dict[str, tuple[str, ...]] = {}
    date = parse_date(description.date_text) if description.date_text else None
    lines["date"] = (date.edtf,) if date else ()
    places = [text.value for text in description.texts if text.field is TextField.PLACE]
    lines["place"] = ()
    if places and (parts := [part.strip() for part in places[0].split(",")]):
        whole = parse_dateline(places[0])
        path = whole.place_path if whole else tuple(parts)
        lines["place"] = (_PATH_SIGN.join(path), *((whole.date.edtf,) if whole else ()))
    return lines


def events(archive: Archive, photograph_id: str) -> tuple[log.Event, ...]:
    """Return what was done to a photograph, newest first; raises ``UnknownPhotograph``."""
    with archive.reading() as db:
        catalogue.photograph(db, photograph_id)
        return log.of_subject(db, "photograph", photograph_id)


def claims(archive: Archive, photograph_id: str) -> tuple[FileClaim, ...]:
    """Return all that the file of a photograph says, each value with the block that says it."""
    with archive.reading() as db:
        return carried.claims(db, photograph_id)


def last_saved(archive: Archive, photograph_id: str) -> log.Event | None:
    """Return the newest edit of a photograph, for "Saved 10:42" and "Anna saved at 10:42"."""
    with archive.reading() as db:
        found = log.of_subject(db, "photograph", photograph_id)
    return next((event for event in found if event.verb in {"edited", "undone"}), None)
