"""The form of an agreement: its clauses as fields, and what is typed as an agreement."""

from werkzeug.datastructures import MultiDict

from dam.rights.agreements import (
    Agreement,
    AgreementKind,
    Direction,
    Medium,
    Scope,
    UsePurpose,
)
from dam.rights.territories import WORLD, territory, territory_name
from dam.web import typed_fields as typed
from dam.web.pages.forms import FieldGroup, FieldKind, FormField

Form = MultiDict[str, str]
_DIRECTIONS = (("in", "given to the archive"), ("out", "given by the archive"))
_MOST_PIXELS, _MOST_COPIES, _MOST_DAYS = 1_000_000, 100_000_000, 36_500
_EMPTY = Agreement(0, Direction.IN, AgreementKind.LICENCE, licensor="", licensee="", perpetual=True)


def read(form: Form) -> Agreement:
    """Return what the form says, with the number 0.

    Raises:
        BadField, UnknownTerritory, UnusableAgreement: it cannot be recorded so.
    """
    return Agreement(
        number=0,
        direction=typed.one_of("direction", Direction, form.get("direction", "in")),
        kind=typed.one_of("kind", AgreementKind, form.get("kind", "licence")),
        licensor=form.get("licensor", "").strip(),
        licensee=form.get("licensee", "").strip(),
        scope=Scope(
            territories(form.get("territories", "")),
            typed.some_of("media", Medium, form.getlist("media")),
            typed.some_of("purposes", UsePurpose, form.getlist("purposes")),
        ),
        signed=typed.day("day of signing", form.get("signed", "")),
        start=typed.day("first day", form.get("start", "")),
        end=typed.day("last covered day", form.get("end", "")),
        perpetual="perpetual" in form,
        exclusive="exclusive" in form,
        largest_pixels=typed.whole(
            "largest size", form.get("largest_pixels", ""), _MOST_PIXELS, "pixels"
        ),
        print_run=typed.whole("print run", form.get("print_run", ""), _MOST_COPIES, "copies"),
        fee=form.get("fee", "").strip(),
        credit=form.get("credit", "").strip(),
        alterations=typed.said("alterations", form.get("alterations", "")),
        mining=typed.said("text and data mining", form.get("mining", "")),
        sublicensing=typed.said("sublicensing", form.get("sublicensing", "")),
        notice_days=typed.whole("notice period", form.get("notice_days", ""), _MOST_DAYS, "days"),
        duties=typed.lines(form.get("duties", "")),
        documents=typed.lines(form.get("documents", "")),
        note=form.get("note", "").strip(),
        void="void" in form,
    )


def territories(text: str) -> tuple[str, ...]:
    """Return the codes of territories that are written with commas or lines between them."""
    words = [word for line in text.splitlines() for word in line.split(",") if word.strip()]
    return tuple(dict.fromkeys(territory(word) for word in words))


def in_full(codes: tuple[str, ...]) -> str:
    """Return territories as they are written into a form."""
    return ", ".join("world" if code == WORLD else territory_name(code) for code in codes)


def fields(agreement: Agreement | None) -> tuple[FieldGroup, ...]:
    """Return the fields of an agreement, filled with what it says."""
    return tuple(_groups(agreement or _EMPTY))


def _groups(said: Agreement) -> list[FieldGroup]:
    kinds = [(one.value, one.value) for one in AgreementKind]
    media = [(one.value, one.words) for one in Medium]
    purposes = [(one.value, one.words) for one in UsePurpose]
    parties = (
        typed.choice("direction", "Direction", _DIRECTIONS, said.direction.value),
        typed.choice("kind", "Kind", kinds, said.kind.value),
        FormField("licensor", "Who gives", value=said.licensor, required=True),
        FormField("licensee", "Who is given", value=said.licensee, required=True),
    )
    scope = (
        FormField(
            "territories",
            "Territories",
            FieldKind.LINES,
            in_full(said.scope.territories),
            hint="“world”, or countries such as Japan or JP, with commas between.",
        ),
        typed.many("media", "Media", media, said.scope.media),
        typed.many("purposes", "Purposes", purposes, said.scope.purposes),
        FormField("exclusive", "Exclusive", FieldKind.TICK, ticked=said.exclusive),
    )
    return [
        FieldGroup("Parties", parties),
        FieldGroup("From when to when", _time(said)),
        FieldGroup("Where and for what", scope),
        FieldGroup("Limits and duties", _limits(said)),
    ]


def _time(said: Agreement) -> tuple[FormField, ...]:
    days = (
        ("signed", "Signed on", said.signed),
        ("start", "First day", said.start),
        ("end", "Last covered day", said.end),
    )
    return (
        *(
            FormField(name, label, FieldKind.DAY, day.isoformat() if day else "")
            for name, label, day in days
        ),
        FormField(
            "notice_days", "Notice period, days", FieldKind.NUMBER, _number(said.notice_days)
        ),
        FormField("perpetual", "Without an end", FieldKind.TICK, ticked=said.perpetual),
    )


def _limits(said: Agreement) -> tuple[FormField, ...]:
    return (
        FormField(
            "largest_pixels",
            "Largest size, pixels of the long side",
            FieldKind.NUMBER,
            _number(said.largest_pixels),
        ),
        FormField("print_run", "Print run, copies", FieldKind.NUMBER, _number(said.print_run)),
        FormField("fee", "Fee", value=said.fee),
        FormField("credit", "Required credit", value=said.credit, hint="Shown to the letter."),
        typed.yes_no_silent("alterations", "Changed copies", said.alterations),
        typed.yes_no_silent("mining", "Text and data mining, training of AI", said.mining),
        typed.yes_no_silent("sublicensing", "Passing it on to others", said.sublicensing),
        FormField("duties", "Duties, one a line", FieldKind.LINES, "\n".join(said.duties)),
        FormField(
            "documents",
            "Papers, one a line",
            FieldKind.LINES,
            "\n".join(said.documents),
            hint="Where the paper lies, such as a shelf mark or a file of the register.",
        ),
        FormField("note", "Note", value=said.note, wide=True),
        FormField("void", "Recorded by mistake", FieldKind.TICK, ticked=said.void),
    )


def _number(number: int | None) -> str:
    return "" if number is None else str(number)
