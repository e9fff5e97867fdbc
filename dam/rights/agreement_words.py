"""Agreements in words: in one sentence for a reason, and in full for the log."""

from collections.abc import Iterator

from dam.rights.agreements import Agreement, Direction
from dam.rights.days import day_in_words
from dam.rights.territories import territory_name


def in_words(agreement: Agreement) -> str:
    """Return an agreement in one sentence, for people of the archive."""
    scope = agreement.scope
    exclusive = "exclusive" if agreement.exclusive else "non-exclusive"
    where = ", ".join(map(territory_name, scope.territories)) or "no territory named"
    media = ", ".join(one.words for one in scope.media) or "no medium named"
    purposes = ", ".join(one.words for one in scope.purposes) or "no purpose named"
    parts = [
        f"{agreement.kind.capitalize()} of {agreement.licensor} for {agreement.licensee}",
        f"{exclusive}; {where}; {media}; {purposes}",
    ]
    signed = f"signed {day_in_words(agreement.signed)}" if agreement.signed else "not signed"
    until = f"until {day_in_words(agreement.end)}" if agreement.end else "without an end"
    return f"{'; '.join(parts)}; {signed}, {until}."


def clauses(agreement: Agreement) -> Iterator[tuple[str, str]]:
    """Yield each clause of an agreement that says something: what it is about, and what it says."""
    scope = agreement.scope
    given = "to the archive" if agreement.direction is Direction.IN else "by the archive"
    yield "kind", f"{agreement.kind}, {given}"
    yield "licensor", agreement.licensor
    yield "licensee", agreement.licensee
    yield "exclusive", "yes" if agreement.exclusive else "no"
    said = {
        "signed": day_in_words(agreement.signed) if agreement.signed else "",
        "starts": day_in_words(agreement.start) if agreement.start else "",
        "ends": day_in_words(agreement.end) if agreement.end else "never",
        "territories": ", ".join(map(territory_name, scope.territories)),
        "media": ", ".join(one.words for one in scope.media),
        "purposes": ", ".join(one.words for one in scope.purposes),
        "largest size": _count(agreement.largest_pixels, "pixels"),
        "print run": _count(agreement.print_run, "copies"),
        "fee": agreement.fee,
        "required credit": agreement.credit,
        "alterations": _answer(agreement.alterations),
        "text and data mining, training of AI": _answer(agreement.mining),
        "sublicensing": _answer(agreement.sublicensing),
        "notice period": _count(agreement.notice_days, "days"),
        "duties": "; ".join(agreement.duties),
        "documents": ", ".join(agreement.documents),
        "note": agreement.note,
        "void": "yes" if agreement.void else "",
    }
    yield from ((about, words) for about, words in said.items() if words)


def _count(number: int | None, of: str) -> str:
    return "" if number is None else f"{number} {of}"


def _answer(said: bool | None) -> str:  # noqa: FBT001 (an answer, and not a switch)
    return "" if said is None else ("allowed" if said else "not allowed")


def in_full(agreement: Agreement) -> str:
    """Return every clause, as the log keeps them."""
    return "; ".join(f"{about}: {words}" for about, words in clauses(agreement))
