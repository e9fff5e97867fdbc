"""What a field holds, before or after, as a person reads it."""

from dam.catalogue.notices import Notice
from dam.catalogue.people import Contributor, PersonShown, Role
from dam.catalogue.places import Locality
from dam.catalogue.typed import typed_contributors, typed_notices


def value_in_words(words: object) -> str:
    """Return what a field holds: of linked records their words alone."""
    match words:
        case tuple():
            return "; ".join(map(value_in_words, words))
        case Contributor():
            return words.byline if words.role is Role.PHOTOGRAPHER else typed_contributors([words])
        case PersonShown():
            return words.words
        case Notice():
            return typed_notices([words])
        case Locality():
            return words.in_words
        case _:
            return str(words or "")
