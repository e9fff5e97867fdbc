"""The fields of entries of the register, filled with what one says."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from dam.records.register import NewRecord
from dam.rights.agreements import UsePurpose
from dam.rights.entries import (
    Assessment,
    Consulted,
    Detail,
    ExceptionGround,
    HoldersSearched,
    ReleaseGiven,
    RestrictionSet,
)
from dam.rights.layers import Layer
from dam.rights.releases import ReleaseKind, ReleaseState
from dam.rights.restrictions import RestrictionKind, WordKind
from dam.rights.steps import Audience, Step
from dam.web import typed_fields as typed
from dam.web.pages.forms import FieldGroup, FieldKind, FormField

_Kind = TypeVar("_Kind", bound=Detail)
_EFFECTS = (Step.HIDDEN, Step.RECORD, Step.THUMBNAIL, Step.CAPPED, Step.ZOOM)
BOUND = tuple(one for one in Audience if one < Audience.ADMINISTRATOR)
_LAYERS = (
    (Layer.PHOTOGRAPH.value, "the photograph"),
    (Layer.WORK.value, "the work that it shows"),
)


def _said(new: NewRecord | None, kind: type[_Kind]) -> _Kind:
    return new.detail if new is not None and isinstance(new.detail, kind) else kind()


def _day(name: str, label: str, day: date | None, hint: str = "") -> FormField:
    return FormField(name, label, FieldKind.DAY, day.isoformat() if day else "", hint=hint)


def _lines(name: str, label: str, value: str, hint: str = "") -> FormField:
    return FormField(name, label, FieldKind.LINES, value, hint=hint)


def _values(known: type[StrEnum]) -> tuple[tuple[str, str], ...]:
    return tuple((one.value, one.value) for one in known)


def _layer(new: NewRecord | None) -> FormField:
    chosen = new.layer if new else Layer.PHOTOGRAPH
    return typed.choice("layer", "Of which layer", _LAYERS, chosen.value)


def _text(new: NewRecord | None) -> str:
    return new.text if new else ""


def _when(new: NewRecord | None) -> date | None:
    return new.day if new else None


def _barred(parts: Iterable[tuple[str, str, str]]) -> str:
    return "\n".join(" | ".join(part).rstrip(" |") for part in parts)


def assessment(new: NewRecord | None) -> tuple[FieldGroup, ...]:
    """Return the fields of an assessment: what holds for a layer, and who found it out."""
    said = _said(new, Assessment)
    uri = "" if said.label == _text(new) else _text(new)
    holders = _barred((one.name, one.share, one.period) for one in said.holders)
    return (
        FieldGroup(
            "What holds",
            (
                _layer(new),
                FormField(
                    "rights",
                    "Statement or licence",
                    value=uri,
                    hint="A URI, or a name such as CC BY 4.0, PDM or InC.",
                ),
                FormField(
                    "label",
                    "Or in words of our own",
                    value=said.label,
                    hint="Grants nothing by itself.",
                ),
                FormField("title", "Title of the work shown", value=said.title),
            ),
        ),
        FieldGroup(
            "Whose, and why",
            (
                _lines("holders", "Holders", holders, "One a line: name | share | period."),
                _lines("basis", "Basis", said.basis),
                FormField("jurisdiction", "Under the law of", value=said.jurisdiction),
            ),
        ),
        FieldGroup(
            "Who found it out",
            (
                FormField("determined_by", "Determined by", value=said.determined_by),
                _day("determined_on", "Determined on", said.determined_on),
                _day("day", "Next review", _when(new)),
            ),
        ),
    )


def exception(new: NewRecord | None) -> tuple[FieldGroup, ...]:
    """Return the fields of an exception of law."""
    said = _said(new, ExceptionGround)
    return (
        FieldGroup(
            "Exception",
            (
                _layer(new),
                FormField("text", "Law and article", value=_text(new), required=True),
                FormField("jurisdiction", "Law of", value=said.jurisdiction),
                _day("day", "Next review", _when(new)),
                _lines("basis", "Why it holds here", said.basis),
            ),
        ),
    )


def release(new: NewRecord | None) -> tuple[FieldGroup, ...]:
    """Return the fields of a release of a person, an owner or a guardian."""
    said = _said(new, ReleaseGiven)
    purposes = [(one.value, one.words) for one in UsePurpose]
    return (
        FieldGroup(
            "Release",
            (
                FormField("text", "Person, or what is owned", value=_text(new), required=True),
                typed.choice("kind", "Kind", _values(ReleaseKind), said.kind.value),
                typed.choice("state", "State", _values(ReleaseState), said.state.value),
                FormField("given_by", "Given by", value=said.given_by),
                _day("signed_on", "Signed on", said.signed_on),
                _day("day", "Last day", _when(new), "Empty: it has no end."),
                typed.many("purposes", "Purposes", purposes, said.purposes),
                FormField(
                    "is_ground",
                    "Showing the person rests on this consent alone",
                    FieldKind.TICK,
                    ticked=said.is_ground,
                ),
                FormField("minor", "The person was a child", FieldKind.TICK, ticked=said.minor),
                _lines("reason", "Why it was withdrawn or refused", said.reason),
            ),
        ),
    )


def restriction(new: NewRecord | None) -> tuple[FieldGroup, ...]:
    """Return the fields of a restriction."""
    said = _said(new, RestrictionSet)
    effects = [(step.word, step.word) for step in _EFFECTS]
    binds = [(one.word, f"up to {one.word}") for one in BOUND]
    return (
        FieldGroup(
            "Restriction",
            (
                typed.choice("kind", "Kind", _values(RestrictionKind), said.kind.value),
                typed.choice("effect", "Leaves at most", effects, said.effect.word),
                typed.choice("binds", "Binds", binds, said.binds.word),
                FormField("authority", "By whose authority", value=said.authority),
                _day("start", "First day", said.start),
                _day(
                    "day",
                    "First visible day",
                    _when(new),
                    "An embargo opens then; all others wait for a person.",
                ),
                _day("review_on", "Next review", said.review_on),
            ),
        ),
        FieldGroup(
            "Words and persons",
            (
                typed.many("words", "Words withheld too", _values(WordKind), said.words),
                _lines(
                    "persons",
                    "Persons protected, one a line",
                    "\n".join(said.persons),
                    "Their names leave every word about the photograph.",
                ),
                _lines("reason", "Why", said.reason),
            ),
        ),
    )


def search(new: NewRecord | None) -> tuple[FieldGroup, ...]:
    """Return the fields of a diligent search for holders."""
    said = _said(new, HoldersSearched)
    consulted = _barred((one.source, _iso(one), one.result) for one in said.consulted)
    return (
        FieldGroup(
            "Search for holders",
            (
                _layer(new),
                FormField("text", "Number in the register of orphan works", value=_text(new)),
                _lines(
                    "consulted",
                    "Sources consulted",
                    consulted,
                    "One a line: source | 2026-11-01 | what it said.",
                ),
                _lines("result", "Result", said.result),
            ),
        ),
    )


def _iso(one: Consulted) -> str:
    return one.day.isoformat() if one.day else ""
