"""Likeness: what each master looks like, so that a picture that comes again is known.

It is read from the full pack when that is cut. The digest of a pack is that of its pictures, and
so of the master's pixels: two files of one picture have the same, whatever else they say.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime

from dam.catalogue.likeness import Way, lying
from dam.errors import DamError
from dam.imaging.likeness import pack_hash
from dam.records import catalogue, likenesses, pairs, queue
from dam.records.base import Session
from dam.records.likenesses import Likeness
from dam.records.queue import JobKind
from dam.records.values import StoredPack, StoredPhotograph
from dam.rights.decision import PackKind, PackRecipe
from dam.storage import keys
from dam.storage.packs import OpenPack
from dam.workflows.archive import Archive

MISSING = "missing"
_FULL = PackRecipe(PackKind.FULL).name
_PORTION = 200


def of_packs(
    archive: Archive, photograph: StoredPhotograph, packs: Sequence[StoredPack]
) -> Likeness | None:
    """Return what a photograph looks like by its full pack, if that is among *packs*.

    Raises:
        ObjectMissing, DamagedPack: the pack cannot be read.
    """
    pack = next((each for each in packs if each.recipe == _FULL), None)
    if pack is None:
        return None
    # Not by the shelf, where it would stay open: nobody has asked for its tiles.
    paths = archive.store.path(pack.key), archive.store.path(keys.pack_index(pack.key))
    with closing(OpenPack(*paths)) as opened:
        perceptual = pack_hash(
            pack.extent, pack.tile_size, lambda name: name in opened.members, opened.read
        )
    if perceptual is not None:
        perceptual = lying(perceptual, Way(-pack.turned % 360))
    digest = "" if pack.turned else pack.digest
    if digest and pack.transparent:
        digest += pack.transparent.digest
    return Likeness(photograph.master.sha256, digest, perceptual)


def note(db: Session, archive: Archive, photograph_id: str, likeness: Likeness | None) -> None:
    """Write what a photograph looks like; of one that is new, also what it has to be compared with.

    In the transaction of the pack, so that of two that come at once the second finds the first.
    """
    if likeness is not None and likenesses.put(db, photograph_id, likeness):
        found = likenesses.look(db, photograph_id, likeness)
        pairs.add(db, photograph_id, found, archive.now())


def fill(archive: Archive, told: Callable[[int], None] = lambda _done: None) -> int:
    """Look at the photographs that were taken in before this was done; return how many there were.

    They are known from then on when something like them comes; they are not compared with each
    other. One whose pack cannot be read is left out.
    """
    done, after = 0, ""
    while True:
        with archive.reading() as db:
            some = likenesses.not_looked_at(db, _PORTION, after)
            photographs = catalogue.photographs(db, some)
        if not some:
            return done
        looked = [(one.id, _of_photograph(archive, one)) for one in photographs]
        with archive.writing.begin() as db:
            for photograph_id, likeness in looked:
                if likeness is not None:
                    likenesses.put(db, photograph_id, likeness)
                    done += 1
        after = some[-1]
        told(done)


def _of_photograph(archive: Archive, photograph: StoredPhotograph) -> Likeness | None:
    try:
        return of_packs(archive, photograph, photograph.packs)
    except DamError:
        return None


def enqueue_missing(db: Session, now: datetime) -> None:
    """Write a job that looks at what is there, where of some it is not known what it looks like."""
    if likenesses.not_looked_at(db, 1):
        queue.enqueue(db, JobKind.LIKENESS, MISSING, now)
