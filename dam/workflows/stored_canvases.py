"""Stored canvases: built when something that they are built from has changed, and then kept.

A key tells whether it has, without reading the words: of a thousand frames of which one was
edited, one is read and built.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dam.catalogue.notices import Notice
from dam.iiif import presentation as iiif
from dam.iiif.extents import Extent
from dam.iiif.presentation_source import ImageSource, LabelledWords, Terms
from dam.iiif.presentation_words import LanguageMap
from dam.iiif.tiles import Pyramid
from dam.records import canvas_inputs, canvases, catalogue
from dam.records import series as series_rows
from dam.records.base import Session
from dam.records.canvases import Canvas
from dam.rights.facts import Audience
from dam.workflows import ask
from dam.workflows.archive import Archive
from dam.workflows.ask import Asked
from dam.workflows.presentation import (
    Told,
    dateline,
    frame_source,
    provider,
    terms_without_notices,
    told_all,
    with_notices,
)

_SHAPE = 2  # counts what this program makes of the same words: to be raised when that changes
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class About:
    """What the manifest of a series has to know of one of its frames.

    *terms* are without what the series itself is owed; *pack* is the public's.
    """

    photograph_id: str
    terms: Terms
    line: LanguageMap
    captioned: bool
    pack: Pyramid | None

    @property
    def image(self) -> ImageSource | None:
        """The image that the public may see."""
        if self.pack is None:
            return None
        return ImageSource(self.photograph_id, self.pack.full, self.pack.sizes)


@dataclass(frozen=True, slots=True)
class PublicCanvases:
    """The public's canvases of one manifest, in order; *fresh* are those not stored as they are.

    *asked* are the decisions about all its photographs, also those that have no canvas.
    """

    canvases: tuple[Canvas, ...]
    fresh: tuple[Canvas, ...]
    asked: tuple[Asked, ...]


def public_canvases(
    db: Session,
    archive: Archive,
    manifest_id: str,
    photographs: Sequence[str],
    notices: tuple[Notice, ...] = (),
) -> PublicCanvases:
    """Return the canvases of those *photographs* that the public is told of.

    The decision is asked of each, whatever is stored. *notices* are those of the series itself.
    """
    asked = _asked(db, archive, photographs)
    listed = [one for one in photographs if asked[one].told_of]
    keys = _keys(db, archive, manifest_id, {one: asked[one] for one in listed})
    stored = canvases.of_manifest(db, manifest_id)
    stale = [one for one in listed if one not in stored or stored[one].inputs != keys[one]]
    fresh = {
        one.photograph.id: _built(archive, manifest_id, one, keys[one.photograph.id], notices)
        for start in range(0, len(stale), _AT_ONCE)
        for one in told_all(
            db, archive, catalogue.photographs(db, stale[start : start + _AT_ONCE]), asked
        )
    }
    found = tuple(fresh.get(one) or stored[one] for one in listed)
    return PublicCanvases(found, tuple(fresh.values()), tuple(asked.values()))


def _asked(db: Session, archive: Archive, photographs: Sequence[str]) -> dict[str, Asked]:
    found: dict[str, Asked] = {}
    for start in range(0, len(photographs), _AT_ONCE):
        some = photographs[start : start + _AT_ONCE]
        found |= ask.ask_in(db, archive, some, Audience.PUBLIC)
    return found


def _keys(
    db: Session, archive: Archive, manifest_id: str, asked: Mapping[str, Asked]
) -> dict[str, str]:
    """Return the hash of everything that each canvas is built from."""
    settings = archive.settings
    whole = repr((_SHAPE, manifest_id, settings.archive_name, settings.archive_language))
    inputs = canvas_inputs.inputs_of(db, list(asked))
    notices = series_rows.notices_of(db, list(asked))
    return {
        one: _digest(
            whole,
            inputs.get(one),
            notices.get(one),
            [each.facts.statement_of(layer) for layer in each.facts.layers],
            each.decision.credit,
            each.decision.withheld,
            each.decision.protected,
            each.decision.step,
            each.decision.pack,
            each.decision.better,
            each.decision.reasons if each.decision.pack is None else None,
        )
        for one, each in asked.items()
    }


def _digest(*values: object) -> str:
    return hashlib.sha256(repr(values).encode("utf-8", "surrogatepass")).hexdigest()


def _built(
    archive: Archive, manifest_id: str, one: Told, key: str, notices: tuple[Notice, ...]
) -> Canvas:
    text = iiif.stored_text(iiif.canvas(frame_source(archive, one), manifest_id, provider(archive)))
    pack = one.pack
    about = {
        "terms": _terms_json(own_terms(one, notices)),
        "line": dateline(one.words),
        "captioned": bool(one.words.captions),
        "image": None if pack is None else [pack.extent.width, pack.extent.height, pack.tile_size],
    }
    return Canvas(one.photograph.id, key, text, json.dumps(about, ensure_ascii=False))


def own_terms(one: Told, notices: tuple[Notice, ...]) -> Terms:
    """Return what is owed for a frame, without *notices*: what its series is owed is said once."""
    own = tuple(notice for notice in one.words.notices if notice not in notices)
    return with_notices(terms_without_notices(one.words), own)


def about(canvas: Canvas) -> About:
    """Return what the manifest has to know of a canvas."""
    return About(canvas.photograph_id, *_said(canvas.about))


@lru_cache(maxsize=1024)
def _said(text: str) -> tuple[Terms, LanguageMap, bool, Pyramid | None]:
    """Return what is kept beside a canvas; frames of a series mostly have the same beside them."""
    said = json.loads(text)
    pack = None
    if said["image"] is not None:
        width, height, tile_size = said["image"]
        pack = Pyramid(Extent(width, height), tile_size)
    return _terms(said["terms"]), _words(said["line"]), said["captioned"], pack


def _terms_json(terms: Terms) -> list[object]:
    required = terms.required_statement
    statement = None if required is None else [required.label, required.value]
    return [terms.rights, terms.rights_name, statement]


def _terms(said: tuple[str | None, list[list[str]], list[list[list[str]]] | None]) -> Terms:
    rights, name, statement = said
    if statement is None:
        return Terms(rights, _words(name))
    label, value = map(_words, statement)
    return Terms(rights, _words(name), LabelledWords(label, value))


def _words(pairs: list[list[str]]) -> LanguageMap:
    return tuple((language, text) for language, text in pairs)
