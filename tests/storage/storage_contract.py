"""What every store promises, as tests; each store has a class that inherits them."""

import hashlib
import stat

import pytest

from dam.storage.base import ObjectExists, ObjectMissing, SourceUnreadable, UploadTooLarge

MASTER = "masters/ab/abcdef"
PACK = "packs/ab/abcdef/full-1234.zip"

BAD_KEYS = (
    ("../outside", "climbs out of the store"),
    ("packs/../../outside", "climbs out on its way"),
    ("packs/..", "ends in the directory above"),
    ("/etc/passwd", "starts at the root"),
    ("packs//x", "has an empty part"),
    ("packs/a\\b", "has the other slash"),
    ("packs/a\0b", "has a null byte"),
    ("packs/ä", "has a letter that is not ASCII"),
    ("packs/A", "has a capital, which some file systems take for a small letter"),
    ("packs/a\n", "ends in a line break"),
    ("packs/", "names a directory"),
    (".hidden", "is a hidden file"),
    ("packs/./x", "has a part that is where it is already"),
    ("", "is empty"),
)


class StorageContract:
    """Inherit it in a class with the fixture ``store``: a store without objects."""

    def received(self, store, content=b"a photograph", max_bytes=1 << 20):
        return store.receive([content], max_bytes=max_bytes)

    def kept(self, store, key=PACK, content=b"a photograph"):
        store.keep(self.received(store, content).path, key)

    def test_received_bytes_are_hashed_and_counted_while_they_come(self, store):
        received = store.receive([b"a ", b"", b"photo", b"graph"], max_bytes=12)
        assert received.size_bytes == 12
        assert received.sha256 == hashlib.sha256(b"a photograph").hexdigest()
        assert received.path.read_bytes() == b"a photograph"

    def test_empty_file_can_be_received(self, store):
        received = store.receive([], max_bytes=12)
        assert received.size_bytes == 0 and received.path.read_bytes() == b""

    def test_two_files_received_at_once_do_not_share_a_place(self, store):
        assert self.received(store).path != self.received(store).path

    def test_file_that_is_too_large_leaves_nothing(self, store):
        with pytest.raises(UploadTooLarge, match="larger than 11 bytes"):
            store.receive([b"a photo", b"graph"], max_bytes=11)
        assert self.everything(store) == []

    def test_receiving_stops_as_soon_as_it_is_too_much(self, store):
        def endless():
            while True:
                yield b"0123456789"

        with pytest.raises(UploadTooLarge):
            store.receive(endless(), max_bytes=25)

    def test_sender_that_breaks_off_leaves_nothing(self, store):
        def breaking():
            yield b"a photo"
            raise ConnectionResetError

        with pytest.raises(SourceUnreadable, match="cannot be read"):
            store.receive(breaking(), max_bytes=1 << 20)
        assert self.everything(store) == []

    def test_kept_object_is_read_back_and_its_incoming_file_is_gone(self, store):
        received = self.received(store)
        store.keep(received.path, PACK)
        assert not received.path.exists()
        assert store.exists(PACK)
        assert store.path(PACK).read_bytes() == b"a photograph"
        with store.open(PACK) as file:
            assert file.read() == b"a photograph"

    def test_object_is_never_overwritten(self, store):
        self.kept(store)
        other = self.received(store, b"another")
        with pytest.raises(ObjectExists):
            store.keep(other.path, PACK)
        assert store.path(PACK).read_bytes() == b"a photograph"
        assert other.path.read_bytes() == b"another"

    def test_object_cannot_be_written_by_its_file(self, store):
        self.kept(store)
        mode = stat.S_IMODE(store.path(PACK).stat().st_mode)
        assert mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) == 0

    def test_scratch_file_becomes_an_object(self, store):
        path = store.scratch(".zip")
        assert path.suffix == ".zip" and not path.exists()
        path.write_bytes(b"tiles")
        store.keep(path, PACK)
        assert store.path(PACK).read_bytes() == b"tiles"

    def test_missing_object_says_so(self, store):
        assert not store.exists(PACK)
        for ask in (store.path, store.open):
            with pytest.raises(ObjectMissing):
                ask(PACK)

    def test_discarded_object_is_gone_and_its_key_is_free(self, store):
        self.kept(store)
        store.discard(PACK)
        assert not store.exists(PACK)
        self.kept(store, content=b"new")
        assert store.path(PACK).read_bytes() == b"new"

    def test_missing_object_can_be_discarded(self, store):
        store.discard(PACK)

    @pytest.mark.parametrize("key", [MASTER, "masters", "masters/ab"])
    def test_master_cannot_be_discarded(self, store, key):
        self.kept(store, MASTER)
        with pytest.raises(ObjectExists):
            store.discard(key)
        assert store.path(MASTER).read_bytes() == b"a photograph"

    @pytest.mark.parametrize(("key", "reason"), BAD_KEYS)
    def test_key_that_is_no_key_is_refused(self, store, key, reason):
        received = self.received(store)
        with pytest.raises(ObjectMissing):
            store.keep(received.path, key)
        assert received.path.exists(), reason
        for ask in (store.exists, store.path, store.open, store.discard):
            with pytest.raises(ObjectMissing):
                ask(key)

    def everything(self, store):
        """Every file that the store holds, anywhere."""
        return [path for path in store.root.rglob("*") if path.is_file()]
