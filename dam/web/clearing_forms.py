"""The form of the rights desk: the records that it asks for, and the form as it was typed.

A field that the form does not hold changes nothing, so that a program that sends one field alone
ends nothing else.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from dam.catalogue.cells import sensitivities
from dam.records.register import NewRecord, RecordKind
from dam.rights.facts import Facts, Hold, Step
from dam.rights.statements import normalise
from dam.web import pages
from dam.web.typed_fields import BadField, day, whole

REVIEWED = "reviewed"
_LARGEST_CAP = 100_000

Form = Mapping[str, str]


def records(form: Form, facts: Facts, review: date) -> list[NewRecord]:
    """Return the records that turn *facts* into what the form says; only what differs.

    *review* is the day of review where the form names none.

    Raises:
        BadField, UnknownRightsUri, UnknownStep, BadCell: nothing of the form is to be recorded.
    """
    wanted = [
        _statement(form, facts),
        _ceiling(form, facts),
        _cap(form, facts),
        _embargo(form, facts),
        _sensitivity(form, facts),
        _showing(form, facts, review),
    ]
    return [new for new in wanted if new is not None]


def _statement(form: Form, facts: Facts) -> NewRecord | None:
    if "rights" not in form and "rights_other" not in form:
        return None
    given = form.get("rights_other", "").strip() or form.get("rights", "").strip()
    uri = normalise(given) if given else ""
    before = facts.statement.uri if facts.statement else ""
    return None if uri == before else NewRecord(RecordKind.STATEMENT, uri)


def _ceiling(form: Form, facts: Facts) -> NewRecord | None:
    if "access" not in form:
        return None
    word = Step.of_word(form["access"]).word if form["access"] else ""
    before = facts.ceiling.step.word if facts.ceiling else ""
    return None if word == before else NewRecord(RecordKind.CEILING, word)


def _cap(form: Form, facts: Facts) -> NewRecord | None:
    if "cap" not in form:
        return None
    text = form["cap"].strip()
    number = whole("cap", text, _LARGEST_CAP, "pixels")
    before = facts.cap.long_side_pixels if facts.cap else None
    return None if number == before else NewRecord(RecordKind.CAP, number=number)


def _embargo(form: Form, facts: Facts) -> NewRecord | None:
    if "embargo" not in form:
        return None
    until = day("first visible day", form["embargo"])
    if until == (facts.embargo.until if facts.embargo else None):
        return None
    # Another day is no other ground: what a court or a donor holds, they go on holding.
    hold = facts.embargo.hold if facts.embargo else Hold.PLAIN
    return NewRecord(RecordKind.EMBARGO, hold if until else "", day=until)


def _sensitivity(form: Form, facts: Facts) -> NewRecord | None:
    if "sensitivity" not in form:
        return None
    word, known = form["sensitivity"].strip(), facts.sensitivity
    if word == REVIEWED:
        if known is None:
            raise BadField("There is nothing to be reviewed; say first what needs care.")
        return None if known.reviewed else NewRecord(RecordKind.REVIEW, REVIEWED)
    if word == ("; ".join(known.terms) if known else ""):
        return None
    return NewRecord(RecordKind.SENSITIVITY, "; ".join(sensitivities(word)) if word else "")


def _showing(form: Form, facts: Facts, review: date) -> NewRecord | None:
    # A box that is not ticked is not sent; the day of review is sent with it, ticked or not.
    wanted = "show_without_evidence" in form
    if wanted is (facts.showing is not None) or not (wanted or "review" in form):
        return None
    if not wanted:
        return NewRecord(RecordKind.SHOWING)
    due = day("day of review", form.get("review", "")) or review
    return NewRecord(RecordKind.SHOWING, "no evidence", day=due)


def with_typed(page: pages.RightsDesk, form: Form) -> pages.RightsDesk:
    """Return the page with its form as it was typed, to be mended or confirmed."""
    return replace(
        page,
        rights=_chosen(page.rights, form.get("rights")),
        rights_other=form.get("rights_other", page.rights_other),
        access=_chosen(page.access, form.get("access")),
        cap=form.get("cap", page.cap),
        embargo=form.get("embargo", page.embargo),
        sensitivity=_chosen(page.sensitivity, form.get("sensitivity")),
        show_without_evidence="show_without_evidence" in form,
        review=form.get("review", page.review),
    )


def _chosen(options: tuple[pages.Option, ...], value: str | None) -> tuple[pages.Option, ...]:
    if value is None or all(one.value != value for one in options):
        return options
    return tuple(replace(one, chosen=one.value == value) for one in options)
