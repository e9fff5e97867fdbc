"""Manifests for one audience: stored canvases, decided one by one, assembled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from dam.catalogue.fields import SeriesField
from dam.iiif import presentation as iiif
from dam.iiif.presentation_frames import photograph_manifest, series_terms
from dam.iiif.presentation_source import (
    ImageSource,
    ManifestSource,
    RangeSource,
    Terms,
    Whole,
    WholeKind,
    collection_path,
    manifest_path,
)
from dam.iiif.presentation_words import LanguageMap
from dam.records import catalogue
from dam.records import series as series_rows
from dam.records.base import Session
from dam.records.canvases import Canvas
from dam.records.values import Place, StoredSeries
from dam.rights.facts import Audience, Purpose
from dam.rights.life import Life, shortest
from dam.workflows import ask, stored_canvases
from dam.workflows.archive import Archive
from dam.workflows.ask import Asked
from dam.workflows.presentation import (
    SERIES_PAGE,
    Told,
    dateline,
    frame_source,
    image_source,
    provider,
    told_all,
    with_notices,
)
from dam.workflows.stored_canvases import About, public_canvases

_CREDITS: LanguageMap = (("en", "Credits and licences"),)


@dataclass(frozen=True, slots=True)
class Document:
    """A IIIF document without its origin, and how long caches outside may keep it."""

    text: str
    life: Life


def manifest(archive: Archive, identifier: str, audience: Audience) -> Document:
    """Return the manifest of a photograph or of a series for *audience*.

    Raises:
        Unknown: there is none, or this audience is not told of it.
        Withdrawn: it was withdrawn.
    """
    with archive.reading() as db:
        if audience is Audience.PUBLIC:
            return public(db, archive, identifier)[0]
        try:
            series = series_rows.series(db, identifier)
        except series_rows.UnknownSeries:
            one, source = _photograph(db, archive, identifier, audience)
            return _made(archive, source, [one])
        frames = told_frames(db, archive, series.frames, audience)
        thumbnail = next((image for one in frames if (image := image_source(one))), None)
        source = _series(archive, series, [_about(one, series) for one in frames], thumbnail)
        return _made(archive, source, frames)


def public(db: Session, archive: Archive, identifier: str) -> tuple[Document, tuple[Canvas, ...]]:
    """Return the public's manifest, and those of its canvases that are not stored as they are now.

    Raises:
        Unknown, Withdrawn: as ``manifest``.
    """
    try:
        series = series_rows.series(db, identifier)
    except series_rows.UnknownSeries:
        _, source = _photograph(db, archive, identifier, Audience.PUBLIC)
        found = public_canvases(db, archive, identifier, [identifier])
    else:
        notices = series.description.notices
        found = public_canvases(db, archive, identifier, series.frames, notices)
        frames = [stored_canvases.about(one) for one in found.canvases]
        thumbnail = next((one.image for one in frames if one.pack), None)
        source = _series(archive, series, frames, thumbnail)
    text = iiif.manifest_text(source, [one.text for one in found.canvases])
    return Document(text, listed_life(found.asked)), found.fresh


def _made(archive: Archive, source: ManifestSource, frames: Sequence[Told]) -> Document:
    """Return the manifest of an audience for whom nothing is stored."""
    texts = [
        iiif.stored_text(
            iiif.canvas(frame_source(archive, one), source.manifest_id, provider(archive))
        )
        for one in frames
    ]
    return Document(iiif.manifest_text(source, texts), listed_life(one.asked for one in frames))


def _photograph(
    db: Session, archive: Archive, photograph_id: str, audience: Audience
) -> tuple[Told, ManifestSource]:
    asked = ask.ask_in(db, archive, [photograph_id], audience)[photograph_id]
    ask.require_words(asked)
    photograph = catalogue.photograph(db, photograph_id)
    (one,) = told_all(db, archive, [photograph], {photograph_id: asked})
    whole = (*map(_series_whole, series_rows.places_of(db, photograph_id)), _TOP)
    return one, photograph_manifest(frame_source(archive, one), provider(archive), whole)


_TOP = Whole(WholeKind.COLLECTION, collection_path())


def _series_whole(place: Place) -> Whole:
    label = ((place.series_language, place.series_title),)
    return Whole(WholeKind.MANIFEST, manifest_path(place.series_id), label)


def told_frames(
    db: Session,
    archive: Archive,
    identifiers: Sequence[str],
    audience: Audience,
    purpose: Purpose = Purpose.VIEW,
) -> list[Told]:
    """Return those photographs, in order, whose words this audience may read."""
    asked = ask.ask_in(db, archive, identifiers, audience, purpose)
    listed = [one for one in identifiers if asked[one].told_of]
    return list(told_all(db, archive, catalogue.photographs(db, listed), asked))


def _about(one: Told, series: StoredSeries) -> About:
    return About(
        one.photograph.id,
        stored_canvases.own_terms(one, series.description.notices),
        dateline(one.words),
        bool(one.words.captions),
        None,
    )


def _series(
    archive: Archive,
    series: StoredSeries,
    frames: Sequence[About],
    thumbnail: ImageSource | None,
) -> ManifestSource:
    """Return the manifest of a series with these frames; raises ``Unknown`` without any."""
    if not frames:
        raise ask.Unknown
    return ManifestSource(
        manifest_id=series.id,
        label=series.description.words(SeriesField.SERIES_TITLE),
        provider=provider(archive),
        homepage_label=SERIES_PAGE,
        terms=_series_terms(frames, series),
        summary=series.description.words(SeriesField.INTRODUCTION),
        part_of=(_TOP,),
        thumbnail=thumbnail,
        searched=any(one.captioned for one in frames),
        ranges=_ranges(frames),
    )


def _ranges(frames: Sequence[About]) -> tuple[RangeSource, ...]:
    """Return the frames that follow each other under one dateline; none for a single one."""
    groups = [
        (line, tuple(one.photograph_id for one in group))
        for line, group in groupby(frames, lambda one: one.line)
    ]
    if len(groups) < 2:
        return ()
    return tuple(RangeSource(line, photographs) for line, photographs in groups if line)


def _series_terms(frames: Sequence[About], series: StoredSeries) -> Terms:
    """Return what is owed for a series: by frame what frames differ in, once what holds for all."""
    terms = series_terms([one.terms for one in frames], _CREDITS)
    return with_notices(terms, series.description.notices)


def listed_life(asked: Iterable[Asked]) -> Life:
    """Words may be edited at any time, so no copy of them is kept longer than five minutes.

    What is not told of counts as well: where that changes, a copy without it is out of date.
    """
    return shortest(300, (one.life for one in asked))
