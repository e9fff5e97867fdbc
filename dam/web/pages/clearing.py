"""The pages of those who clear rights, and of those who look after accounts."""

from dataclasses import dataclass
from typing import ClassVar

from dam.web.pages.forms import FieldGroup
from dam.web.pages.parts import Explanation, Link, Option, Paging, Picture, Site


@dataclass(frozen=True, slots=True)
class RightsRecord:
    """One record of the register: an assessment, a decision of a person, a withdrawal."""

    at: str
    when: str
    who: str
    sentence: str
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """An entry of the register that holds: its name, what it says, and where it is superseded."""

    name: str
    sentence: str
    url: str
    papers: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryForm:
    """``/rights/p/{id}/entries/{kind}``: one entry of the register.

    Posts the fields of ``groups``, ``paper`` (digests that stay), ``papers`` (files), ``seen`` (the
    newest record that was read) and ``supersedes`` to ``action``; with ``do=end`` the entry that
    holds ends.
    """

    site: Site
    heading: str
    title: str
    action: str
    back_url: str
    groups: tuple[FieldGroup, ...]
    seen: int
    supersedes: int | None = None
    papers: tuple[Option, ...] = ()
    problem: str = ""
    template: ClassVar[str] = "entry_form.html"


@dataclass(frozen=True, slots=True)
class RightsDesk:
    """``/rights/p/{id}``: what may be shown to whom, why, and the form that changes it.

    Fields posted to ``/rights/p/{id}``: ``rights`` (or ``rights_other``), ``access``, ``cap``,
    ``embargo``, ``sensitivity``, ``show_without_evidence``, ``review``, ``revision``. Withdrawing
    and reinstating post ``reason`` to ``…/withdraw`` and ``…/reinstate``. ``warning`` is what a
    change just asked for cannot take back; it is shown in the form, which then asks for the
    field ``confirmed``.
    """

    site: Site
    id: str
    heading: str
    picture: Picture | None
    public: Explanation
    staff: Explanation
    revision: int
    rights: tuple[Option, ...]
    rights_other: str
    access: tuple[Option, ...]
    cap: str
    embargo: str
    sensitivity: tuple[Option, ...]
    show_without_evidence: bool
    review: str
    withdrawn: bool
    history: tuple[RightsRecord, ...]
    entries: tuple[RegisterEntry, ...] = ()
    kinds: tuple[Link, ...] = ()
    agreements: tuple[Link, ...] = ()
    errors: tuple[str, ...] = ()
    warning: str | None = None
    template: ClassVar[str] = "rights_desk.html"

    @property
    def asked(self) -> str:
        """Whom the first of the two explanations is about, such as "the public"."""
        chosen = next((one.label for one in self.public.audiences if one.chosen), "public")
        return f"the {chosen}" if chosen == "public" else f"a reader of the kind {chosen}"


@dataclass(frozen=True, slots=True)
class RightsRow:
    """A photograph in the table of rights; ``until`` is written for people."""

    id: str
    title: str
    statement: str
    decision: str
    until: str
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class RightsList:
    """``/rights/``: every photograph with its statement and its decision for the public."""

    site: Site
    rows: tuple[RightsRow, ...]
    count: int
    paging: Paging
    day: str
    search: str = ""
    template: ClassVar[str] = "rights_list.html"


@dataclass(frozen=True, slots=True)
class User:
    """An account; ``roles`` are the choices, with this account's chosen."""

    name: str
    roles: tuple[Option, ...]
    last_seen: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class UserList:
    """``/admin/``: accounts, and the form that adds one.

    Posts ``name``, ``role`` to ``/admin/users``; ``role`` to ``/admin/users/{name}/role``.
    ``invitation`` is a one-time link, shown once after an account was made.
    """

    site: Site
    users: tuple[User, ...]
    roles: tuple[Option, ...]
    problem: str | None = None
    invitation: str | None = None
    invited: str = ""
    template: ClassVar[str] = "user_list.html"
