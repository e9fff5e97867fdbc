"""Templates of descriptions: words that are put where there are none yet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from dam.catalogue.changes import Description, fields_of, of_fields
from dam.catalogue.fields import Fields
from dam.catalogue.text import TextField, clean
from dam.errors import Malformed

LONGEST_NAME = 100
"""Characters of the name of a template."""


class BadTemplateName(Malformed):
    """A template has no name, or one that is none."""

    def __init__(self) -> None:
        super().__init__(
            f"The name of a template has 1 to {LONGEST_NAME} characters and no slash; write one, "
            "such as “Aghdam 1992”."
        )


def template_name(text: str) -> str:
    """Return what a template is called; raises ``BadTemplateName``."""
    name = clean(text, multiline=False)
    if not 1 <= len(name) <= LONGEST_NAME or "/" in name:
        raise BadTemplateName
    return name


_VARIABLE = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """Words under a name; variables such as ``{date}`` in its texts are filled in."""

    name: str
    words: Description


def template_of(name: str, description: Description) -> Template:
    """Return the words of a frame as a template; its turn, mark and numbers are its own."""
    people = tuple(replace(person, region=None) for person in description.people)
    words = replace(description, people=people, turn=None, mark=None, recto_id=None)
    words = replace(words, accession=None, negative=None)
    return Template(name, words)


def filled(template: Template, description: Description, frame: int | None = None) -> Description:
    """Return *description* with the words of *template* in the fields that are empty.

    A field that has words is never touched. *frame* is its number in the series. A variable
    that has nothing to say is left out.
    """
    known = variables(description, frame)
    wanted: Fields = {
        key: _written(words, known) if isinstance(words, str) else words
        for key, words in fields_of(template.words).items()
    }
    return of_fields(wanted | fields_of(description))


def variables(description: Description, frame: int | None = None) -> dict[str, str]:
    """Return what the variables of a template stand for in *description*."""
    places = [text.value for text in description.texts if text.field is TextField.PLACE]
    return {
        "date": description.date_text or "",
        "place": next(iter(places), ""),
        "photographer": ", ".join(description.creators),
        "accession": description.accession or "",
        "negative": description.negative or "",
        "frame": "" if frame is None else str(frame),
        "people": ", ".join(person.words for person in description.people),
    }


def _written(text: str, known: Mapping[str, str]) -> str:
    replaced = _VARIABLE.sub(lambda found: known.get(found[1], found[0]), text)
    return re.sub(r" {2,}", " ", replaced).strip()
