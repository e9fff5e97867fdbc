"""Derive: from a master to the tile packs that the decision names, each cut from the master."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dam.imaging.packs import MadePack, make_pack
from dam.imaging.probe import MasterLimits, probe
from dam.records import catalogue, epochs
from dam.records.values import StoredPack, StoredPhotograph
from dam.rights.decision import PackKind, PackRecipe
from dam.rights.facts import Audience, Purpose
from dam.storage import keys
from dam.storage.packs import index_bytes, slices
from dam.workflows import ask, publish
from dam.workflows.archive import Archive
from dam.workflows.ask import When

FULL = PackRecipe(PackKind.FULL)
_MOST_CHANGES = 8
_DIGEST_CHARACTERS = 16


@dataclass(frozen=True, slots=True)
class MadePacks:
    """The recipes that were made, and those that were there already."""

    made: tuple[str, ...]
    kept: tuple[str, ...]


def derive(archive: Archive, photograph_id: str, *, rebuild: bool = False) -> MadePacks:
    """Make the packs of a photograph that are wanted and missing; with *rebuild*, all of them.

    Wanted are the full pack, for those who work here, and whatever pack the decision names for
    the public, now or at a moment that is already set.

    Raises:
        UnknownPhotograph, ObjectMissing
        DamagedMaster: the master cannot be decoded to its end.
    """
    with archive.reading() as db:
        photograph = catalogue.photograph(db, photograph_id)
    recipes = tuple(wanted_recipes(archive, photograph_id))
    have = {pack.recipe for pack in photograph.packs}
    missing = [recipe for recipe in recipes if rebuild or recipe.name not in have]
    for recipe in missing:
        _make(archive, photograph, recipe)
    return MadePacks(
        tuple(recipe.name for recipe in missing),
        tuple(recipe.name for recipe in recipes if recipe not in missing),
    )


def wanted_recipes(archive: Archive, photograph_id: str) -> Iterator[PackRecipe]:
    """Yield the recipes of the packs that a photograph needs, each once."""
    yield FULL
    seen = {FULL}
    when = When()
    with archive.reading() as db:
        for _ in range(_MOST_CHANGES):
            asked = ask.ask_in(db, archive, [photograph_id], Audience.PUBLIC, Purpose.VIEW, when)[
                photograph_id
            ]
            recipe = asked.decision.pack
            if recipe is not None and recipe not in seen:
                seen.add(recipe)
                yield recipe
            if asked.decision.until is None:
                return
            when = When(on=asked.decision.until)


def _make(archive: Archive, photograph: StoredPhotograph, recipe: PackRecipe) -> None:
    aside, index = archive.store.scratch(".zip"), archive.store.scratch(".idx")
    try:
        made = _cut(archive, photograph, recipe, aside)
        digest, size = _digest(aside), aside.stat().st_size
        members = ((member.name, member.offset, member.length) for member in made.members)
        index.write_bytes(index_bytes(slices(members)))
        key = keys.pack(photograph.id, recipe.name, digest)
        _keep(archive, aside, index, key)
    finally:
        aside.unlink(missing_ok=True)
        index.unlink(missing_ok=True)
    pack = StoredPack(recipe.name, key, digest, made.extent, made.tile_size, made.grayscale)
    _record(archive, photograph.id, pack, size)


def _cut(
    archive: Archive, photograph: StoredPhotograph, recipe: PackRecipe, aside: Path
) -> MadePack:
    master = archive.store.path(photograph.master.key)
    limits = MasterLimits(max_pixels=archive.settings.max_pixels)
    facts = archive.decoding.run(probe, master, limits, name=photograph.original_name)
    return archive.decoding.run(
        make_pack,
        master,
        facts,
        aside,
        long_side=recipe.long_side,
        jpeg_quality=archive.settings.jpeg_quality,
    )


def _record(archive: Archive, photograph_id: str, pack: StoredPack, size: int) -> None:
    """Name the new pack in the row of its recipe, then let go of the one it replaces."""
    with archive.writing.begin() as db:
        replaced = catalogue.put_pack(db, photograph_id, pack, size, archive.now())
        publish.enqueue(db, archive, photograph_id)
        epochs.advance(db)
    archive.epoch.advance()
    if replaced:
        archive.store.discard(replaced)
        archive.store.discard(keys.pack_index(replaced))


def _keep(archive: Archive, aside: Path, index: Path, key: str) -> None:
    """Put pack and index into the store, the index first: a pack that is there is readable.

    Objects of the same key have the same bytes, unless they were damaged in the store.
    """
    for path, name in ((index, keys.pack_index(key)), (aside, key)):
        if archive.store.exists(name):
            if _digest(archive.store.path(name)) == _digest(path):
                continue
            archive.store.discard(name)
        archive.store.keep(path, name)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:_DIGEST_CHARACTERS]
