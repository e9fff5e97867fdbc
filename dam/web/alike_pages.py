"""From pairs that are alike to the dataclasses of their pages."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from dam.catalogue.changes import fields_of
from dam.catalogue.in_words import in_words
from dam.config import Settings
from dam.records.likenesses import FoundBy
from dam.records.pairs import Choice, Pair
from dam.records.values import Place
from dam.rights.facts import Audience
from dam.web import desk_pages, pages
from dam.web.dates import day_in_words, when_in_words
from dam.web.offered_files import size_in_words
from dam.workflows import alike
from dam.workflows.alike import Compared, PairList
from dam.workflows.desk import DeskFrame

ADDRESS = "/desk/alike"
_NEWER, _OLDER = "Came later", "Was here before"
_BUTTONS: Mapping[Choice, tuple[str, str]] = MappingProxyType(
    {
        Choice.SKIP: (
            "Skip the later one",
            (
                "It is set aside: no list shows it, and its address leads to the other. "
                "Its file and its words are kept. Nothing of the other changes."
            ),
        ),
        Choice.NEW_VERSION: (
            "Make the later one the new version",
            (
                "The photograph that was here is shown from the later file. Its address, words, "
                "rights and state stay. Its earlier file is kept, for rights managers."
            ),
        ),
        Choice.MERGE: (
            "Merge the words",
            (
                "The later one goes into the one that was here: fields that are empty are filled, "
                "lists hold both, a second caption is kept beside the first, and it takes the "
                "place in series. The file that was here stays."
            ),
        ),
        Choice.KEEP_BOTH: (
            "Keep both",
            "They are two photographs. Nothing changes, and nobody is asked about them again.",
        ),
    }
)
_CHOSEN: Mapping[Choice, str] = MappingProxyType(
    {
        Choice.SKIP: "skipped the later one",
        Choice.NEW_VERSION: "made the later one the new version",
        Choice.MERGE: "merged the later one into the other",
        Choice.KEEP_BOTH: "kept both",
    }
)


def address(pair: Pair) -> str:
    """Return the address of a pair's page."""
    return f"{ADDRESS}/{pair.newer_id}/{pair.older_id}"


def how(pair: Pair) -> str:
    """Return in what two photographs are the same, in a sentence."""
    if pair.found_by is FoundBy.PIXELS:
        return "The same picture, pixel for pixel; the files differ in what they say."
    lies = "mirrored" if pair.way.mirrored else ""
    turned = f"turned by {pair.way.degrees} degrees clockwise" if pair.way.degrees else ""
    otherwise = " and ".join(part for part in (lies, turned) if part)
    return f"They look alike{f'; the later one is {otherwise}' if otherwise else ''}."


def pair_row(one: alike.PairFrames, origin: str) -> pages.AlikePair:
    """Return a pair as lists show it."""
    newer, older = (desk_pages.desk_frame(frame, origin) for frame in (one.newer, one.older))
    return pages.AlikePair(address(one.pair), newer, older, how(one.pair))


def links(pairs: tuple[Pair, ...], photograph_id: str) -> tuple[pages.Link, ...]:
    """Return the pairs that a photograph is in as links, each with what was chosen."""
    return tuple(
        pages.Link(
            f"Beside {pair.older_id if pair.newer_id == photograph_id else pair.newer_id}",
            address(pair),
            _CHOSEN.get(pair.choice, "to be compared"),
        )
        for pair in pairs
    )


def count_in_words(count: int) -> str:
    """Return how many pairs there are, as far as they are counted."""
    return f"{count:,}+" if count >= alike.MOST else str(count)


def alike_list(found: PairList, site: pages.Site, origin: str) -> pages.AlikeList:
    """Return the page of the pairs that wait for a choice."""
    return pages.AlikeList(
        site=site,
        pairs=tuple(pair_row(one, origin) for one in found.pairs),
        count=count_in_words(found.count),
        paging=pages.Paging.at(found.number, found.pages, lambda page: f"{ADDRESS}?page={page}"),
    )


def alike_page(
    found: Compared, site: pages.Site, origin: str, settings: Settings, audience: Audience
) -> pages.AlikePage:
    """Return two photographs side by side, with what *audience* may choose."""
    pair, newer, older = found.frames.pair, found.frames.newer, found.frames.older
    chosen = _chosen(pair, settings)
    following = found.following
    return pages.AlikePage(
        site=site,
        url=address(pair),
        how=how(pair),
        newer=_side(newer, _NEWER, origin),
        older=_side(older, _OLDER, origin),
        newer_revision=newer.told.photograph.revision,
        older_revision=older.told.photograph.revision,
        facts=_facts(found),
        words=_words(newer, older),
        choices=() if chosen else tuple(_choice(one, audience) for one in _BUTTONS),
        chosen=chosen,
        may_undo=bool(chosen) and audience >= alike.LEAST[pair.choice],
        following=pages.Link("Next pair", address(following)) if following else None,
    )


def _side(frame: DeskFrame, label: str, origin: str) -> pages.Side:
    shown = desk_pages.desk_frame(frame, origin)
    reason = "" if shown.picture else frame.told.withheld or "No picture is made yet."
    return pages.Side(shown, label, reason)


def _choice(choice: Choice, audience: Audience) -> pages.Choice:
    least = alike.LEAST[choice]
    refused = "" if audience >= least else f"This takes the role of {least.word}."
    return pages.Choice(choice.value, *_BUTTONS[choice], refused)


def _chosen(pair: Pair, settings: Settings) -> str:
    if pair.choice is Choice.NONE or pair.chosen_at is None:
        return ""
    when = when_in_words(pair.chosen_at, settings.timezone, date.min)
    return f"{pair.chosen_by} {_CHOSEN[pair.choice]}, {when}."


def _facts(found: Compared) -> tuple[pages.SideRow, ...]:
    newer = _file(found.frames.newer, found.newer_series)
    older = _file(found.frames.older, found.older_series)
    return tuple(_row(label, newer[label], older[label]) for label in newer)


def _row(label: str, newer: str, older: str) -> pages.SideRow:
    return pages.SideRow(label, newer, older, same=newer == older)


def _file(frame: DeskFrame, series: tuple[Place, ...]) -> dict[str, str]:
    photograph, master = frame.told.photograph, frame.told.photograph.master
    state, note = desk_pages.state(frame)
    statement = frame.told.words.statement
    return {
        "File": photograph.original_name,
        "Taken in": day_in_words(photograph.created_at.date()),
        "Size": f"{master.extent.width:,} by {master.extent.height:,} pixels, "
        f"{size_in_words(master.size_bytes)}",
        "Format": master.media_type.partition("/")[2].upper(),
        "State": f"{state.value}{f', {note}' if note else ''}",
        "Rights": statement.label() if statement else "Not recorded",
        "Series": "; ".join(f"{each.series_title}, frame {each.position}" for each in series),
    }


def _words(newer: DeskFrame, older: DeskFrame) -> tuple[pages.SideRow, ...]:
    """Return every field that one of the two has, in the order of fields."""
    fields = [fields_of(each.told.photograph.description) for each in (newer, older)]
    return tuple(
        _row(
            f"{field} ({language})" if language else str(field),
            *(in_words(field, each.get((field, language))) for each in fields),
        )
        for field, language in dict.fromkeys([*fields[1], *fields[0]])
    )
