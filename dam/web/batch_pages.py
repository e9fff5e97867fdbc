"""From what is known of batches to the dataclasses of their pages."""

from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import quote, urlencode

from dam.catalogue.batch_edits import Action, Between
from dam.catalogue.change_words import value_in_words
from dam.catalogue.edit_fields import EditField
from dam.catalogue.fields import FieldChange
from dam.config import Settings
from dam.records.batch_values import BatchKind, BatchState, Item, ItemState, Refusal
from dam.web import desk_pages, find_pages, pages
from dam.web.dates import when_in_words
from dam.workflows.batch_views import CELLS, BatchSummary, BatchView
from dam.workflows.choosing import Searched
from dam.workflows.find import Found

_ACTIONS = {
    Action.SET: "Set to the words",
    Action.APPEND: "Append the words",
    Action.PREPEND: "Put the words before",
    Action.REPLACE: "Find and replace by the words",
    Action.REMOVE: "Remove the words",
    Action.CLEAR: "Empty the field",
    Action.COPY: "Copy from another field",
}
_BETWEEN = {
    Between.SPACE: "a space",
    Between.NOTHING: "nothing",
    Between.LINE: "a new line",
    Between.PARAGRAPH: "an empty line",
}
_LABELS = {
    ItemState.PLANNED: "Would change",
    ItemState.APPLIED: "Changed",
    ItemState.CONFLICT: "Conflicts",
    ItemState.REFUSED: "Would not fit",
    ItemState.UNCHANGED: "Unchanged",
    ItemState.LISTED: "Not looked at yet",
}


def batch_list(
    site: pages.Site, found: tuple[BatchSummary, ...], number: int, count: int, settings: Settings
) -> pages.BatchList:
    """Return the page of all batches."""
    return pages.BatchList(
        site, tuple(_row(one, settings) for one in found), _paging("", number, count)
    )


def _row(one: BatchSummary, settings: Settings) -> pages.BatchRow:
    batch = one.batch
    return pages.BatchRow(
        id=batch.id,
        what=batch.title,
        who=batch.applied_by or batch.made_by,
        at=batch.made_at.isoformat(),
        when=when_in_words(batch.made_at, settings.timezone, date.min),
        state="undone" if one.undone else batch.state.value,
        changed=one.counts[ItemState.APPLIED] or one.counts[ItemState.PLANNED],
        conflicts=one.counts[ItemState.CONFLICT],
        may_undo=_may_undo(one),
    )


def _may_undo(one: BatchSummary) -> bool:
    applied = one.batch.state is BatchState.APPLIED and one.counts[ItemState.APPLIED] > 0
    return applied and not one.undone


def _paging(query: str, number: int, count: int) -> pages.Paging:
    def url(page: int) -> str:
        return f"?{query}{'&' if query else ''}page={page}"

    return pages.Paging(
        number,
        count,
        url(number - 1) if number > 1 else None,
        url(number + 1) if number < count else None,
    )


def batch_form(
    site: pages.Site, found: Found, origin: str, typed: Mapping[str, str], marked: Iterable[str]
) -> pages.BatchForm:
    """Return the form of a new batch with what was *typed* into it, and who was *marked*."""
    fields = [(one.value, one.value) for one in EditField]
    actions = [(one.value, label) for one, label in _ACTIONS.items()]
    betweens = [(one.value, label) for one, label in _BETWEEN.items()]
    asked = find_pages.fields(found.query)
    return pages.BatchForm(
        site=site,
        chosen=Searched(found.query).in_words,
        count=find_pages.results(found, "/desk/find").count,
        hidden=urlencode(asked),
        frames=tuple(desk_pages.desk_frame(one, origin) for one in found.frames),
        actions=_options(actions, typed.get("action")),
        fields=_options(fields, typed.get("field")),
        sources=_options(fields, typed.get("source")),
        betweens=_options(betweens, typed.get("between")),
        language=typed.get("language", ""),
        find_url=f"/desk/find?{urlencode(asked)}",
        marked=frozenset(marked),
        words=typed.get("words", ""),
        find=typed.get("find", ""),
        error=typed.get("error", ""),
    )


def _options(choices: list[tuple[str, str]], chosen: str | None) -> tuple[pages.Option, ...]:
    return tuple(pages.Option(value, label, value == chosen) for value, label in choices)


def batch_page(site: pages.Site, found: BatchView) -> pages.BatchPage:
    """Return the page of one batch."""
    summary, batch = found.summary, found.summary.batch
    counts = summary.counts
    whole = sum(counts.values())
    preparing = batch.state is BatchState.PLANNING
    waiting = counts[ItemState.LISTED] if preparing else counts[ItemState.PLANNED]
    running = batch.state in {BatchState.PLANNING, BatchState.APPLYING}
    label = ""
    if batch.state is BatchState.PROPOSED and counts[ItemState.PLANNED]:
        label = f"Change {_photographs(counts[ItemState.PLANNED])}"
    elif batch.state is BatchState.APPLYING and summary.failure:
        label = "Go on"
    return pages.BatchPage(
        site=site,
        id=batch.id,
        what=batch.title,
        state="undone" if summary.undone else batch.state.value,
        sentence=_sentence(summary),
        done=whole - waiting if running else whole,
        whole=whole,
        filters=_filters(found),
        items=tuple(_item(found, one) for one in found.items),
        paging=_paging(urlencode({"show": found.shown}), found.number, found.pages),
        running=running,
        failure=summary.failure,
        apply_label=label,
        may_discard=batch.state in {BatchState.PROPOSED, BatchState.PLANNING},
        may_undo=_may_undo(summary),
    )


def _filters(found: BatchView) -> tuple[pages.Filter, ...]:
    summary = found.summary
    numbers = [(one.value, label, summary.counts[one]) for one, label in _LABELS.items()]
    if summary.batch.kind is BatchKind.SHEET:
        numbers.append((CELLS, "With refused cells", summary.refused))
    return tuple(
        pages.Filter(label, f"?show={quote(name)}", number, current=name == found.shown)
        for name, label, number in numbers
        if number or name == found.shown
    )


def _photographs(number: int) -> str:
    return "1 photograph" if number == 1 else f"{number} photographs"


def _sentence(one: BatchSummary) -> str:
    """Say in words what the batch comes to."""
    counts = one.counts
    others = [
        f"{counts[ItemState.UNCHANGED]} unchanged" if counts[ItemState.UNCHANGED] else "",
        f"{counts[ItemState.REFUSED]} would not fit" if counts[ItemState.REFUSED] else "",
        f"{counts[ItemState.CONFLICT]} edited by others and kept"
        if counts[ItemState.CONFLICT]
        else "",
        f"{one.refused} with refused cells" if one.batch.kind is BatchKind.SHEET else "",
    ]
    rest = "".join(f", {part}" for part in others if part)
    if one.batch.state is BatchState.PROPOSED:
        return (
            f"{_photographs(counts[ItemState.PLANNED])} would change{rest}. Nothing is changed yet."
        )
    if one.batch.state is BatchState.DISCARDED:
        return "It was laid aside; nothing was changed."
    return f"{_photographs(counts[ItemState.APPLIED])} changed{rest}."


def _item(found: BatchView, item: Item) -> pages.BatchItem:
    words = found.words.get(item.photograph_id)
    notes = [_refused(found, one) for one in item.refusals] + ([item.note] if item.note else [])
    return pages.BatchItem(
        photograph_id=item.photograph_id,
        name=words.name if words and words.name else item.photograph_id,
        known=words is not None,
        changes=tuple(map(_change, item.changes)),
        notes=tuple(notes),
    )


def _refused(found: BatchView, one: Refusal) -> str:
    """Say why something was not taken; of a sheet also which cell."""
    if found.summary.batch.kind is not BatchKind.SHEET:
        return one.sentence
    return f"{one.column} “{one.value}”: {one.sentence}"


def _change(one: FieldChange) -> pages.BatchChange:
    return pages.BatchChange(
        one.field, one.language or "", value_in_words(one.before), value_in_words(one.after)
    )
