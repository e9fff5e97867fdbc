"""What statements and agreements say of a planned use of one layer."""

from collections.abc import Iterator

from dam.rights.agreements import Agreement, Direction, Medium, Scope, UsePurpose
from dam.rights.days import day_in_words
from dam.rights.facts import Facts, Layer
from dam.rights.governing import known_statement
from dam.rights.grounds import grants
from dam.rights.planned_use import Clause, Use, Verdict, answer_of
from dam.rights.statements import Statement
from dam.rights.territories import covered, territory_name

_YES, _ASK, _NO = Verdict.YES, Verdict.ASK, Verdict.NO


def of_layer(facts: Facts, layer: Layer, use: Use) -> Clause:
    """Return what decides about one layer: a grant, else what forbids it, else what is silent."""
    found = [_of_agreement(one, layer, use) for one in grants(facts, layer)]
    found += _of_statement(facts, layer, use)
    granted = [one for one in found if one.verdict is _YES]
    if granted:
        return granted[0]
    if not found:
        return Clause(_ASK, f"Nothing on record says how {layer.words} may be used.")
    return answer_of(found).clauses[0]


def _of_statement(facts: Facts, layer: Layer, use: Use) -> Iterator[Clause]:
    recorded = facts.statement_of(layer)
    if recorded is None:
        return
    known = known_statement(recorded)
    if known is None:
        words = f"What is recorded of {layer.words} is not understood ({recorded.record})."
        yield Clause(_ASK, words, recorded.record)
        return
    verdict, words = _said_by(known, use)
    sentence = f"“{known.label()}”, on record for {layer.words}, {words} ({recorded.record})."
    yield Clause(verdict, sentence, recorded.record)


def _said_by(known: Statement, use: Use) -> tuple[Verdict, str]:
    if known.public_domain:
        return _YES, "lets everybody use it for anything"
    if known.permits_showing:
        return _said_by_licence(known, use)
    if known.noncommercial:
        return _said_by_free_use(known, use)
    if known.code == "InC-EDU" and use.purpose is UsePurpose.EDUCATION and not use.sells:
        return _YES, "allows teaching"
    if known.code == "NoC-US" and set(use.territories) == {"US"}:
        return _YES, "says that no copyright holds it in the United States"
    return _ASK, "does not say whether it may be used so"


def _said_by_free_use(known: Statement, use: Use) -> tuple[Verdict, str]:
    if not use.sells:
        return _YES, "allows uses by which nobody earns"
    # A contract forbids what it does not allow; a holder can be asked for more.
    return (_NO if known.code == "NoC-NC" else _ASK), "allows only uses by which nobody earns"


def _said_by_licence(known: Statement, use: Use) -> tuple[Verdict, str]:
    if known.noncommercial and use.sells:
        return _NO, "forbids uses by which somebody earns"
    if known.no_derivatives and use.changed:
        return _NO, "forbids changed copies"
    also = ", and what is made of it has the same licence" if known.sharealike else ""
    return _YES, f"allows it with credit and the name of the licence{also}"


def _of_agreement(agreement: Agreement, layer: Layer, use: Use) -> Clause:
    lacks = tuple(_lacks(agreement, use))
    name = agreement.name
    if not lacks:
        with_credit = f", with the credit “{agreement.credit}”" if agreement.credit else ""
        return Clause(
            _YES, f"The agreement about {layer.words} covers the use{with_credit} ({name}).", name
        )
    # Whoever forbids something within what is covered says no; what is not covered can be asked.
    verdict = _NO if all(one is _NO for one, _ in lacks) else _ASK
    said = "; ".join(words for _, words in lacks)
    return Clause(
        verdict, f"The agreement about {layer.words} does not cover the use: {said} ({name}).", name
    )


def _lacks(agreement: Agreement, use: Use) -> Iterator[tuple[Verdict, str]]:
    yield from _outside(agreement, use)
    yield from _above(use.pixels, agreement.largest_pixels, "pixels of the longest side")
    if use.medium in {Medium.PRINT, Medium.MERCHANDISE}:
        yield from _above(use.copies, agreement.print_run, "copies")
    for wanted, allowed, words in (
        (use.changed, agreement.alterations, "changed copies"),
        (use.mining, agreement.mining, "text and data mining or training"),
        (use.for_others, agreement.sublicensing, "use by others than the archive"),
    ):
        if wanted and allowed is False:
            yield _NO, f"it forbids {words}"
        elif wanted and allowed is None:
            yield _ASK, f"it does not say whether it allows {words}"


def _outside(agreement: Agreement, use: Use) -> Iterator[tuple[Verdict, str]]:
    """Yield where the use leaves the time, the places, the media, the purposes of the agreement."""
    if not agreement.binds:
        yield _ASK, "it is not signed"
    if agreement.start is not None and use.first < agreement.start:
        yield _ASK, f"it begins on {day_in_words(agreement.start)}"
    if agreement.end is not None and (use.last is None or use.last > agreement.end):
        yield _ASK, f"it ends on {day_in_words(agreement.end)}"
    missing = [one for one in use.territories if not covered(one, agreement.scope.territories)]
    if missing:
        yield _ASK, f"not in {', '.join(map(territory_name, missing))}"
    if not agreement.covers_medium(use.medium):
        yield _ASK, f"not for {use.medium.words}"
    if not agreement.covers_purpose(use.purpose):
        yield _ASK, f"not for {use.purpose.words}"


def _above(wanted: int | None, most: int | None, what: str) -> Iterator[tuple[Verdict, str]]:
    if most is None:
        return
    if wanted is None:
        yield _ASK, f"it allows at most {most} {what}, and the use does not say how many"
    elif wanted > most:
        yield _NO, f"it allows at most {most} {what}"


def of_agreements_out(facts: Facts, use: Use) -> Iterator[Clause]:
    """Yield what the archive has given away: an exclusive right of somebody else forbids."""
    for agreement in dict.fromkeys(one.agreement for one in facts.agreements):
        if agreement.direction is not Direction.OUT or not _meets(agreement, use):
            continue
        theirs = agreement.licensee.strip().casefold() == use.asker.strip().casefold()
        if agreement.exclusive and not theirs:
            words = f"The archive has given this to {agreement.licensee} alone"
            yield Clause(_NO, f"{words} ({agreement.name}).", agreement.name)
        elif theirs and not tuple(_lacks(agreement, use)):
            words = f"The archive has given it to {agreement.licensee} already"
            yield Clause(_YES, f"{words} ({agreement.name}).", agreement.name)


def _meets(agreement: Agreement, use: Use) -> bool:
    """Whether the agreement binds anywhere within the use: time, territory, medium, purpose."""
    return (
        agreement.binds
        and (agreement.start is None or use.last is None or agreement.start <= use.last)
        and (agreement.end is None or agreement.end >= use.first)
        and agreement.scope.meets(Scope(use.territories, (use.medium,), (use.purpose,)))
    )
