"""How far the work on a photograph is, and what is missing before it is published."""

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
