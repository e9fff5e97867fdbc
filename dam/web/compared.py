"""What was typed into a form that was not saved, and two versions of a form side by side."""

from collections.abc import Callable, Collection, Mapping

from dam.catalogue.text import clean, language_tag
from dam.config import Settings
from dam.errors import DamError
from dam.records.log import Event
from dam.web import pages
from dam.web.dates import clock_in_words

NOT_WORDS = frozenset({"csrf_token", "revision"})


def typed(form: Mapping[str, str], left_out: Collection[str] = ()) -> dict[str, str]:
    """Return what a form says, to be shown again; text in what is no language is left out."""
    found = {}
    for name, value in form.items():
        field, at, tag = name.partition("@")
        language = language_or_none(tag)
        if name not in NOT_WORDS.union(left_out) and (language or not at):
            found[f"{field}@{language}" if at else name] = clean(value, multiline=True)
    return found


def language_or_none(text: str) -> str:
    """Return the language tag of *text*, or nothing where it is none."""
    try:
        return language_tag(text) if text.strip() else ""
    except DamError:
        return ""


def saved_by(event: Event | None, settings: Settings) -> tuple[str, str]:
    """Return who saved last and at what time ("10:42"), by the newest *event*."""
    if event is None:
        return "Somebody else", ""
    return event.actor, clock_in_words(event.at, settings.timezone)


def compared(
    mine: Mapping[str, str],
    theirs: Mapping[str, str],
    label: Callable[[str], str] = str,
) -> tuple[pages.Change, ...]:
    """Return the fields in which two versions differ; what *mine* does not name is left alone."""
    return tuple(
        pages.Change(name, label(name), mine[name], theirs.get(name, ""))
        for name in (*theirs, *(name for name in mine if name not in theirs))
        if name in mine and mine[name] != theirs.get(name, "")
    )


def conflict(
    what: str, url: str, saved: tuple[str, str], changes: tuple[pages.Change, ...]
) -> pages.Conflict:
    """Return two versions of *what* is edited at *url*; *saved* is who saved first, and when."""
    editor, at = saved
    when = f" at {at}" if at else ""
    return pages.Conflict(
        editor,
        f"{editor} saved this {what}{when}, before you. Nothing is overwritten yet: your words "
        "are in the form, theirs are here. Save keeps yours.",
        url,
        changes,
    )
