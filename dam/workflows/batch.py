"""What a batch brings along: options, a sheet, an essay; and what they mean for each file."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from dam.catalogue.cells import Column
from dam.catalogue.changes import Description
from dam.catalogue.dates import in_words
from dam.catalogue.essay import Essay, EssayFrame
from dam.catalogue.people import creators, people
from dam.catalogue.places import read_places
from dam.catalogue.sheet import Matching, Note, Sheet, SheetRow, match
from dam.catalogue.text import Text, TextField, clean
from dam.metadata.fields import Embedded
from dam.records.register import NewRecord, RecordKind
from dam.rights.statements import UnknownRightsUri, normalise
from dam.workflows.claimed_rights import Claim, claimed_rights

_RESTRICTING = frozenset(
    {Column.RIGHTS, Column.ACCESS, Column.CAP, Column.EMBARGO, Column.SENSITIVITY}
)
_MOST_CREATORS = 100
_MOST_KEYWORDS = 500


@dataclass(frozen=True, slots=True)
class Options:
    """What holds for every file of a batch unless its row of the sheet says otherwise."""

    by: str
    language: str = "en"
    series: str | None = None
    rights: str | None = None
    credit: str | None = None
    public: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch before its files are opened: each file's row, frame and place, by its name.

    *held_back* are the files of whose rights the sheet says something that was not understood.
    """

    options: Options
    rows: Mapping[str, SheetRow] = field(default_factory=dict)
    frames: Mapping[str, EssayFrame] = field(default_factory=dict)
    introduction: str = ""
    series_title: str | None = None
    positions: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    held_back: frozenset[str] = frozenset()

    def plan(self, name: str, embedded: Embedded) -> "Plan":
        """Return what is to be recorded of the file *name*, which carries *embedded*."""
        row, frame = self.rows.get(name), self.frames.get(name)
        records, notes = _records(self.options, row)
        held_back = bool(notes) or name in self.held_back
        said = held_back or any(new.kind is RecordKind.STATEMENT for new in records)
        claim = Claim() if said else claimed_rights(embedded)
        if held_back and self.options.public:
            notes.append(
                "It was not published, since what is said of its rights is not understood."
            )
        return Plan(
            description=_description(self.options, row, frame, embedded),
            records=(*claim.records, *records),
            claimed=claim.uri,
            publish=self.options.public and not held_back,
            series=(row and row.series) or self.series_title or self.options.series,
            position=self.positions.get(name),
            notes=(*notes, *claim.notes, *embedded.notes),
            dateline=frame is not None,
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """What is recorded of one file when it is taken in.

    *claimed* is the statement among the records for which the file alone speaks, if there is one.
    *dateline* says that the place is a printed dateline, of whose names authorities can be made.
    """

    description: Description
    records: tuple[NewRecord, ...] = ()
    claimed: str = ""
    publish: bool = False
    series: str | None = None
    position: int | None = None
    notes: tuple[str, ...] = ()
    dateline: bool = False


def make_batch(
    options: Options, names: Sequence[str], sheet: Sheet | None, essay: Essay | None
) -> Batch:
    """Return the batch of the files *names* (relative paths, in their order).

    The frames of an essay go to the files in order; a row of the sheet that names a file adds to
    what the essay says of it.
    """
    matching = Matching({}, ()) if sheet is None else match(sheet.rows, names)
    notes = [*(sheet.notes if sheet else ()), *matching.notes]
    frames: dict[str, EssayFrame] = {}
    texts = [_sentence(note) for note in notes]
    if essay is not None:
        frames = dict(zip(names, essay.frames, strict=False))
        if len(names) != len(essay.frames):
            texts.append(
                f"The text has {len(essay.frames)} frames and the batch {len(names)} files."
            )
        texts += [f"Left out of the text: “{line}”." for line in essay.chrome]
    return Batch(
        options=options,
        rows=matching.rows,
        frames=frames,
        introduction="\n\n".join(essay.introduction) if essay else "",
        series_title=options.series,
        positions=_positions(names, matching.rows, frames),
        notes=tuple(texts),
        held_back=frozenset() if sheet is None else _held_back(sheet, matching, names),
    )


def _held_back(sheet: Sheet, matching: Matching, names: Sequence[str]) -> frozenset[str]:
    """Return the files that are not published: a restriction of theirs may have been lost.

    It is lost in a cell that is not understood, in a column that was left out, and in a row that
    was refused, which may speak of any file of its name.
    """
    lines = {note.line for note in sheet.notes if _restricts(note.column)}
    held = {name for name, row in matching.rows.items() if row.line in lines or 1 in lines}
    taken = {row.line for row in matching.rows.values()}
    lost = {
        _last_part(row.filename)
        for row in sheet.rows
        if row.filename and row.line not in taken and (row.line in lines or _is_restricted(row))
    }
    return frozenset(held | {name for name in names if _last_part(name) in lost})


def _restricts(column: str) -> bool:
    return column.partition("@")[0].strip().lower() in _RESTRICTING


def _is_restricted(row: SheetRow) -> bool:
    cells = (row.rights, row.access, row.cap, row.embargo)
    return bool(row.sensitivity) or any(cell is not None for cell in cells)


def _last_part(name: str) -> str:
    # A Mac writes accents apart in file names; a sheet has them composed.
    return unicodedata.normalize("NFC", name).rpartition("/")[2].casefold()


def _positions(
    names: Sequence[str], rows: Mapping[str, SheetRow], frames: Mapping[str, EssayFrame]
) -> dict[str, int]:
    """Return the places of files in their series, from 1; none where nobody says an order.

    Where some have an order, the others come after them, whichever is taken in first.
    """
    orders = {name: frame.position for name, frame in frames.items()}
    orders |= {name: row.order for name, row in rows.items() if row.order is not None}
    if not orders:
        return {}
    shift = 1 - min(1, *orders.values())  # people count from 0 too
    positions = {name: order + shift for name, order in orders.items()}
    others = [name for name in names if name not in positions]
    return positions | dict(zip(others, count(max(positions.values()) + 1), strict=False))


def _sentence(note: Note) -> str:
    value = f", “{note.value}”" if note.value else ""
    return f"Line {note.line}, {note.column}{value}: {note.sentence}"


def _records(options: Options, row: SheetRow | None) -> tuple[list[NewRecord], list[str]]:
    """Return the rights records that options and row ask for, and what was not understood."""
    records: list[NewRecord] = []
    notes: list[str] = []
    rights = (row.rights if row else None) or options.rights
    if rights:
        try:
            records.append(NewRecord(RecordKind.STATEMENT, normalise(rights)))
        except UnknownRightsUri as error:
            notes.append(str(error))
    if row is None:
        return records, notes
    if row.access is not None:
        records.append(NewRecord(RecordKind.CEILING, row.access))
    if row.cap is not None:
        records.append(NewRecord(RecordKind.CAP, number=row.cap))
    if row.embargo is not None:
        records.append(NewRecord(RecordKind.EMBARGO, "plain", day=row.embargo))
    if row.sensitivity:
        records.append(NewRecord(RecordKind.SENSITIVITY, "; ".join(row.sensitivity)))
    return records, notes


def _description(
    options: Options, row: SheetRow | None, frame: EssayFrame | None, embedded: Embedded
) -> Description:
    """Return the words: the sheet's before the essay's before those in the file."""
    texts = _embedded_texts(embedded, options.language)
    if frame is not None:
        texts |= _frame_texts(frame, options.language)
    if row is not None:
        texts |= {(text.field, text.language): text.value for text in row.texts}
    if options.credit and not (row and _has_credit(row)):
        texts = {key: value for key, value in texts.items() if key[0] is not TextField.CREDIT}
        texts[TextField.CREDIT, options.language] = options.credit
    description = Description(
        texts=tuple(Text(field, language, value) for (field, language), value in texts.items()),
        contributors=creators(tuple(map(_line, embedded.creators))[:_MOST_CREATORS]),
        keywords=tuple(map(_line, embedded.keywords))[:_MOST_KEYWORDS],
        date_text=embedded.date_text,
    )
    if frame is not None:
        description = replace(description, date_text=in_words(frame.dateline.date, "en"))
    if row is not None:
        description = _with_row(description, row)
    return replace(description, places=read_places(description.texts, options.language))


def _with_row(description: Description, row: SheetRow) -> Description:
    return replace(
        description,
        contributors=creators(row.creators) or description.contributors,
        keywords=row.keywords or description.keywords,
        date_text=row.date_text or description.date_text,
        accession=row.accession,
        negative=row.negative,
        people=people(row.people),
    )


def _has_credit(row: SheetRow) -> bool:
    return any(text.field is TextField.CREDIT for text in row.texts)


def _frame_texts(frame: EssayFrame, language: str) -> dict[tuple[TextField, str], str]:
    texts = {(TextField.PLACE, language): frame.dateline.place_text}
    if frame.caption:
        texts[TextField.CAPTION, language] = frame.caption
    return texts


def _embedded_texts(embedded: Embedded, language: str) -> dict[tuple[TextField, str], str]:
    texts: dict[tuple[TextField, str], str] = {}
    for field_, pairs in (
        (TextField.TITLE, embedded.titles),
        (TextField.CAPTION, embedded.captions),
        (TextField.ALT, embedded.alts),
    ):
        texts |= {(field_, tag): clean(text, multiline=True) for tag, text in pairs}
    for field_, text in (
        (TextField.CREDIT, embedded.credit),
        (TextField.SOURCE, embedded.source),
        (TextField.COPYRIGHT, embedded.copyright),
        (TextField.HEADLINE, embedded.headline),
        (TextField.PLACE, embedded.place),
    ):
        if text:
            texts[field_, language] = _line(text)
    return texts


def _line(text: str) -> str:
    return clean(text, multiline=False)
