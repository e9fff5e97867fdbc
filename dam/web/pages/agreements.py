"""The pages of agreements and of planned uses."""

from dataclasses import dataclass
from typing import ClassVar

from dam.web.pages.forms import FieldGroup
from dam.web.pages.parts import Link, Option, Paging, Site


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement in the list; ``state`` says whether it binds now, in one or two words."""

    name: str
    url: str
    parties: str
    until: str
    state: str
    count: int


@dataclass(frozen=True, slots=True)
class AgreementList:
    """``/rights/agreements``: all agreements, newest first, and the way to a new one."""

    site: Site
    rows: tuple[AgreementRow, ...]
    template: ClassVar[str] = "agreement_list.html"


@dataclass(frozen=True, slots=True)
class AgreementForm:
    """``/rights/agreements/new`` and ``…/{number}/edit``.

    Posts the fields of ``groups`` to ``action``, with ``seen``: the version that the form was made
    from, 0 for a new agreement.
    """

    site: Site
    heading: str
    action: str
    back_url: str
    groups: tuple[FieldGroup, ...]
    seen: int = 0
    problem: str = ""
    template: ClassVar[str] = "agreement_form.html"


@dataclass(frozen=True, slots=True)
class AgreementVersion:
    """One version: when, by whom, and what it changed, in words."""

    at: str
    when: str
    who: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoveredFrame:
    """A photograph that an agreement covers; ``layers`` is empty where it is both."""

    id: str
    title: str
    layers: str
    via: str


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """``/rights/agreements/{number}``: its clauses, what it covers, and every version.

    Posts ``photographs`` (lines), ``series`` or ``search``, ``layers`` to ``…/cover``, which asks
    first; ``id`` (several) to ``…/end``; nothing to ``…/undo``.
    """

    site: Site
    number: int
    heading: str
    state: str
    clauses: tuple[tuple[str, str], ...]
    covered: tuple[CoveredFrame, ...]
    count: int
    paging: Paging
    series: tuple[Option, ...]
    versions: tuple[AgreementVersion, ...]
    seen: int
    typed: str = ""
    problem: str = ""
    template: ClassVar[str] = "agreement.html"


@dataclass(frozen=True, slots=True)
class CoverPreview:
    """What covering would do, before it is done; posts the same fields with ``do=cover``."""

    site: Site
    number: int
    heading: str
    sentence: str
    changes: tuple[tuple[str, int], ...]
    frames: tuple[CoveredFrame, ...]
    more: int
    hidden: tuple[tuple[str, str], ...]
    template: ClassVar[str] = "agreement_cover.html"


@dataclass(frozen=True, slots=True)
class UseRow:
    """A planned use in the list."""

    url: str
    number: int
    verdict: str
    sentence: str
    when: str
    who: str


@dataclass(frozen=True, slots=True)
class UseList:
    """``/rights/uses``: a form that asks about a planned use, and what was asked before.

    Posts ``photographs`` (lines) and the fields of ``groups`` to itself.
    """

    site: Site
    groups: tuple[FieldGroup, ...]
    rows: tuple[UseRow, ...]
    problem: str = ""
    template: ClassVar[str] = "use_list.html"


@dataclass(frozen=True, slots=True)
class AnsweredFrame:
    """The answer for one photograph; ``clauses`` are verdict and sentence, deciding ones first."""

    photograph: Link
    verdict: str
    clauses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class UsePage:
    """``/rights/uses/{number}``: the question, the answer, and the clauses it rests on."""

    site: Site
    number: int
    verdict: str
    headline: str
    sentence: str
    asked: str
    frames: tuple[AnsweredFrame, ...]
    template: ClassVar[str] = "use.html"
