"""What is alike is found in the database, on each engine, and a pair is written once."""

import random

from sqlalchemy import func, select
from stored_rows import NOON, add_photograph, pack

from dam.catalogue.likeness import BITS, WAYS, Way, lying
from dam.metadata.blocks import BlockKind, RawBlocks
from dam.metadata.file_claims import FileClaim
from dam.records import carried, catalogue, likenesses, masters, pairs
from dam.records.likeness_rows import AlikeRow
from dam.records.likenesses import FoundBy, Likeness

HASH = 0x2B5C_91E6_D04A_7F38


def put(db, name, perceptual=None, pixels=""):
    add_photograph(db, name)
    likenesses.put(db, name, Likeness(name.ljust(64, "0"), pixels, perceptual))


def off(bits):
    """HASH with that many bits changed, in all of its bands."""
    return HASH ^ sum(1 << 9 * bit for bit in range(bits))


def test_what_is_alike_is_found_the_same_pixels_first_then_the_nearest(db):
    for bits in (0, 5, 7, 8, 20):
        put(db, f"off{bits}", off(bits) if bits < 8 else HASH ^ (1 << bits) - 1)
    put(db, "turned", lying(off(2), Way(90)))
    put(db, "turnedfar", lying(off(5), Way(270)))
    put(db, "same", HASH ^ (1 << 40) - 1, "0123456789abcdef")
    put(db, "empty")
    found = likenesses.look(db, "new", Likeness("", "0123456789abcdef", HASH))
    assert [(each.photograph_id, each.found_by, each.distance) for each in found] == [
        ("same", FoundBy.PIXELS, 0),
        ("off0", FoundBy.LIKENESS, 0),
        ("turned", FoundBy.LIKENESS, 2),
        ("off5", FoundBy.LIKENESS, 5),
        ("off7", FoundBy.LIKENESS, 7),
    ]
    assert {each.way for each in found} == {Way(), Way(90)}
    assert likenesses.look(db, "off0", Likeness("", "", None)) == ()
    assert "off0" not in {
        each.photograph_id for each in likenesses.look(db, "off0", Likeness("", "", HASH))
    }


def test_any_near_hash_is_found_among_many(db):
    chance = random.Random(3)  # noqa: S311  # the same each time
    for number in range(100):
        put(db, f"stranger{number:03}x", chance.getrandbits(BITS))
    put(db, "old", HASH)
    for _ in range(40):
        flipped = chance.sample(range(BITS), chance.choice((3, 6, 7)))
        near = HASH ^ sum(1 << bit for bit in flipped)
        assert "old" in {
            each.photograph_id for each in likenesses.look(db, "new", Likeness("", "", near))
        }
    for way in WAYS:
        flipped = sum(1 << bit for bit in chance.sample(range(BITS), 3))
        found = likenesses.look(db, "new", Likeness("", "", lying(HASH ^ flipped, way)))
        assert "old" in {each.photograph_id for each in found}, way


def test_a_pair_is_written_once_whichever_of_the_two_is_looked_at(db):
    for name in ("old", "new"):
        put(db, name, HASH)
    for one, other in (("new", "old"), ("old", "new"), ("new", "old")):
        found = likenesses.look(db, one, Likeness("", "", HASH))
        assert [each.photograph_id for each in found] == [other]
        pairs.add(db, one, found, NOON)
        db.flush()
    assert db.scalar(select(func.count()).select_from(AlikeRow)) == 1
    assert db.get(AlikeRow, ("new", "old")).choice == ""


def test_pixels_that_are_known_stay_until_the_master_is_another(db):
    add_photograph(db, "abc")
    assert likenesses.put(db, "abc", Likeness("first", "0123", HASH))
    assert not likenesses.put(db, "abc", Likeness("first", "", HASH))
    assert likenesses.one(db, "abc") == Likeness("first", "0123", HASH)
    assert not likenesses.put(db, "abc", Likeness("second", "", None))
    assert likenesses.one(db, "abc") == Likeness("second", "", None)
    assert likenesses.look(db, "new", Likeness("", "", HASH)) == ()


def test_photographs_with_tiles_that_nobody_looked_at_are_told_in_pages(db):
    for name in ("a", "b", "c", "d"):
        add_photograph(db, name)
        if name != "d":
            catalogue.put_pack(db, name, pack(), 1, NOON)
    likenesses.put(db, "b", Likeness("b".ljust(64, "0"), "", HASH))
    assert likenesses.not_looked_at(db, 9) == ("a", "c")
    assert likenesses.not_looked_at(db, 1, "a") == ("c",)
    likenesses.put(db, "b", Likeness("of an earlier master", "", HASH))
    assert likenesses.not_looked_at(db, 9) == ("a", "b", "c")


def test_masters_are_exchanged_with_all_that_comes_of_the_file_and_back(db):
    for name, bits in (("old", 0), ("new", 7)):
        put(db, name, off(bits), f"{bits:016x}")
        catalogue.put_pack(db, name, pack(name), 1, NOON)
        blocks = RawBlocks(
            exif=name.encode(), xmp=None, iim=None, extended_xmp=None, iim_digest=None
        )
        claim = FileClaim(BlockKind.EXIF, "Make", "Make", name, "", "")
        carried.keep(db, name, blocks, [claim] * (2 if bits else 1))
    db.flush()

    def held():
        db.flush()
        db.expire_all()
        found = catalogue.photographs(db, ["old", "new"])
        said = [(carried.blocks(db, one), carried.claims(db, one)) for one in ("old", "new")]
        looks = [likenesses.one(db, one) for one in ("old", "new")]
        return [one.master for one in found], said, looks, [one.revision for one in found]

    before = held()
    masters.exchange(db, "old", "new")
    after = held()
    assert [one[::-1] for one in after[:3]] == list(map(list, before[:3]))
    assert after[3] == [2, 2]
    for one in catalogue.photographs(db, ["old", "new"]):
        assert not one.packs[0].shows(one.master, 0)
    masters.exchange(db, "new", "old")
    assert held()[:3] == before[:3]
    assert all(
        one.packs[0].shows(one.master, 0) for one in catalogue.photographs(db, ["old", "new"])
    )
