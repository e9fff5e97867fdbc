"""The store in a directory, and the keys of its objects."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from storage_contract import BAD_KEYS, MASTER, PACK, StorageContract

from dam.storage import keys
from dam.storage.base import ObjectExists, StoreUnavailable
from dam.storage.local import LocalStore


class TestLocalStore(StorageContract):
    @pytest.fixture
    def store(self, tmp_path):
        store = LocalStore(tmp_path / "media")
        store.prepare()
        return store

    def test_crash_between_link_and_unlink_is_harmless(self, store):
        received = self.received(store)
        target = store.root / MASTER
        target.parent.mkdir(parents=True)
        os.link(received.path, target)  # and here the power goes
        again = self.received(store)
        with pytest.raises(ObjectExists):
            store.keep(again.path, MASTER)
        received.path.unlink()
        again.path.unlink()
        assert store.path(MASTER).read_bytes() == b"a photograph"

    def test_objects_are_files_below_the_directory_under_their_keys(self, store):
        self.kept(store)
        assert (store.root / PACK).read_bytes() == b"a photograph"

    def test_preparing_twice_changes_nothing(self, store):
        self.kept(store)
        store.prepare()
        assert store.exists(PACK)

    def test_store_that_cannot_be_written_says_so_without_a_path(self, store):
        # A file where a directory should be fails for every user, root too.
        (store.root / "packs").write_bytes(b"")
        received = self.received(store)
        with pytest.raises(StoreUnavailable) as caught:
            store.keep(received.path, PACK)
        assert str(store.root) not in str(caught.value)
        assert received.path.exists()

    def test_place_that_cannot_be_made_says_so_without_a_path(self, tmp_path):
        (tmp_path / "media").write_bytes(b"")
        with pytest.raises(StoreUnavailable, match=r"^The media directory cannot be written\.$"):
            LocalStore(tmp_path / "media").prepare()

    def test_directory_that_vanished_says_that_it_cannot_be_written(self, tmp_path):
        with pytest.raises(StoreUnavailable):
            self.received(LocalStore(tmp_path / "gone"))


@pytest.mark.parametrize(("key", "reason"), BAD_KEYS)
def test_key_that_is_no_key_is_known_by_itself(key, reason):
    assert not keys.is_safe(key), reason


IDENTIFIERS = st.text("0123456789abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=32)
HASHES = st.text("0123456789abcdef", min_size=16, max_size=64)


@given(IDENTIFIERS, HASHES)
def test_keys_that_we_make_are_safe(identifier, digest):
    pack = keys.pack(identifier, "capped-1000", digest)
    made = (keys.master(digest), pack, keys.pack_index(pack), keys.refused(identifier))
    assert all(map(keys.is_safe, made))
    assert len(set(made)) == 4


@given(st.text())
def test_safe_key_stays_below_the_directory(key):
    if keys.is_safe(key):
        assert os.path.normpath(f"/store/{key}") == f"/store/{key}"
