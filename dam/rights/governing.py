"""Which statement governs where a photograph and the work in it have statements of their own.

The more restrictive of the two: a photograph under a licence, of a work in copyright, is not under
that licence for whoever takes it.
"""

from collections.abc import Iterator
from types import MappingProxyType

from dam.rights.facts import Facts, RecordedStatement
from dam.rights.statements import Family, Statement, UnknownRightsUri, statement

_OWN_WORDS = "The archive has terms of its own for it: ask the archive before you use it."
_ORDER = (
    *("CC0", "PDM", "BY", "BY-SA", "BY-ND", "BY-NC", "BY-NC-SA", "BY-NC-ND", "BY-ND-NC"),
    *("NKC", "NoC-US", "NoC-OKLR", "NoC-NC", "NoC-CR", "UND", "CNE"),
)
_RESTRICTIVE = ("InC-RUU", "InC-EDU", "InC-NC", "InC-OW-EU", "InC")
_UNKNOWN = len(_ORDER)
_LOCAL = _UNKNOWN + 1


def known_statement(recorded: RecordedStatement | None) -> Statement | None:
    """Return what a recorded statement stands for, or none where it means nothing known."""
    if recorded is None:
        return None
    try:
        return statement(recorded.uri)
    except UnknownRightsUri:
        return local_statement(recorded) if recorded.label else None


def local_statement(recorded: RecordedStatement) -> Statement:
    """Return a statement in the archive's own words; it grants nothing."""
    return Statement(
        uri=recorded.uri,
        family=Family.LOCAL,
        code="",
        version="",
        use_in_words=_OWN_WORDS,
        labels=MappingProxyType({"en": recorded.label}),
    )


def statements_on_record(facts: Facts) -> Iterator[Statement]:
    """Yield the statements of all layers that mean something known."""
    for layer in facts.layers:
        known = known_statement(facts.statement_of(layer))
        if known is not None:
            yield known


def recorded_statement(facts: Facts) -> Statement | None:
    """Return the statement that governs: the more restrictive layer's, or none known."""
    layers = (known_statement(facts.statement_of(layer)) for layer in facts.layers)
    return max(layers, key=restrictiveness)


def restrictiveness(known: Statement | None) -> int:
    """Return a number that grows with what a statement holds back; nothing known is in between.

    Whatever claims copyright outranks silence, since it may be said of both; all else does not.
    """
    if known is None:
        return _UNKNOWN
    if known.family is Family.LOCAL:
        return _LOCAL
    if known.code in _RESTRICTIVE:
        return _LOCAL + 1 + _RESTRICTIVE.index(known.code)
    return _ORDER.index(known.code)
