"""Collections of what the public may see: the top one, and its pages where it is long."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dam.catalogue.fields import SeriesField
from dam.iiif import presentation as iiif
from dam.iiif.presentation_source import CollectionSource, ManifestItem, PageItem
from dam.iiif.presentation_words import LanguageMap
from dam.records import catalogue
from dam.records import series as series_rows
from dam.records.base import Session
from dam.records.values import StoredSeries
from dam.rights.facts import Audience, Purpose
from dam.rights.life import Life
from dam.workflows import ask
from dam.workflows.archive import Archive
from dam.workflows.ask import Asked
from dam.workflows.manifests import Document, listed_life
from dam.workflows.presentation import Told, image_source, provider, told_all

PAGE_OF_COLLECTION = 500
_FEW = 8  # photographs that are read at a time to find one with a picture


def collection(archive: Archive, page: int | None = None) -> Document:
    """Return the top collection of what the public may see, or one page of a long one.

    Only what stands on that page is read and decided.

    Raises:
        Unknown: there is no such page.
    """
    with archive.reading() as db:
        return _collection(db, archive, _everything(db), page)


def collections(archive: Archive) -> Iterator[tuple[int | None, Document]]:
    """Yield the top collection, by None, and each of its pages by its number, of one moment."""
    with archive.reading() as db:
        everything = _everything(db)
        for page in (None, *range(1, _pages(everything) + 1)):
            yield page, _collection(db, archive, everything, page)


Entry = str | StoredSeries


def _everything(db: Session) -> list[Entry]:
    """Return series first, then photographs newest first: a list to decide about."""
    photographs = catalogue.published_ids(db, offset=0, most=None)
    published = frozenset(photographs)
    shown = [one for one in series_rows.all_series(db) if published & set(one.frames)]
    return [*shown, *photographs]


def _pages(everything: Sequence[Entry]) -> int:
    return -(-len(everything) // PAGE_OF_COLLECTION)


def _collection(
    db: Session, archive: Archive, everything: Sequence[Entry], page: int | None
) -> Document:
    pages = _pages(everything)
    settings = archive.settings
    label: LanguageMap = ((settings.archive_language, settings.archive_name),)
    source = CollectionSource(label=label, provider=provider(archive), items=())
    if page is None and pages > 1:
        items = tuple(
            PageItem(number, _page_label(label, number)) for number in range(1, pages + 1)
        )
        text = iiif.stored_text(iiif.collection(replace(source, items=items)))
        return Document(text, listed_life(()))
    if page is not None:
        if not 1 <= page <= pages:
            raise ask.Unknown
        source = replace(source, page=page, label=_page_label(label, page))
    first = ((page or 1) - 1) * PAGE_OF_COLLECTION
    shown, life = _items(db, archive, everything[first : first + PAGE_OF_COLLECTION])
    return Document(iiif.stored_text(iiif.collection(replace(source, items=shown))), life)


def _page_label(label: LanguageMap, page: int) -> LanguageMap:
    return tuple((language, f"{text} ({page})") for language, text in label)


def _items(
    db: Session, archive: Archive, entries: Sequence[Entry]
) -> tuple[tuple[ManifestItem, ...], Life]:
    """Return the entries that the public is told of, and for how long that holds."""
    photographs = [one for one in entries if isinstance(one, str)]
    asked = ask.ask_in(db, archive, photographs, Audience.PUBLIC, Purpose.LIST)
    listed = [one for one in photographs if asked[one].told_of]
    told = told_all(db, archive, catalogue.photographs(db, listed), asked)
    frames = {one.photograph.id: one for one in told}
    items, decided = [], list(asked.values())
    for entry in entries:
        if isinstance(entry, str):
            one = frames.get(entry)
            if one is not None:
                items.append(ManifestItem(entry, one.words.label, image_source(one)))
            continue
        asked = ask.ask_in(db, archive, entry.frames, Audience.PUBLIC, Purpose.LIST)
        decided += asked.values()
        first = _first_shown(db, archive, entry, asked)
        if first is not None:
            label = entry.description.words(SeriesField.SERIES_TITLE)
            items.append(ManifestItem(entry.id, label, image_source(first)))
    return tuple(items), listed_life(decided)


def _first_shown(
    db: Session, archive: Archive, series: StoredSeries, asked: Mapping[str, Asked]
) -> Told | None:
    """Return the first frame with a picture for the public, else the first that it is told of."""
    listed = [one for one in series.frames if asked[one].told_of]
    pictured = [one for one in listed if asked[one].decision.pack is not None]
    for start in range(0, len(pictured), _FEW):
        some = catalogue.photographs(db, pictured[start : start + _FEW])
        for one in told_all(db, archive, some, asked):
            if image_source(one):
                return one
    if not listed:
        return None
    return told_all(db, archive, catalogue.photographs(db, listed[:1]), asked)[0]
