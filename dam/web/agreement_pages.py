"""From agreements to the dataclasses of their pages."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from dam.errors import DamError
from dam.records.agreements import Cover, StoredAgreement
from dam.rights.agreement_words import clauses
from dam.rights.agreements import Agreement, in_force
from dam.rights.days import day_in_words, local_day
from dam.rights.layers import BOTH
from dam.rights.steps import Step
from dam.web import pages, public_pages
from dam.web.dates import when_in_words
from dam.web.pages.forms import FieldGroup
from dam.workflows.agreement_views import PAGE, AgreementView, CoverPlan, ListedAgreement
from dam.workflows.archive import Archive
from dam.workflows.presentation import Told

_SOON_DAYS = 90


def listed(
    site: pages.Site, found: Sequence[ListedAgreement], archive: Archive
) -> pages.AgreementList:
    """Return the list of agreements."""
    return pages.AgreementList(site, tuple(_row(one, archive) for one in found))


def _row(one: ListedAgreement, archive: Archive) -> pages.AgreementRow:
    said = one.stored.agreement
    return pages.AgreementRow(
        name=said.name,
        url=f"/rights/agreements/{said.number}",
        parties=f"{said.licensor} → {said.licensee}",
        until=day_in_words(said.end) if said.end else "without an end",
        state=state(said, archive),
        count=one.count,
    )


def state(said: Agreement, archive: Archive) -> str:
    """Return whether an agreement binds now, in a word or two."""
    today = local_day(archive.now(), archive.settings.timezone)
    if said.void:
        return "void"
    if said.signed is None:
        return "not signed"
    if in_force(said, archive.now(), archive.settings.timezone):
        left = (said.end - today).days if said.end else None
        return "in force" if left is None or left > _SOON_DAYS else f"ends in {left + 1} days"
    return "ended" if said.end and said.end < today else "not begun"


def heading(said: Agreement) -> str:
    """Return how an agreement is called."""
    return f"{said.name}: {said.licensor} → {said.licensee}"


def shown(
    site: pages.Site,
    found: AgreementView,
    series: Sequence[tuple[str, str]],
    archive: Archive,
) -> pages.AgreementPage:
    """Return the page of one agreement."""
    said = found.newest.agreement
    address = f"/rights/agreements/{said.number}?page="
    return pages.AgreementPage(
        site=site,
        number=said.number,
        heading=heading(said),
        state=state(said, archive),
        clauses=tuple(clauses(said)),
        covered=tuple(_covered(one, told) for one, told in found.covers),
        count=found.count,
        paging=pages.Paging.at(found.number, found.pages, lambda page: f"{address}{page}"),
        series=(
            pages.Option("", "no series", chosen=True),
            *(pages.Option(identifier, title) for identifier, title in series),
        ),
        versions=_versions(found.versions, archive),
        seen=found.newest.version,
    )


def _covered(one: Cover, told: Told) -> pages.CoveredFrame:
    layers = "" if one.layers == BOTH else f"the {one.layers[0]}"
    return pages.CoveredFrame(one.photograph_id, public_pages.title(told).text, layers, one.via)


def _versions(
    versions: Sequence[StoredAgreement], archive: Archive
) -> tuple[pages.AgreementVersion, ...]:
    before = [*(dict(clauses(one.agreement)) for one in versions[1:]), {}]
    return tuple(
        pages.AgreementVersion(
            at=one.recorded_at.isoformat(),
            when=when_in_words(one.recorded_at, archive.settings.timezone, date.min),
            who=one.recorded_by,
            changes=tuple(_changes(earlier, dict(clauses(one.agreement)))),
        )
        for one, earlier in zip(versions, before, strict=True)
    )


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    if not before:
        return ["Recorded."]
    return [
        f"{about}: {before.get(about) or 'nothing'} → {after.get(about) or 'nothing'}"
        for about in dict.fromkeys((*before, *after))
        if before.get(about) != after.get(about)
    ]


def refused(
    page: pages.AgreementPage, typed: Mapping[str, str], problem: str
) -> pages.AgreementPage:
    """Return the page with what was typed into it and why it was not done."""
    return replace(page, problem=problem, typed=typed.get("photographs", ""))


def form(
    site: pages.Site,
    agreement: Agreement | None,
    seen: int,
    groups: tuple[FieldGroup, ...],
    error: DamError | None,
) -> pages.AgreementForm:
    """Return the form of a new agreement, or of another version of *agreement*."""
    own = "" if agreement is None else f"/{agreement.number}"
    return pages.AgreementForm(
        site=site,
        heading="New agreement" if agreement is None else heading(agreement),
        action=f"/rights/agreements{own}",
        back_url=f"/rights/agreements{own}",
        groups=groups,
        seen=seen,
        problem="" if error is None else str(error),
    )


def preview(
    site: pages.Site, plan: CoverPlan, via: str, typed: Mapping[str, str]
) -> pages.CoverPreview:
    """Return what covering would do, with the fields that do it."""
    said = plan.agreement.agreement
    new, named = len(plan.new), len(plan.named)
    found = f" found through {via}" if via else ""
    same = f"; {named - new} are covered already" if named > new else ""
    hidden = (("photographs", "\n".join(plan.new)), ("layers", typed.get("layers", "both")))
    return pages.CoverPreview(
        site=site,
        number=said.number,
        heading=heading(said),
        sentence=f"{new} photographs{found} would be covered{same}. Nothing is recorded yet.",
        changes=tuple((_change(before, after), count) for (before, after), count in plan.steps),
        frames=tuple(
            pages.CoveredFrame(one.photograph.id, public_pages.title(one).text, "", "")
            for one in plan.shown
        ),
        more=max(0, new - PAGE),
        hidden=hidden if new else (),
    )


def _change(before: Step, after: Step) -> str:
    if before is after:
        return f"{after.word}, as now"
    return f"{before.word} → {after.word}"
