"""The forms of the register: what an entry says as fields, and what is typed as a record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from werkzeug.datastructures import MultiDict

from dam.records.register import NewRecord, RecordKind
from dam.rights.agreements import UsePurpose
from dam.rights.entries import (
    Assessment,
    Consulted,
    ExceptionGround,
    Holder,
    HoldersSearched,
    ReleaseGiven,
    RestrictionSet,
)
from dam.rights.layers import Layer
from dam.rights.releases import ReleaseKind, ReleaseState
from dam.rights.restrictions import RestrictionKind, WordKind
from dam.rights.statements import normalise
from dam.rights.steps import Audience, Step
from dam.web import entry_fields
from dam.web import typed_fields as typed
from dam.web.pages.forms import FieldGroup

Form = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class EntryKind:
    """A kind of entry: how its form is called, its fields, and what they come to."""

    kind: RecordKind
    heading: str
    groups: Callable[[NewRecord | None], tuple[FieldGroup, ...]]
    read: Callable[[Form], NewRecord]


def _layer(form: Form) -> Layer:
    return typed.one_of("layer", Layer, form.get("layer", Layer.PHOTOGRAPH.value))


def _line(form: Form, name: str) -> str:
    return " ".join(form.get(name, "").split())


def _needed(form: Form, name: str, sentence: str) -> str:
    words = _line(form, name)
    if not words:
        raise typed.BadField(sentence)
    return words


def _parts(line: str) -> tuple[str, str, str]:
    """Return what stands between bars in a line: three parts, of which the last two may lack."""
    found = [part.strip() for part in line.split("|", 2)]
    return (*found, "", "")[:3]  # type: ignore[return-value]


def _assessment(form: Form) -> NewRecord:
    written, label = _line(form, "rights"), _line(form, "label")
    if not written and not label:
        raise typed.BadField("Say which statement holds, or give it words of your own.")
    detail = Assessment(
        label=label,
        title=_line(form, "title"),
        holders=tuple(Holder(*_parts(line)) for line in typed.lines(form.get("holders", ""))),
        basis=form.get("basis", "").strip(),
        jurisdiction=_line(form, "jurisdiction"),
        determined_by=_line(form, "determined_by"),
        determined_on=typed.day("day of the finding", form.get("determined_on", "")),
    )
    return NewRecord(
        RecordKind.STATEMENT,
        normalise(written) if written else label,
        day=typed.day("day of review", form.get("day", "")),
        layer=_layer(form),
        detail=detail,
    )


def _exception(form: Form) -> NewRecord:
    article = _needed(form, "text", "Name the law and the article.")
    detail = ExceptionGround(_line(form, "jurisdiction"), form.get("basis", "").strip())
    day = typed.day("day of review", form.get("day", ""))
    return NewRecord(RecordKind.EXCEPTION, article, day=day, layer=_layer(form), detail=detail)


def _release(form: Form) -> NewRecord:
    detail = ReleaseGiven(
        kind=typed.one_of("kind of release", ReleaseKind, form.get("kind", "")),
        state=typed.one_of("state", ReleaseState, form.get("state", "")),
        purposes=typed.some_of("purposes", UsePurpose, form.getlist("purposes")),
        is_ground="is_ground" in form,
        minor="minor" in form,
        signed_on=typed.day("day of signing", form.get("signed_on", "")),
        given_by=_line(form, "given_by"),
        reason=form.get("reason", "").strip(),
    )
    if detail.state is not ReleaseState.SIGNED and not detail.reason:
        raise typed.BadField("Say why consent was withdrawn or refused.")
    person = _needed(form, "text", "Name the person, or what is owned.")
    return NewRecord(
        RecordKind.RELEASE, person, day=typed.day("last day", form.get("day", "")), detail=detail
    )


def _restriction(form: Form) -> NewRecord:
    kind = typed.one_of("kind of restriction", RestrictionKind, form.get("kind", ""))
    start = typed.day("first day", form.get("start", ""))
    end = typed.day("first visible day", form.get("day", ""))
    if start is not None and end is not None and end <= start:
        raise typed.BadField("The restriction ends before it begins; mend one of the days.")
    binds = {audience.word: audience for audience in entry_fields.BOUND}
    detail = RestrictionSet(
        kind=kind,
        effect=Step.of_word(form.get("effect", "")),
        binds=binds.get(form.get("binds", ""), Audience.RESEARCHER),
        start=start,
        authority=_line(form, "authority"),
        review_on=typed.day("day of review", form.get("review_on", "")),
        words=typed.some_of("words", WordKind, form.getlist("words")),
        persons=typed.lines(form.get("persons", "")),
        reason=_needed(form, "reason", "Say why it is restricted."),
    )
    return NewRecord(RecordKind.RESTRICTION, kind.value, day=end, detail=detail)


def _search(form: Form) -> NewRecord:
    consulted = tuple(_consulted(line) for line in typed.lines(form.get("consulted", "")))
    if not consulted:
        raise typed.BadField("Name at least one source that was consulted.")
    days = [one.day for one in consulted if one.day is not None]
    detail = HoldersSearched(consulted, form.get("result", "").strip())
    return NewRecord(
        RecordKind.ORPHAN_SEARCH,
        _line(form, "text"),
        day=max(days, default=None),
        layer=_layer(form),
        detail=detail,
    )


def _consulted(line: str) -> Consulted:
    source, day, result = _parts(line)
    found: date | None = typed.day(f"day of “{source[:40]}”", day)
    return Consulted(source, found, result)


KINDS: Mapping[str, EntryKind] = MappingProxyType(
    {
        one.kind.value: one
        for one in (
            EntryKind(
                RecordKind.STATEMENT, "Assessment of a layer", entry_fields.assessment, _assessment
            ),
            EntryKind(RecordKind.EXCEPTION, "Exception of law", entry_fields.exception, _exception),
            EntryKind(RecordKind.RELEASE, "Release", entry_fields.release, _release),
            EntryKind(
                RecordKind.RESTRICTION, "Restriction", entry_fields.restriction, _restriction
            ),
            EntryKind(RecordKind.ORPHAN_SEARCH, "Search for holders", entry_fields.search, _search),
        )
    }
)
