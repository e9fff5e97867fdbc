"""How far the work on a photograph is, and what is missing before it is published."""

from collections.abc import Iterable
from enum import StrEnum

from dam.catalogue.changes import Description
from dam.catalogue.text import TextField


class Stage(StrEnum):
    """The states of work. The last two are said by the rights records and by nothing else."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


def stage(*, in_review: bool, published: bool, withdrawn: bool) -> Stage:
    """Return the state of work; what the rights records say comes first."""
    if withdrawn:
        return Stage.WITHDRAWN
    if published:
        return Stage.PUBLISHED
    return Stage.IN_REVIEW if in_review else Stage.DRAFT


def missing(description: Description, language: str) -> tuple[str, ...]:
    """Return what is missing before the photograph should be published, a sentence each.

    *language* is the archive's own: title, caption and alternative text are wanted in it, or in
    another one at least.
    """
    fields = {(text.field, text.language) for text in description.texts}
    sentences = [
        _without(word, language, elsewhere=any(field is one for one, _ in fields))
        for field, word in _WANTED
        if (field, language) not in fields
    ]
    if not description.creators:
        sentences.append("Nobody is named as photographer; write the byline, or “unknown”.")
    if not description.date_text:
        sentences.append("There is no date; a decade, or “unknown”, is a date too.")
    if not description.places and not any(field is TextField.PLACE for field, _ in fields):
        sentences.append("No place is named; a country, or “unknown”, is a place too.")
    return tuple(sentences)


_WANTED = (
    (TextField.TITLE, "title"),
    (TextField.CAPTION, "caption"),
    (TextField.ALT, "alternative text"),
)


def _without(word: str, language: str, *, elsewhere: bool) -> str:
    article = "an" if word[0] in "aeiou" else "a"
    if elsewhere:
        return f"There is {article} {word} in another language, and none in “{language}”."
    return f"There is no {word}; write one in “{language}”."


Required = tuple[tuple[str, ...], ...]
"""What must be written before publishing: of each group one, by the word of its field."""


def lacking(description: Description, required: Required) -> tuple[str, ...]:
    """Return what must be written before the photograph is published, a sentence each.

    Any language will do: what is asked is that something is there.
    """
    return tuple(
        _lacks(group) for group in required if not any(_has(description, one) for one in group)
    )


def _has(description: Description, requirement: str) -> bool:
    texts = {text.field.value for text in description.texts}
    match requirement:
        case "creator":
            return bool(description.creators)
        case "date":
            return bool(description.date_text)
        case "place":
            return bool(description.places) or TextField.PLACE.value in texts
        case _:
            return requirement in texts


_CALLED = {"alt": "alternative text", "creator": "photographer"}


def _lacks(group: Iterable[str]) -> str:
    called = [_CALLED.get(one, one) for one in group]
    if len(called) == 1:
        return f"There is no {called[0]}; it is needed before publishing."
    return f"There is no {' and no '.join(called)}; one of them is needed before publishing."
