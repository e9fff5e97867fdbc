"""What was done, grouped by edit: part of the pages of photographs, series and names."""

from dataclasses import dataclass

from dam.web.pages.parts import Words


@dataclass(frozen=True, slots=True)
class FieldEdited:
    """One field before and after an edit, in words; ``label`` is its name and language."""

    label: str
    before: Words
    after: Words


@dataclass(frozen=True, slots=True)
class Edit:
    """Who did what, when: ``at`` is ISO 8601, ``when`` the same for people.

    ``group`` is the identifier of the edit in the log, empty where it is no edit of words;
    ``may_undo`` where it stands, and can be taken back from here.
    """

    at: str
    when: str
    who: str
    what: str
    fields: tuple[FieldEdited, ...] = ()
    group: str = ""
    may_undo: bool = False
