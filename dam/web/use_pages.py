"""From planned uses to the dataclasses of their pages."""

from collections.abc import Mapping, Sequence
from datetime import date

from dam.records.planned_uses import StoredUse
from dam.rights.agreements import Medium, UsePurpose
from dam.rights.planned_use import Verdict
from dam.rights.use_words import in_words
from dam.web import pages, public_pages
from dam.web import typed_fields as typed
from dam.web.dates import when_in_words
from dam.web.pages.forms import FieldGroup, FieldKind, FormField
from dam.workflows.archive import Archive
from dam.workflows.presentation import Told

_HEADLINES = {
    Verdict.YES: "Yes: everything on record covers it.",
    Verdict.ASK: "Ask: the records do not say enough.",
    Verdict.NO: "No: a record forbids it.",
}


def fields(today: date) -> tuple[FieldGroup, ...]:
    """Return the fields of a planned use that begins *today*."""
    media = [("", "choose"), *((one.value, one.words) for one in Medium if one is not Medium.ANY)]
    purposes = [
        ("", "choose"),
        *((one.value, one.words) for one in UsePurpose if one is not UsePurpose.ANY),
    ]
    lines = FormField(
        "photographs",
        "Photographs",
        FieldKind.LINES,
        hint="An identifier or an address a line.",
    )
    return (
        FieldGroup("Who and what", (FormField("asker", "Who plans it", required=True), lines)),
        FieldGroup(
            "How",
            (
                typed.choice("medium", "Medium", media, ""),
                typed.choice("purpose", "Purpose", purposes, ""),
                FormField(
                    "territories",
                    "Territories",
                    value="world",
                    hint="“world”, or countries with commas between.",
                ),
                FormField("first", "First day", FieldKind.DAY, today.isoformat()),
                FormField("last", "Last day", FieldKind.DAY, hint="Empty: without an end."),
                FormField("pixels", "Pixels of the long side", FieldKind.NUMBER),
                FormField("copies", "Copies", FieldKind.NUMBER),
                FormField("changed", "Changed: cropped, coloured, drawn upon", FieldKind.TICK),
                FormField("mining", "Text and data mining, training of AI", FieldKind.TICK),
                FormField("by_us", "The archive itself is the user", FieldKind.TICK),
            ),
        ),
    )


def listed(
    site: pages.Site,
    groups: tuple[FieldGroup, ...],
    found: Sequence[StoredUse],
    archive: Archive,
    problem: str,
) -> pages.UseList:
    """Return the form with what was asked before."""
    rows = tuple(
        pages.UseRow(
            url=f"/rights/uses/{one.number}",
            number=one.number,
            verdict=one.verdict.value,
            sentence=in_words(one.use),
            when=when_in_words(one.asked_at, archive.settings.timezone, date.min),
            who=one.asked_by,
        )
        for one in found
    )
    return pages.UseList(site, groups, rows, problem)


def shown(
    site: pages.Site, found: StoredUse, told: Mapping[str, Told], archive: Archive
) -> pages.UsePage:
    """Return one answer."""
    when = when_in_words(found.asked_at, archive.settings.timezone, date.min)
    frames = tuple(
        pages.AnsweredFrame(
            pages.Link(public_pages.title(told[one]).text, f"/rights/p/{one}"),
            answer.verdict.value,
            tuple((clause.verdict.value, clause.words) for clause in answer.clauses),
        )
        for one, answer in found.answers.items()
    )
    return pages.UsePage(
        site=site,
        number=found.number,
        verdict=found.verdict.value,
        headline=_HEADLINES[found.verdict],
        sentence=in_words(found.use),
        asked=f"Asked by {found.asked_by}, {when}; answered from what was on record then.",
        frames=frames,
    )
