"""What a batch brings along: options, a sheet, an essay; and what they mean for each file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dam.catalogue.cells import Column
from dam.catalogue.changes import Description
from dam.catalogue.dates import in_words
from dam.catalogue.essay import Essay, EssayFrame
from dam.catalogue.sheet import Matching, Note, Sheet, SheetRow, match
from dam.catalogue.text import Text, TextField, clean
from dam.metadata.fields import Embedded
from dam.records.register import NewRecord, RecordKind
from dam.rights.statements import UnknownRightsUri, normalise

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
    """A batch before its files are opened: each file's row and frame, by its name."""

    options: Options
    rows: Mapping[str, SheetRow] = field(default_factory=dict)
    frames: Mapping[str, EssayFrame] = field(default_factory=dict)
    introduction: str = ""
    series_title: str | None = None
    notes: tuple[str, ...] = ()
    unsafe_lines: frozenset[int] = frozenset()

    def plan(self, name: str, embedded: Embedded) -> "Plan":
        """Return what is to be recorded of the file *name*, which carries *embedded*."""
        row, frame = self.rows.get(name), self.frames.get(name)
        records, notes = _records(self.options, row)
        held_back = row is not None and row.line in self.unsafe_lines
        if held_back and self.options.public:
            notes.append(
                "It was not published, since its row holds rights that are not understood."
            )
        return Plan(
            description=_description(self.options, row, frame, embedded),
            records=tuple(records),
            publish=self.options.public and not held_back,
            series=(row and row.series) or self.series_title or self.options.series,
            position=_position(row, frame),
            notes=(*notes, *embedded.notes),
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """What is recorded of one file when it is taken in."""

    description: Description
    records: tuple[NewRecord, ...] = ()
    publish: bool = False
    series: str | None = None
    position: int | None = None
    notes: tuple[str, ...] = ()


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
        notes=tuple(texts),
        unsafe_lines=frozenset(note.line for note in notes if note.column in _RESTRICTING),
    )


def _sentence(note: Note) -> str:
    value = f", “{note.value}”" if note.value else ""
    return f"Line {note.line}, {note.column}{value}: {note.sentence}"


def _position(row: SheetRow | None, frame: EssayFrame | None) -> int | None:
    if row is not None and row.order is not None:
        return row.order
    return None if frame is None else frame.position


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
        creators=tuple(map(_line, embedded.creators))[:_MOST_CREATORS],
        keywords=tuple(map(_line, embedded.keywords))[:_MOST_KEYWORDS],
        date_text=embedded.date_text,
    )
    if frame is not None:
        description = replace(description, date_text=in_words(frame.dateline.date, "en"))
    return description if row is None else _with_row(description, row)


def _with_row(description: Description, row: SheetRow) -> Description:
    return replace(
        description,
        creators=row.creators or description.creators,
        keywords=row.keywords or description.keywords,
        date_text=row.date_text or description.date_text,
        accession=row.accession,
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
        (TextField.PLACE, embedded.place),
    ):
        if text:
            texts[field_, language] = _line(text)
    return texts


def _line(text: str) -> str:
    return clean(text, multiline=False)
