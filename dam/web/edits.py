"""From the log to the list of what was done: events of one edit together, values in words."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby

from dam.catalogue.fields import ListField, PlainField
from dam.catalogue.in_words import NO_NAMES, field_in_words, logged_in_words
from dam.config import Settings
from dam.records.chain import Part
from dam.records.log import Event
from dam.web import pages
from dam.web.dates import when_in_words


def edits(
    events: Iterable[Event],
    settings: Settings,
    names: Mapping[str, str] = NO_NAMES,
    *,
    undoable: bool = False,
) -> tuple[pages.Edit, ...]:
    """Return *events*, latest first, grouped by edit; *names* are what identifiers are called.

    Where they are *undoable*, those edits that stand can be taken back one by one.
    """
    events = tuple(events)
    standing = _standing(events) if undoable else frozenset()
    numbered = enumerate(events)
    # What has no group stands for itself.
    groups = groupby(numbered, key=lambda pair: pair[1].group_id or pair[0])
    found = (_edit([event for _, event in group], settings, names) for _, group in groups)
    return tuple(replace(one, may_undo=one.group in standing) for one in found)


def _standing(events: tuple[Event, ...]) -> frozenset[str]:
    """Return the edits that nothing which stands takes back; *events* come latest first."""
    standing: set[str] = set()
    undone: set[str] = set()
    illegible = {event.group_id for event in events if event.erased & _TEXTS}
    for event in events:
        if event.verb in {"edited", "undone"} and event.group_id not in undone | {""}:
            standing.add(event.group_id)
            undone |= {event.reverses} - {""}
    return frozenset(standing - illegible)


def _edit(events: list[Event], settings: Settings, names: Mapping[str, str]) -> pages.Edit:
    first = events[0]
    return pages.Edit(
        at=first.at.isoformat(),
        when=when_in_words(first.at, settings.timezone, date.min),
        who=_ERASED if Part.ACTOR in first.erased else first.actor,
        what=_VERBS.get(first.verb, first.verb.capitalize()),
        fields=tuple(
            _field(event, names)
            for event in reversed(events)
            if event.field or event.before or event.after or event.erased & _TEXTS
        ),
        group=first.group_id,
    )


def _field(event: Event, names: Mapping[str, str]) -> pages.FieldEdited:
    language = f" ({event.language})" if event.language else ""
    label = f"{field_in_words(event.field)}{language}".capitalize() if event.field else ""
    tag = event.language or "und"
    before = _value(event, Part.BEFORE, event.before, names)
    after = _value(event, Part.AFTER, event.after, names)
    return pages.FieldEdited(label, pages.Words(before, tag), pages.Words(after, tag))


def _value(event: Event, part: Part, text: str, names: Mapping[str, str]) -> str:
    if part in event.erased:
        return _ERASED
    if event.verb in _NAME_RECORDS:
        return names.get(text, text)
    return logged_in_words(event.field, text, names)


def identifiers(events: Iterable[Event]) -> frozenset[str]:
    """Return the identifiers that *events* name as values: of frames, places and merged records."""
    found: set[str] = set()
    for event in events:
        for text in (event.before, event.after):
            if event.field == ListField.FRAMES:
                found |= {line.split(". ", 1)[1] for line in _lines(event.field, text)}
            elif event.field == PlainField.PARENT or event.verb in _NAME_RECORDS:
                found.add(text)
    return frozenset(found - {""})


def _lines(field: str, text: str) -> list[str]:
    return logged_in_words(field, text).splitlines()


_ERASED = "(erased by law)"
_TEXTS = frozenset({Part.BEFORE, Part.AFTER})
_NAME_RECORDS = frozenset({"merged", "separated"})
_VERBS = {
    "edited": "Edited",
    "undone": "Undid an edit",
    "recorded": "Recorded rights",
    "moved": "Moved on",
    "named": "Was found under another name",
    "merged": "Merged into another record",
    "separated": "Undid a merge",
    "made an earlier version": "Became the record of an earlier version",
    "given a new version": "Was given a new version",
    "kept both": "Kept both of two that are alike",
    "skipped": "Skipped; another photograph stands for it",
    "undid a choice": "Undid a choice about two that are alike",
}
