"""From authority records to the parts of their pages."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from dam.catalogue.authorities import Authority
from dam.catalogue.in_words import record_in_words
from dam.catalogue.links import LinkKind
from dam.catalogue.marks import MarkKind
from dam.config import Settings
from dam.web import names_form, pages
from dam.web.compared import compared, conflict
from dam.web.find_pages import NAMES
from dam.workflows.names import Named

ROLES = {
    LinkKind.CONTRIBUTOR: "had a part in it",
    LinkKind.PERSON: "is shown",
    LinkKind.PLACE: "is its place",
}
"""What a record is to a photograph that names it."""


def row(one: Authority, parent: Authority | None, language: str) -> pages.NameRow:
    """Return a record as the list shows it."""
    name = one.name(language)
    others = dict.fromkeys(each.name for each in one.names if each.name != name)
    return pages.NameRow(
        url=f"/desk/names/{one.id}",
        name=name,
        kind=names_form.KINDS[one.kind],
        others="; ".join(others),
        beside=parent.name(language) if parent else one.life_dates,
    )


def link(one: Authority, language: str, note: str = "") -> pages.Link:
    """Return a link to the page of a record."""
    return pages.Link(one.name(language), f"/desk/names/{one.id}", note)


def named_link(one: Named, settings: Settings) -> pages.Link:
    """Return a link to a record that a photograph names: as what, and in which other words."""
    language, role = settings.archive_language, ROLES[one.kind]
    same = one.words == one.record.name(language)
    return link(one.record, language, role if same else f"{role}, as “{one.words}”")


def find_url(one: Authority) -> str:
    """Return where the photographs of a place, or those that somebody made, are found."""
    name = NAMES[MarkKind.CREATOR if one.kind.acts else MarkKind.PLACE]
    return f"/desk/find?{urlencode({name: one.id})}"


def list_url(words: str, kind: str, number: int) -> str:
    """Return the address of a page of the list."""
    asked = {"q": words, "kind": kind, "page": str(number) if number > 1 else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/desk/names?{query}" if query else "/desk/names"


def said(record: Authority) -> dict[str, str]:
    """Return what a record says, in words, by what each fact is called."""
    point = record.coordinates
    return {
        "Kind": names_form.KINDS[record.kind],
        "Names": "\n".join(map(record_in_words, record.names)),
        "Numbers": "\n".join(map(record_in_words, record.identifiers)),
        "Dates": record.life_dates,
        "Kind of place": record.place_kind,
        "Coordinates": record_in_words(point) if point else "",
        "Note": record.note,
    }


def beside(one: Authority, other: Authority) -> tuple[pages.Beside, ...]:
    """Return two records side by side, without the facts that neither has."""
    gone, kept = said(one), said(other)
    return tuple(
        pages.Beside(label, gone[label], kept[label])
        for label in gone
        if gone[label] or kept[label]
    )


def with_typed(page: pages.NamePage, form: Mapping[str, str], revision: int) -> pages.NamePage:
    """Return the page with what was typed in its form, as it was read at *revision*."""
    return replace(
        page,
        revision=revision,
        names=names_form.typed_rows(form),
        facts=names_form.typed_facts(page.facts, form),
        numbers=tuple(replace(one, value=form.get(one.field, one.value)) for one in page.numbers),
    )


def with_conflict(
    page: pages.NamePage,
    form: Mapping[str, str],
    mine: Authority,
    theirs: Authority,
    saved: tuple[str, str],
) -> pages.NamePage:
    """Return the page with what was typed in its form, and both versions side by side."""
    parents = {"Larger place": form.get("parent", "")}, {"Larger place": page.facts.parent}
    changes = compared(said(mine) | parents[0], said(theirs) | parents[1])
    both = conflict("record", f"/desk/names/{page.id}", saved, changes)
    if page.merged_into is not None:
        both = replace(
            both,
            sentence=f"This record was merged into {page.merged_into.label} before you saved. "
            "Nothing was written; your words stand here, to be copied into that record.",
        )
    return replace(with_typed(page, form, page.revision), conflict=both)
