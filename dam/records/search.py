"""Reads and writes of what photographs are found by."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, exists, func, insert, select
from sqlalchemy.orm import Session

from dam.catalogue.nearby import keys_of_asked, keys_of_known, slips, slips_allowed
from dam.catalogue.search_document import MARK
from dam.records import moved, search_text
from dam.records.authority_rows import AuthorityRow
from dam.records.desk_rows import CommentRow
from dam.records.photographs import PhotographRow, ProposalRow
from dam.records.search_rows import SearchDocumentRow, SearchLabelRow, SearchNearRow
from dam.records.series_rows import FrameRow
from dam.records.words import CreatorRow, PersonRow, PlaceNameRow

FIRST_OF_DAY = 1 << 24
_AT_ONCE = 500  # values in one statement


@dataclass(frozen=True, slots=True)
class Document:
    """What one photograph is found by, ready to be stored; ``marks`` are without their sign."""

    photograph_id: str
    day: date | None
    created_at: datetime
    usable_from: int | None
    marks: tuple[str, ...]
    words: str
    usable_until: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found."""

    number: int
    photograph_id: str
    created_at: datetime
    usable_from: int | None
    usable_until: int | None
    marks: tuple[str, ...]
    words: str

    def usable_at(self, second: int) -> bool:
        """Whether the public sees a picture at that second."""
        begun = self.usable_from is not None and self.usable_from <= second
        return begun and (self.usable_until is None or second < self.usable_until)


def put(db: Session, documents: Sequence[Document]) -> None:
    """Store documents in place of those that were there, writing only what is new in them."""
    held = _held(db, [one.photograph_id for one in documents])
    for one in documents:
        _put(db, one, held.get(one.photograph_id))


def forget(db: Session, photographs: Sequence[str]) -> None:
    """Take photographs out of the index, those that are in it."""
    for held in _held(db, photographs).values():
        search_text.remove(db, held.number, _tokens(held.marks, held.words))
        db.delete(held)


def _held(db: Session, photographs: Sequence[str]) -> dict[str, SearchDocumentRow]:
    query = select(SearchDocumentRow).where(SearchDocumentRow.photograph_id.in_(photographs))
    # The rows are changed by statements; what the session remembers of them may be old.
    rows = db.scalars(query, execution_options={"populate_existing": True})
    return {row.photograph_id: row for row in rows}


def _put(db: Session, one: Document, held: SearchDocumentRow | None) -> None:
    marks = " ".join(one.marks)
    first = (one.day.toordinal() if one.day else 0) * FIRST_OF_DAY
    if held is not None:
        same_day = first <= held.number < first + FIRST_OF_DAY
        if same_day and (held.marks, held.words) == (marks, one.words):
            held.usable_from, held.usable_until = one.usable_from, one.usable_until
            return
        search_text.remove(db, held.number, _tokens(held.marks, held.words))
        if same_day:
            held.marks, held.words = marks, one.words
            held.usable_from, held.usable_until = one.usable_from, one.usable_until
            search_text.write(db, held.number, _tokens(marks, one.words))
            return
        db.delete(held)
        db.flush()
    number = _free(db, first)
    row = SearchDocumentRow(
        number=number,
        photograph_id=one.photograph_id,
        created_at=one.created_at,
        usable_from=one.usable_from,
        usable_until=one.usable_until,
        marks=marks,
        words=one.words,
    )
    db.add(row)
    db.flush()
    search_text.write(db, number, _tokens(marks, one.words))


def _tokens(marks: str, words: str) -> str:
    signed = " ".join(MARK + mark for mark in marks.split())
    return f"{signed} {words}".strip()


def _free(db: Session, first: int) -> int:
    last = select(func.max(SearchDocumentRow.number)).where(
        SearchDocumentRow.number >= first, SearchDocumentRow.number < first + FIRST_OF_DAY
    )
    found = db.scalar(last)
    return first if found is None else found + 1


def learn(db: Session, words: Iterable[str]) -> None:
    """Keep words, so that those who mistype them are understood."""
    wanted = {word: keys for word in words if (keys := keys_of_known(word))}
    for some in _portions(sorted(wanted)):
        # The beginning of a word is always among its keys.
        query = select(SearchNearRow.word).where(
            SearchNearRow.key.in_({word[:7] for word in some}), SearchNearRow.word.in_(some)
        )
        new = set(some) - set(db.scalars(query))
        rows = [{"key": key, "word": word} for word in sorted(new) for key in sorted(wanted[word])]
        if rows:
            db.execute(insert(SearchNearRow), rows)


def _portions(words: list[str]) -> Iterable[list[str]]:
    return (words[start : start + _AT_ONCE] for start in range(0, len(words), _AT_ONCE))


def near(db: Session, word: str) -> tuple[str, ...]:
    """Return the known words that are a slip of the pen from *word*, the nearest first."""
    query = select(SearchNearRow.word).where(SearchNearRow.key.in_(keys_of_asked(word))).distinct()
    most = slips_allowed(word)
    found = {other: slips(word, other, most) for other in db.scalars(query) if other != word}
    ordered = sorted((apart, other) for other, apart in found.items() if apart is not None)
    return tuple(other for _, other in ordered)


def label(db: Session, labels: dict[str, str]) -> None:
    """Keep what marks are called that no record names."""
    query = select(SearchLabelRow).where(SearchLabelRow.mark.in_(labels))
    held = {row.mark: row for row in db.scalars(query)}
    for mark, words in labels.items():
        if mark not in held:
            db.add(SearchLabelRow(mark=mark, label=words))
        elif held[mark].label != words:
            held[mark].label = words


def labels(db: Session, marks: Collection[str]) -> dict[str, str]:
    """Return what marks are called that no record names."""
    query = select(SearchLabelRow).where(SearchLabelRow.mark.in_(marks))
    return {row.mark: row.label for row in db.scalars(query)}


def hits(db: Session, numbers: Sequence[int], *, words: bool = False) -> list[Hit]:
    """Return the documents of these numbers, in their order; with their *words* on request."""
    row = SearchDocumentRow
    usable = (row.usable_from, row.usable_until)
    columns = (row.number, row.photograph_id, row.created_at, *usable, row.marks)
    query = select(*columns, row.words) if words else select(*columns)
    found = {}
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        for number, photograph, at, first, last, marks, *text in db.execute(
            query.where(row.number.in_(some))
        ):
            said = text[0] if text else ""
            found[number] = Hit(number, photograph, at, first, last, tuple(marks.split()), said)
    return [found[number] for number in numbers if number in found]


def newest(db: Session, most: int) -> list[int]:
    """Return the numbers of the documents that were taken in last."""
    row = SearchDocumentRow
    query = select(row.number).order_by(row.created_at.desc(), row.number.desc()).limit(most)
    return list(db.scalars(query))


def not_indexed(db: Session, most: int) -> tuple[str, ...]:
    """Return photographs that are in no index yet."""
    held = exists().where(SearchDocumentRow.photograph_id == PhotographRow.id)
    query = select(PhotographRow.id).where(~held, moved.stands_for_itself())
    return tuple(db.scalars(query.order_by(PhotographRow.id).limit(most)))


def forget_all(db: Session) -> None:
    """Empty the index, to be built anew."""
    search_text.clear(db)
    for row in (SearchDocumentRow, SearchNearRow, SearchLabelRow):
        db.execute(delete(row))


def series_of(db: Session, photographs: Sequence[str]) -> dict[str, list[str]]:
    """Return the series that each photograph stands in."""
    query = (
        select(FrameRow.photograph_id, FrameRow.series_id)
        .where(FrameRow.photograph_id.in_(photographs))
        .order_by(FrameRow.series_id)
    )
    found: dict[str, list[str]] = {}
    for photograph, series in db.execute(query):
        found.setdefault(photograph, []).append(series)
    return found


def frames_of(db: Session, series_id: str, most: int) -> tuple[str, ...]:
    """Return photographs of a series."""
    query = select(FrameRow.photograph_id).where(FrameRow.series_id == series_id)
    return tuple(db.scalars(query.order_by(FrameRow.position).limit(most)))


def photographs_below(
    db: Session, authority_id: str, most: int, after: str = ""
) -> tuple[str, ...]:
    """Return photographs that name a record, or a place that lies in it, by identifier."""
    below = select(AuthorityRow.id).where(AuthorityRow.id == authority_id).cte(recursive=True)
    # UNION and not UNION ALL: it ends in a ring of places too.
    below = below.union(select(AuthorityRow.id).where(AuthorityRow.parent_id == below.c.id))
    named = (
        select(CreatorRow.photograph_id).where(CreatorRow.agent_id == authority_id),
        select(PersonRow.photograph_id).where(PersonRow.agent_id == authority_id),
        select(PlaceNameRow.photograph_id).where(PlaceNameRow.place_id.in_(select(below.c.id))),
    )
    together = named[0].union(*named[1:]).subquery()
    column = together.c.photograph_id
    query = select(column).where(column > after).order_by(column).limit(most)
    return tuple(db.scalars(query))


def named_records(db: Session, photographs: Sequence[str]) -> frozenset[str]:
    """Return the authority records that photographs name."""
    found: set[str] = set()
    for row, column in (
        (CreatorRow, CreatorRow.agent_id),
        (PersonRow, PersonRow.agent_id),
        (PlaceNameRow, PlaceNameRow.place_id),
    ):
        query = select(column).where(row.photograph_id.in_(photographs), column.is_not(None))
        found |= {one for one in db.scalars(query.distinct()) if one}
    return frozenset(found)


def waiting(db: Session, photographs: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return which have open proposals of repair, and which have open comments."""
    repairs = select(ProposalRow.photograph_id).where(
        ProposalRow.photograph_id.in_(photographs), ProposalRow.state == "open"
    )
    comments = select(CommentRow.photograph_id).where(
        CommentRow.photograph_id.in_(photographs), CommentRow.settled_at.is_(None)
    )
    return frozenset(db.scalars(repairs)), frozenset(db.scalars(comments))
