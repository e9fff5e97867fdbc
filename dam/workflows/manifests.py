"""Manifests for one audience: stored canvases, decided one by one, assembled."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dam.catalogue.fields import SeriesField
from dam.catalogue.notices import Notice
from dam.iiif import presentation as iiif
from dam.iiif.presentation_frames import photograph_manifest, series_terms
from dam.iiif.presentation_source import (
    FrameSource,
    ManifestSource,
    RangeSource,
    Terms,
    Whole,
    WholeKind,
    collection_path,
    manifest_path,
)
from dam.iiif.presentation_words import LanguageMap
from dam.records import canvases, catalogue
from dam.records import series as series_rows
from dam.records.base import Session
from dam.records.values import Place, StoredSeries
from dam.rights.facts import Audience
from dam.workflows import ask
from dam.workflows.archive import Archive
from dam.workflows.presentation import (
    SERIES_PAGE,
    Told,
    dateline,
    frame_source,
    image_source,
    provider,
    terms_without_notices,
    told_all,
    with_notices,
)

_CREDITS: LanguageMap = (("en", "Credits and licences"),)


@dataclass(frozen=True, slots=True)
class Document:
    """A IIIF document without its origin, and how long caches outside may keep it."""

    text: str
    cache_seconds: int


def manifest(archive: Archive, identifier: str, audience: Audience) -> Document:
    """Return the manifest of a photograph or of a series for *audience*.

    Raises:
        Unknown: there is none, or this audience is not told of it.
        Withdrawn: it was withdrawn.
    """
    with archive.reading() as db:
        try:
            series = series_rows.series(db, identifier)
        except series_rows.UnknownSeries:
            return _of_photograph(db, archive, identifier, audience)
        return _of_series(db, archive, series, audience)


def _of_photograph(
    db: Session, archive: Archive, photograph_id: str, audience: Audience
) -> Document:
    asked = ask.ask_in(db, archive, [photograph_id], audience)[photograph_id]
    ask.require_words(asked)
    photograph = catalogue.photograph(db, photograph_id)
    (one,) = told_all(db, archive, [photograph], {photograph_id: asked})
    whole = (*map(_series_whole, series_rows.places_of(db, photograph_id)), TOP)
    source = photograph_manifest(frame_source(one), provider(archive), whole)
    text = iiif.manifest_text(source, _canvases(db, archive, photograph_id, [one]))
    return Document(text, listed_seconds([one]))


TOP = Whole(WholeKind.COLLECTION, collection_path())


def _series_whole(place: Place) -> Whole:
    label = ((place.series_language, place.series_title),)
    return Whole(WholeKind.MANIFEST, manifest_path(place.series_id), label)


def told_frames(
    db: Session, archive: Archive, identifiers: Sequence[str], audience: Audience
) -> list[Told]:
    """Return those photographs, in order, whose words this audience may read."""
    asked = ask.ask_in(db, archive, identifiers, audience)
    listed = [
        one
        for one in identifiers
        if asked[one].decision.listed and not asked[one].decision.withdrawn
    ]
    return list(told_all(db, archive, catalogue.photographs(db, listed), asked))


def _of_series(db: Session, archive: Archive, series: StoredSeries, audience: Audience) -> Document:
    frames = told_frames(db, archive, series.frames, audience)
    if not frames:
        raise ask.Unknown
    source = ManifestSource(
        manifest_id=series.id,
        label=series.description.words(SeriesField.SERIES_TITLE),
        provider=provider(archive),
        homepage_label=SERIES_PAGE,
        terms=_series_terms(frames, series.description.notices),
        summary=series.description.words(SeriesField.INTRODUCTION),
        part_of=(TOP,),
        thumbnail=next((image for one in frames if (image := image_source(one))), None),
        searched=any(one.words.captions for one in frames),
        ranges=_ranges(frames),
    )
    text = iiif.manifest_text(source, _canvases(db, archive, series.id, frames))
    return Document(text, listed_seconds(frames))


def _ranges(frames: Sequence[Told]) -> tuple[RangeSource, ...]:
    """Return the frames that follow each other under one dateline; none for a single one."""
    groups = [
        (line, tuple(one.photograph.id for one in group))
        for line, group in groupby(frames, lambda one: dateline(one.words))
    ]
    if len(groups) < 2:
        return ()
    return tuple(RangeSource(line, photographs) for line, photographs in groups if line)


def _series_terms(frames: Sequence[Told], notices: tuple[Notice, ...]) -> Terms:
    """Return what is owed for a series: by frame what frames differ in, once what holds for all."""
    own = [
        with_notices(
            terms_without_notices(one.words),
            tuple(notice for notice in one.words.notices if notice not in notices),
        )
        for one in frames
    ]
    return with_notices(series_terms(own, _CREDITS), notices)


def _canvases(db: Session, archive: Archive, manifest_id: str, frames: Sequence[Told]) -> list[str]:
    """Return the canvases of *frames*: the stored one where it was built from the same inputs."""
    stored = canvases.of_manifest(db, manifest_id)
    texts = []
    for one in frames:
        source = frame_source(one)
        kept = stored.get(one.photograph.id)
        if kept is not None and kept.inputs == inputs_digest(archive, manifest_id, source):
            texts.append(kept.text)
        else:
            texts.append(_canvas_text(archive, manifest_id, source))
    return texts


def _canvas_text(archive: Archive, manifest_id: str, source: FrameSource) -> str:
    return iiif.stored_text(iiif.canvas(source, manifest_id, provider(archive)))


def inputs_digest(archive: Archive, manifest_id: str, source: FrameSource) -> str:
    """Return the hash of everything that a canvas is built from."""
    everything = (archive.settings.archive_name, manifest_id, source)
    return hashlib.sha256(repr(everything).encode()).hexdigest()


def public_canvases(
    db: Session, archive: Archive, manifest_id: str, identifiers: Sequence[str]
) -> list[canvases.Canvas]:
    """Return the public's canvases that are not stored yet as they are now, built and checked."""
    stored = canvases.of_manifest(db, manifest_id)
    fresh = []
    for one in told_frames(db, archive, identifiers, Audience.PUBLIC):
        source = frame_source(one)
        inputs = inputs_digest(archive, manifest_id, source)
        kept = stored.get(one.photograph.id)
        if kept is None or kept.inputs != inputs:
            text = _canvas_text(archive, manifest_id, source)
            fresh.append(canvases.Canvas(one.photograph.id, inputs, text))
    return fresh


def listed_seconds(frames: Sequence[Told]) -> int:
    """Words may be edited at any time, so no copy of them is kept longer than five minutes."""
    return min([300, *(one.asked.cache_seconds for one in frames)])
