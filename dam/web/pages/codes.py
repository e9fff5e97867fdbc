"""The page of code replacements."""

from dataclasses import dataclass
from typing import ClassVar

from dam.web.pages.compared import Conflict
from dam.web.pages.parts import Site


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code, what it stands for, and the record that it links."""

    code: str
    stands_for: str
    url: str = ""
    what: str = ""


_NOTHING_TYPED = CodeRow("", "")


@dataclass(frozen=True, slots=True)
class CodePage:
    """``/desk/codes``: the codes, a form for one more, a file in and out.

    Posts to itself, ``/remove`` and ``/file`` (``do``: ``try`` or ``read``). ``tried`` is the text
    of a file that was read without writing, with what it would change; ``check`` goes back with it.
    ``typed`` was not saved, and ``seen`` is what its code stood for when it was typed.
    """

    site: Site
    rows: tuple[CodeRow, ...]
    problem: str = ""
    tried: str = ""
    changes: tuple[CodeRow, ...] = ()
    same: int = 0
    bad: tuple[str, ...] = ()
    check: str = ""
    typed: CodeRow = _NOTHING_TYPED
    seen: str = ""
    conflict: Conflict | None = None
    template: ClassVar[str] = "code_list.html"
