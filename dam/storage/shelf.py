"""Packs that a process holds open: the least recently used are let go."""

from collections import OrderedDict
from threading import Lock

from dam.storage import keys
from dam.storage.base import Store
from dam.storage.packs import OpenPack


class PackShelf:
    """Open packs by key; it lies below the rights decision and knows nothing of it.

    A key names immutable bytes, so what lies here is never stale; *most* bounds file handles.
    """

    def __init__(self, store: Store, most: int = 256) -> None:
        self._store = store
        self._most = most
        self._open: OrderedDict[str, OpenPack] = OrderedDict()
        self._lock = Lock()

    def take(self, key: str) -> OpenPack:
        """Return the pack *key*, opened now or before.

        Raises:
            ObjectMissing: the store has no such pack.
            DamagedPack: its index or its file cannot be read.
        """
        with self._lock:
            pack = self._open.get(key)
            if pack is not None:
                self._open.move_to_end(key)
                return pack
        opened = OpenPack(self._store.path(key), self._store.path(keys.pack_index(key)))
        with self._lock:
            pack = self._open.setdefault(key, opened)
            while len(self._open) > self._most:
                self._open.popitem(last=False)
        return pack
