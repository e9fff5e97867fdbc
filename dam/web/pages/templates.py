"""The pages of templates of descriptions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from dam.web.pages.caption_form import CAPTION_FIELDS, Facts, Texts, WordsForm
from dam.web.pages.compared import Conflict
from dam.web.pages.edits import Edit
from dam.web.pages.parts import Site

_OF_ONE_FRAME = frozenset({"dateline", "accession", "negative"})


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A template in the list, with the fields that it fills."""

    url: str
    name: str
    fills: str


@dataclass(frozen=True, slots=True)
class TemplateList:
    """``/desk/templates``: every template, and a form for a new one; ``typed`` was not taken."""

    site: Site
    rows: tuple[TemplateLine, ...]
    problem: str = ""
    typed: str = ""
    template: ClassVar[str] = "template_list.html"


@dataclass(frozen=True, slots=True)
class TemplatePage(WordsForm):
    """``/desk/templates/one?name=``: one template.

    Posts ``name`` and ``revision`` with its fields to ``/desk/templates/one``, with ``new_name`` to
    ``/desk/templates/rename``, and to ``/desk/templates/remove``.
    """

    site: Site
    name: str
    revision: int
    texts: tuple[Texts, ...]
    facts: Facts
    edits: tuple[Edit, ...]
    languages_to_add: tuple[str, ...] = ()
    errors: Mapping[str, str] | None = None
    understood: Mapping[str, tuple[str, ...]] | None = None
    problem: str = ""
    new_name: str = ""
    conflict: Conflict | None = None
    template: ClassVar[str] = "template.html"

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the form; a number is that of one frame alone."""
        return tuple(name for name in CAPTION_FIELDS if name not in _OF_ONE_FRAME)
