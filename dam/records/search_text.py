"""The index of words: FTS5 on SQLite, tsvector on PostgreSQL; the same hits on both.

Both are handed tokens that were made by `dam.catalogue.search_document` and take them as they are:
FTS5 by its tokenizer ``ascii``, which parts text at spaces and signs alone, PostgreSQL by a cast,
which asks no text search configuration. Both count places alike, so that phrases are the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import text
from sqlalchemy.orm import Session

from dam.catalogue.search_document import GAP, INNER, MARK, TITLE
from dam.catalogue.search_words import SearchWords, Term

_USABLE = "d.usable_from <= :usable_at AND (d.usable_until IS NULL OR :usable_at < d.usable_until)"


@dataclass(frozen=True, slots=True)
class Match:
    """What is asked of the index.

    One of each group of *marks* has to be there. *inner* lets words for staff count, *titles*
    looks into titles alone. *usable_at* is the second at which the public has to see a picture.
    """

    words: SearchWords = field(default_factory=SearchWords)
    marks: tuple[tuple[str, ...], ...] = ()
    inner: bool = False
    titles: bool = False
    usable_at: int | None = None

    @property
    def signs(self) -> tuple[str, ...]:
        """The signs before words that count."""
        if self.titles:
            return (TITLE,)
        return ("", INNER) if self.inner else ("",)


def numbers(
    db: Session,
    match: Match,
    *,
    most: int,
    before: int | None = None,
    oldest_first: bool = False,
) -> list[int]:
    """Return the numbers of documents that match, the latest dates first unless *oldest_first*.

    *before* continues after that number, in either direction.
    """
    given: dict[str, object] = {"most": most}
    on_sqlite = _on_sqlite(db)
    given["match"] = _fts5(match) if on_sqlite else _tsquery(match)
    number = "t.rowid" if on_sqlite else "t.number"
    where = "search_text MATCH :match" if on_sqlite else "t.vector @@ CAST(:match AS tsquery)"
    source = "search_text t"
    if match.usable_at is not None:
        # CROSS JOIN keeps SQLite from beginning with the other table.
        source += f" CROSS JOIN search_document d ON d.number = {number}" if on_sqlite else (
            f" JOIN search_document d ON d.number = {number}"
        )  # fmt: skip
        where += f" AND {_USABLE}"
        given["usable_at"] = match.usable_at
    if before is not None:
        where += f" AND {number} {'>' if oldest_first else '<'} :before"
        given["before"] = before
    order = "ASC" if oldest_first else "DESC"
    asked = f"SELECT {number} FROM {source} WHERE {where} ORDER BY {number} {order} LIMIT :most"  # noqa: S608 (its parts are above)
    return list(db.scalars(text(asked), given))


def newest(db: Session, match: Match, most: int) -> list[int]:
    """Return the numbers of documents that match, those first that were taken in last.

    All hits are looked at; the order of the index is that of dates.
    """
    on_sqlite = _on_sqlite(db)
    found = "SELECT rowid FROM search_text WHERE search_text MATCH :match" if on_sqlite else (
        "SELECT number FROM search_text WHERE vector @@ CAST(:match AS tsquery)"
    )  # fmt: skip
    given: dict[str, object] = {"most": most}
    given["match"] = _fts5(match) if on_sqlite else _tsquery(match)
    usable = ""
    if match.usable_at is not None:
        usable, given["usable_at"] = f"AND {_USABLE} ", match.usable_at
    asked = (
        f"SELECT d.number FROM search_document d WHERE d.number IN ({found}) {usable}"  # noqa: S608 (its parts are above)
        "ORDER BY d.created_at DESC, d.number DESC LIMIT :most"
    )
    return list(db.scalars(text(asked), given))


def count(db: Session, match: Match, most: int) -> int:
    """Return how many documents match, counting no further than *most*."""
    return len(numbers(db, match, most=most))


def write(db: Session, number: int, tokens: str) -> None:
    """Put a document into the index that is not in it."""
    if _on_sqlite(db):
        asked = "INSERT INTO search_text (rowid, words) VALUES (:number, :tokens)"
        db.execute(text(asked), {"number": number, "tokens": tokens})
        return
    asked = "INSERT INTO search_text (number, vector) VALUES (:number, CAST(:vector AS tsvector))"
    db.execute(text(asked), {"number": number, "vector": _vector(tokens)})


def remove(db: Session, number: int, tokens: str) -> None:
    """Take a document out of the index; *tokens* are those that were put in."""
    if _on_sqlite(db):
        # The index keeps no texts of its own; FTS5 is told what to take out.
        asked = (
            "INSERT INTO search_text (search_text, rowid, words) "
            "VALUES ('delete', :number, :tokens)"
        )
        db.execute(text(asked), {"number": number, "tokens": tokens})
        return
    db.execute(text("DELETE FROM search_text WHERE number = :number"), {"number": number})


def clear(db: Session) -> None:
    """Empty the index."""
    if _on_sqlite(db):
        db.execute(text("INSERT INTO search_text (search_text) VALUES ('delete-all')"))
        return
    db.execute(text("DELETE FROM search_text"))


def settle(db: Session) -> None:
    """Let the engine put the index in order after many writes."""
    if _on_sqlite(db):
        db.execute(text("INSERT INTO search_text (search_text) VALUES ('optimize')"))
        db.execute(text("ANALYZE search_document"))
        return
    db.execute(text("ANALYZE search_text"))
    db.execute(text("ANALYZE search_document"))


def _on_sqlite(db: Session) -> bool:
    return db.get_bind().dialect.name == "sqlite"


def _vector(tokens: str) -> str:
    """Return the text of a tsvector: each token with its places, counted from 1."""
    places: dict[str, list[str]] = {}
    for place, token in enumerate(tokens.split(" "), start=1):
        if token != GAP:
            places.setdefault(token, []).append(str(place))
    return " ".join(f"'{token}':{','.join(found)}" for token, found in places.items())


def _fts5(match: Match) -> str:
    wanted = [f"({' OR '.join(_quoted(MARK + one) for one in group)})" for group in match.marks]
    wanted += [_any_of((_fts5_term(term, sign) for sign in match.signs), "OR")
               for term in match.words.wanted]  # fmt: skip
    unwanted = [_fts5_term(term, sign) for term in match.words.unwanted for sign in match.signs]
    asked = " AND ".join(wanted)
    return f"({asked}) NOT ({' OR '.join(unwanted)})" if unwanted else asked


def _fts5_term(term: Term, sign: str) -> str:
    phrase = " ".join(sign + word for word in term.words)
    return f'"{phrase}"{" *" if term.begins else ""}'


def _quoted(token: str) -> str:
    return f'"{token}"'


def _tsquery(match: Match) -> str:
    wanted = [_any_of((f"'{MARK}{one}'" for one in group), "|") for group in match.marks]
    wanted += [_any_of((_tsquery_term(term, sign) for sign in match.signs), "|")
               for term in match.words.wanted]  # fmt: skip
    unwanted = [
        f"!({_tsquery_term(term, sign)})" for term in match.words.unwanted for sign in match.signs
    ]
    return " & ".join([*wanted, *unwanted])


def _tsquery_term(term: Term, sign: str) -> str:
    words = [f"'{sign}{word}'" for word in term.words]
    if term.begins:
        words[-1] += ":*"
    return f"({' <-> '.join(words)})"


def _any_of(parts: Iterable[str], sign: str) -> str:
    return f"({f' {sign} '.join(parts)})"
