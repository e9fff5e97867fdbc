"""Derive: from a master to the tile packs that the decision names, each cut from the master."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dam.imaging.packs import (
    DamagedPack,
    MadePack,
    Member,
    content_digest,
    index_members,
    make_pack,
)
from dam.imaging.probe import MasterLimits, probe
from dam.imaging.thumbnails import add_thumbnails
from dam.imaging.transparency import make_transparent_pack
from dam.imaging.turning import turned
from dam.records import catalogue, epochs
from dam.records.base import Session
from dam.records.values import StoredPack, StoredPhotograph, TransparentTiles
from dam.rights.decision import PackKind, PackRecipe
from dam.rights.facts import Audience, Purpose
from dam.storage import keys
from dam.storage.packs import index_bytes, slices
from dam.workflows import ask, likeness, publish
from dam.workflows.archive import Archive
from dam.workflows.ask import When

FULL = PackRecipe(PackKind.FULL)
_MOST_CHANGES = 8


@dataclass(frozen=True, slots=True)
class MadePacks:
    """The recipes that were made, and those that were there already."""

    made: tuple[str, ...]
    kept: tuple[str, ...]


def derive(archive: Archive, photograph_id: str, *, rebuild: bool = False) -> MadePacks:
    """Make the packs of a photograph that are wanted and missing; with *rebuild*, all of them.

    Wanted are the full pack, for those who work here, and whatever pack the decision names for
    the public, and for researchers who have signed in, now or at a moment that is already set.

    Raises:
        UnknownPhotograph, ObjectMissing
        DamagedMaster: the master cannot be decoded to its end.
    """
    with archive.reading() as db:
        photograph = catalogue.photograph(db, photograph_id)
    recipes = tuple(wanted_recipes(archive, photograph_id))
    degrees = _degrees(photograph)
    have = {pack.recipe for pack in photograph.packs if pack.shows(photograph.master, degrees)}
    missing = [recipe for recipe in recipes if rebuild or recipe.name not in have]
    if missing:
        _record(archive, photograph, [_make(archive, photograph, recipe) for recipe in missing])
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
            for recipe in (asked.decision.pack, asked.decision.better):
                if recipe is not None and recipe not in seen:
                    seen.add(recipe)
                    yield recipe
            if asked.decision.until is None:
                return
            when = When(on=asked.decision.until)


def _degrees(photograph: StoredPhotograph) -> int:
    """Return by how much staff turned it, clockwise, over the orientation of its file."""
    turn = photograph.description.turn
    return turn.degrees if turn else 0


def _make(
    archive: Archive, photograph: StoredPhotograph, recipe: PackRecipe
) -> tuple[StoredPack, int]:
    """Make the pack of a recipe and its transparent companion; return them with their bytes.

    Nothing is kept before both are made.
    """
    master = archive.store.path(photograph.master.key)
    limits = MasterLimits(max_pixels=archive.settings.max_pixels)
    run = archive.decoding.run
    degrees = _degrees(photograph)
    found = turned(run(probe, master, limits, name=photograph.original_name), degrees)
    side, quality = recipe.long_side, archive.settings.jpeg_quality
    with _aside(archive, ".zip") as white, _aside(archive, ".zip") as clear:
        made = run(make_pack, master, found, white, long_side=side, jpeg_quality=quality)
        made = add_thumbnails(white, made, jpeg_quality=quality)
        companion = run(make_transparent_pack, master, found, clear, long_side=side)
        size = sum(path.stat().st_size for path in (white, clear) if path.exists())
        key, digest = _keep(archive, white, made, (photograph.id, recipe.name))
        transparent = None
        if companion is not None:
            named = photograph.id, f"{recipe.name}-transparent"
            transparent = TransparentTiles(*_keep(archive, clear, companion, named))
    grid = made.extent, made.tile_size, made.grayscale
    cut = degrees, photograph.master.sha256
    return StoredPack(recipe.name, key, digest, *grid, transparent, *cut), size


@contextmanager
def _aside(archive: Archive, ending: str) -> Iterator[Path]:
    """Yield the path of a scratch file, which is gone afterwards unless the store kept it."""
    path = archive.store.scratch(ending)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _index(members: Iterable[Member]) -> bytes:
    return index_bytes(slices((member.name, member.offset, member.length) for member in members))


def _record(
    archive: Archive, photograph: StoredPhotograph, made: Sequence[tuple[StoredPack, int]]
) -> None:
    """Name the new packs in the rows of their recipes, then let go of what they replace.

    All at once, with those that show the picture turned otherwise removed: nobody is given the
    one pack upright and the other on its side. Packs of a master that was exchanged meanwhile go;
    the job that came with the exchange makes those of the new one.
    """
    seen = likeness.of_packs(archive, photograph, [pack for pack, _ in made])
    with archive.writing.begin() as db:
        now = catalogue.photograph(db, photograph.id)
        if now.master.sha256 == photograph.master.sha256:
            likeness.note(db, archive, photograph.id, seen)
            replaced = _put(db, archive, photograph, made)
        else:
            named = {key for pack in now.packs for key in pack.keys}
            replaced = [key for pack, _ in made for key in pack.keys if key not in named]
        publish.enqueue(db, archive, photograph.id)
        epochs.advance(db)
    archive.epoch.advance()
    for key in replaced:
        archive.store.discard(key)
        archive.store.discard(keys.pack_index(key))


def _put(
    db: Session,
    archive: Archive,
    photograph: StoredPhotograph,
    made: Sequence[tuple[StoredPack, int]],
) -> list[str]:
    """Write the rows of new packs; return the keys of the objects that nothing names any more."""
    replaced: list[str] = []
    for pack, size in made:
        replaced += catalogue.put_pack(db, photograph.id, pack, size, archive.now())
    # One DELETE must not take a row that was just moved to its new pack.
    db.flush()
    degrees = _degrees(photograph)
    replaced += catalogue.drop_other_packs(db, photograph.id, photograph.master, degrees)
    return replaced


def _keep(archive: Archive, aside: Path, made: MadePack, named: tuple[str, str]) -> tuple[str, str]:
    """Put a pack and its index into the store, and return its key and its digest.

    The index goes first: a pack that is there is readable. Packs of the same key have the same
    pictures, in an order that may differ, so a pack stays with its own index; both are replaced
    where one was damaged in the store.
    """
    digest = content_digest(aside, made.members)
    key = keys.pack(*named, digest)
    if not _is_sound(archive, key):
        with _aside(archive, ".idx") as index:
            index.write_bytes(_index(made.members))
            for path, name in ((index, keys.pack_index(key)), (aside, key)):
                archive.store.discard(name)
                archive.store.keep(path, name)
    return key, digest


def _is_sound(archive: Archive, key: str) -> bool:
    """Say whether the store has a pack *key* that holds what it should and is read as it is."""
    name = keys.pack_index(key)
    if not archive.store.exists(key) or not archive.store.exists(name):
        return False
    pack = archive.store.path(key)
    try:
        members = index_members(pack)
        digest = content_digest(pack, members)
    except DamagedPack:
        return False
    return archive.store.path(name).read_bytes() == _index(members) and digest in key
