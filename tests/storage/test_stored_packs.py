"""Packs as they are read: the index beside them, and the shelf that holds them open."""

import os
import random
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dam.storage import keys
from dam.storage.base import ObjectMissing
from dam.storage.local import LocalStore
from dam.storage.packs import (
    DamagedPack,
    OpenPack,
    Slice,
    index_bytes,
    read_index,
    slices,
)
from dam.storage.shelf import PackShelf

NAMES = st.text(st.characters(max_codepoint=127), max_size=60)
SLICES = st.builds(Slice, st.integers(0, 2**64 - 1), st.integers(0, 2**32 - 1))
INDEXES = st.dictionaries(NAMES, SLICES, max_size=20)


@given(INDEXES)
def test_index_is_read_as_it_was_written(members):
    assert list(read_index(index_bytes(members)).items()) == list(members.items())


@given(INDEXES, st.data())
def test_index_that_was_cut_is_damaged(members, data):
    whole = index_bytes(members)
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(DamagedPack):
        read_index(whole[:cut])


@given(INDEXES, st.binary(min_size=1))
def test_index_with_more_behind_it_is_damaged(members, more):
    with pytest.raises(DamagedPack):
        read_index(index_bytes(members) + more)


@given(INDEXES, st.data())
def test_index_with_a_changed_byte_is_damaged_or_another_index(members, data):
    changed = bytearray(index_bytes(members))
    at = data.draw(st.integers(0, len(changed) - 1))
    changed[at] ^= data.draw(st.integers(1, 255))
    try:
        found = read_index(bytes(changed))
    except DamagedPack:
        return
    assert isinstance(found, dict)


@given(st.binary(max_size=200))
def test_anything_else_is_a_damaged_index(content):
    with pytest.raises(DamagedPack):
        read_index(content)


def write_pack(directory, content=b"onetwothree", members=(("one", 0, 3), ("two", 3, 3))):
    pack, index = directory / "pack.zip", directory / "pack.idx"
    pack.write_bytes(content)
    index.write_bytes(index_bytes(slices(members)))
    return pack, index


def test_member_is_read_by_its_name(tmp_path):
    pack = OpenPack(*write_pack(tmp_path))
    assert (pack.read("one"), pack.read("two")) == (b"one", b"two")


def test_member_that_is_not_there_is_damage(tmp_path):
    with pytest.raises(DamagedPack):
        OpenPack(*write_pack(tmp_path)).read("four")


PLACES_OUTSIDE = (
    (8, 4, "ends one byte after the file"),
    (11, 1, "begins where the file ends"),
    (2**63, 1, "begins where no file can"),
    (2**64 - 1, 2**32 - 1, "is the largest that can be written"),
    (0, 2**32 - 1, "is longer than memory may hold"),
)


@pytest.mark.parametrize(("offset", "length", "reason"), PLACES_OUTSIDE)
def test_member_outside_the_file_is_damage(tmp_path, offset, length, reason):
    with pytest.raises(DamagedPack):
        OpenPack(*write_pack(tmp_path, members=[("one", offset, length)])).read("one")


def test_pack_that_was_cut_after_it_was_opened_is_damaged(tmp_path):
    path, index = write_pack(tmp_path)
    pack = OpenPack(path, index)
    os.truncate(path, 4)
    assert pack.read("one") == b"one"
    with pytest.raises(DamagedPack):
        pack.read("two")


@pytest.mark.parametrize("missing", [0, 1])
def test_pack_without_its_file_or_its_index_is_damaged(tmp_path, missing):
    paths = write_pack(tmp_path)
    paths[missing].unlink()
    with pytest.raises(DamagedPack):
        OpenPack(*paths)


def test_pack_can_be_closed_twice(tmp_path):
    pack = OpenPack(*write_pack(tmp_path))
    pack.close()
    pack.close()


@pytest.fixture
def store(tmp_path):
    """A store with six packs, each of one tile that names it."""
    store = LocalStore(tmp_path / "media")
    store.prepare()
    for number in range(6):
        content = f"tile {number}".encode()
        path, index = write_pack(tmp_path, content, [("tile", 0, len(content))])
        key = pack_key(number)
        store.keep(index, keys.pack_index(key))
        store.keep(path, key)
    return store


def pack_key(number):
    return keys.pack(f"photograph{number}", "full", "0123")


def is_open(descriptor):
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def test_pack_is_opened_once(store):
    shelf = PackShelf(store)
    assert shelf.take(pack_key(0)) is shelf.take(pack_key(0))


def test_pack_that_is_not_there_says_so(store):
    with pytest.raises(ObjectMissing):
        PackShelf(store).take(pack_key(9))


def test_least_recently_used_pack_is_let_go_and_closed(store):
    shelf = PackShelf(store, most=2)
    first, second = (shelf.take(pack_key(number)).descriptor for number in (0, 1))
    shelf.take(pack_key(0))
    shelf.take(pack_key(2))
    assert is_open(first)
    assert not is_open(second)


def test_pack_stays_readable_for_whoever_has_it_when_it_is_let_go(store):
    shelf = PackShelf(store, most=1)
    pack = shelf.take(pack_key(0))
    shelf.take(pack_key(1))
    assert shelf.take(pack_key(0)) is not pack
    assert pack.read("tile") == b"tile 0"


def test_pack_stays_readable_when_a_rebuilt_one_takes_its_place(store):
    pack = PackShelf(store).take(pack_key(0))
    store.discard(pack_key(0))
    store.discard(keys.pack_index(pack_key(0)))
    assert pack.read("tile") == b"tile 0"


def test_threads_read_the_right_packs_while_others_let_them_go(store):
    shelf = PackShelf(store, most=2)
    wrong = []

    def read(seed):
        chosen = random.Random(seed)  # noqa: S311  # nothing is kept secret by it
        for _ in range(400):
            number = chosen.randrange(6)
            try:
                if shelf.take(pack_key(number)).read("tile") != f"tile {number}".encode():
                    wrong.append(number)
            except Exception as error:  # noqa: BLE001  # a thread has nobody to tell
                wrong.append(error)

    threads = [Thread(target=read, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
