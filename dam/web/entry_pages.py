"""From entries of the register to the dataclasses of their pages, and to sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dam.records.evidence import Evidence
from dam.records.register import NewRecord, RecordKind, RightsRecord, standing
from dam.rights.agreement_words import in_words as agreement_in_words
from dam.rights.days import day_in_words
from dam.rights.entries import Detail, in_words
from dam.rights.facts import Facts
from dam.rights.layers import Layer
from dam.rights.statements import UnknownRightsUri, statement
from dam.web import pages, public_pages
from dam.web.entry_forms import KINDS, EntryKind
from dam.web.pages.forms import FieldGroup
from dam.workflows.presentation import Told

_SENTENCES = {
    RecordKind.STATEMENT: "Rights statement{layer}: {text}.{day}{detail}",
    RecordKind.EXCEPTION: "Exception of law{layer}: {text}.{day}{detail}",
    RecordKind.RELEASE: "Release of {text}.{day}{detail}",
    RecordKind.RESTRICTION: "Restriction ({text}).{day}{detail}",
    RecordKind.ORPHAN_SEARCH: "Search for holders{layer}.{text}{day}{detail}",
}
_DAYS = {
    RecordKind.STATEMENT: "Review by {}.",
    RecordKind.EXCEPTION: "Review by {}.",
    RecordKind.RELEASE: "Last day {}.",
    RecordKind.RESTRICTION: "First visible day {}.",
    RecordKind.ORPHAN_SEARCH: "Last source on {}.",
}


def sentence(new: NewRecord) -> str:
    """Return what an entry of the register says, in a line."""
    text = _statement_in_words(new.text) if new.kind is RecordKind.STATEMENT else new.text
    if new.kind is RecordKind.ORPHAN_SEARCH:
        text = f" Registered as {new.text}." if new.text else ""
    day = "" if new.day is None else " " + _DAYS[new.kind].format(day_in_words(new.day))
    said = "" if new.detail is None else _detail(new.detail)
    return _SENTENCES[new.kind].format(
        layer=" of the work shown" if new.layer is Layer.WORK else "",
        text=text,
        day=day,
        detail=said,
    )


def _detail(detail: Detail) -> str:
    words = in_words(replace(detail, evidence=()))
    return f" {words[:1].upper()}{words[1:]}." if words else ""


def _statement_in_words(uri: str) -> str:
    try:
        return f"{statement(uri).label()} ({uri})"
    except UnknownRightsUri:
        return uri


def papers_of(record: RightsRecord | None) -> tuple[str, ...]:
    """Return the digests of the papers that an entry rests on."""
    detail = None if record is None else record.value.detail
    return () if detail is None else detail.evidence


def resting_on(new: NewRecord, papers: tuple[str, ...], supersedes: int | None) -> NewRecord:
    """Return an entry with its papers, that takes the place of the one of that number."""
    detail = None if new.detail is None else replace(new.detail, evidence=papers)
    return replace(new, detail=detail, supersedes=supersedes)


def form(  # noqa: PLR0913 (each argument is a part of the page, by name)
    site: pages.Site,
    told: Told,
    entry: EntryKind,
    *,
    groups: tuple[FieldGroup, ...],
    seen: int,
    old: RightsRecord | None,
    papers: Mapping[str, Evidence],
    problem: str,
) -> pages.EntryForm:
    """Return the form of an entry."""
    own = f"/rights/p/{told.photograph.id}"
    heading = entry.heading if old is None else f"{old.name}: {entry.heading.lower()}"
    return pages.EntryForm(
        site=site,
        heading=heading,
        title=public_pages.title(told).text,
        action=f"{own}/entries/{entry.kind}",
        back_url=own,
        groups=groups,
        seen=seen,
        supersedes=None if old is None else old.id,
        papers=tuple(pages.Option(one.sha256, one.name, chosen=True) for one in papers.values()),
        problem=problem,
    )


def entries(photograph_id: str, history: Sequence[RightsRecord]) -> tuple[pages.RegisterEntry, ...]:
    """Return the entries that hold, oldest first, each with the way to what supersedes it."""
    found = (one for one in standing(reversed(history)).records if one.value.kind.value in KINDS)
    return tuple(
        pages.RegisterEntry(
            name=one.name,
            sentence=sentence(one.value),
            url=f"/rights/p/{photograph_id}/entries/{one.value.kind}?of={one.id}",
            papers=tuple(_papers(one)),
        )
        for one in sorted(found, key=lambda one: one.id)
    )


def _papers(record: RightsRecord) -> Iterator[pages.Link]:
    for number, digest in enumerate(papers_of(record), 1):
        yield pages.Link(f"Paper {number} of {record.name}", f"/rights/papers/{digest}")


def kinds(photograph_id: str) -> tuple[pages.Link, ...]:
    """Return the ways to new entries, one of each kind."""
    return tuple(
        pages.Link(one.heading, f"/rights/p/{photograph_id}/entries/{name}")
        for name, one in KINDS.items()
    )


def agreements(facts: Facts) -> tuple[pages.Link, ...]:
    """Return the agreements that cover a photograph."""
    return tuple(
        pages.Link(
            one.agreement.name,
            f"/rights/agreements/{one.agreement.number}",
            agreement_in_words(one.agreement),
        )
        for one in facts.agreements
    )
