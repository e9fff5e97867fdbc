"""Search within one manifest: the captions of the frames that the public is told of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from dam.catalogue.marks import MarkKind, mark
from dam.catalogue.quoting import beginnings, quotes
from dam.catalogue.search_words import SearchWords, read
from dam.iiif.content_search import FoundCaption, Passage
from dam.records import catalogue, search, search_text
from dam.records import series as series_rows
from dam.records.base import Session
from dam.records.search_text import Match
from dam.rights.facts import Audience
from dam.rights.life import Life, shortest
from dam.workflows import ask
from dam.workflows.archive import Archive
from dam.workflows.ask import Asked
from dam.workflows.presentation import Told, told_all

_MOST_FRAMES = 10_000
_MOST_WORDS = 12
_AT_ONCE = 500
_LONGEST_LIFE_SECONDS = 60

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What was found, and how long caches outside may keep it."""

    hits: tuple[T, ...]
    life: Life


def captions(archive: Archive, manifest_id: str, text: str) -> Found[FoundCaption]:
    """Return the captions in which everything stands that *text* asks for, in their order.

    Raises:
        Unknown, Withdrawn: as for the manifest.
    """
    asked = read(text)
    frames, life = _frames(archive, manifest_id, asked)
    hits = tuple(
        FoundCaption(
            one.photograph.id,
            language,
            caption,
            tuple(Passage(each.before, each.exact, each.after) for each in found),
        )
        for one in frames
        for language, caption in one.words.captions
        if (found := quotes(caption, asked))
    )
    return Found(hits, life)


def completions(archive: Archive, manifest_id: str, letters: str) -> Found[str]:
    """Return words of captions that begin with *letters*, by the alphabet.

    Raises:
        Unknown, Withdrawn: as for the manifest.
    """
    frames, life = _frames(archive, manifest_id, read(letters))
    found = {
        word
        for one in frames
        for _, caption in one.words.captions
        for word in beginnings(caption, letters)
    }
    return Found(tuple(sorted(found)[:_MOST_WORDS]), life)


def _frames(archive: Archive, manifest_id: str, asked: SearchWords) -> tuple[list[Told], Life]:
    """Return the frames of a manifest in whose captions *asked* may stand, as the public is told.

    With them comes how long that holds, for whatever is found in them. The decision is asked of
    each frame before the index is: that selects, and nothing more.
    """
    with archive.reading() as db:
        decided = _decided(db, archive, manifest_id)
        life = shortest(_LONGEST_LIFE_SECONDS, (one.life for one in decided.values()))
        if asked.empty:
            return [], life
        identifiers = [one for one, each in decided.items() if each.told_of]
        if len(identifiers) > 1:
            met = _met(db, manifest_id, asked)
            identifiers = [one for one in identifiers if one in met]
        return list(_told(db, archive, identifiers, decided)), life


def _decided(db: Session, archive: Archive, manifest_id: str) -> dict[str, Asked]:
    """Return the photographs of a manifest, in order, each as it was decided for the public.

    Raises:
        Unknown, Withdrawn: the public is told of none of them.
    """
    try:
        frames = series_rows.series(db, manifest_id).frames
    except series_rows.UnknownSeries:
        one = ask.ask_in(db, archive, [manifest_id], Audience.PUBLIC)[manifest_id]
        ask.require_words(one)
        return {manifest_id: one}
    known = ask.ask_in(db, archive, frames, Audience.PUBLIC)
    if not any(one.told_of for one in known.values()):
        raise ask.Unknown
    return {one: known[one] for one in frames}


def _met(db: Session, series_id: str, asked: SearchWords) -> frozenset[str]:
    """Return the frames of a series that the index knows by these words.

    It knows a photograph by all its texts, so what is unwanted in one caption may stand in another.
    """
    match = Match(SearchWords(asked.wanted), ((mark(MarkKind.SERIES, series_id),),))
    numbers = search_text.numbers(db, match, most=_MOST_FRAMES)
    return frozenset(hit.photograph_id for hit in search.hits(db, numbers))


def _told(
    db: Session, archive: Archive, identifiers: Sequence[str], decided: Mapping[str, Asked]
) -> Iterator[Told]:
    for start in range(0, len(identifiers), _AT_ONCE):
        some = identifiers[start : start + _AT_ONCE]
        yield from told_all(db, archive, catalogue.photographs(db, some), decided)
