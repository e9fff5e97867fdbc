"""Where an object lies in the store: pure strings made from hashes and identifiers."""

import re

# Each part begins with a letter or digit, so none is empty, hidden, "." or "..".
_SAFE = re.compile(r"[0-9a-z][0-9a-z._-]*(?:/[0-9a-z][0-9a-z._-]*)*", re.ASCII)


def master(sha256: str) -> str:
    """Return the key of the master whose bytes have this hash."""
    return f"masters/{sha256[:2]}/{sha256}"


def pack(photograph_id: str, recipe: str, digest: str) -> str:
    """Return the key of a tile pack; the digest in it makes a rebuilt pack a new object."""
    return f"packs/{photograph_id[:2]}/{photograph_id}/{recipe}-{digest}.zip"


def pack_index(pack_key: str) -> str:
    """Return the key of the index that lies beside a tile pack."""
    return pack_key.removesuffix(".zip") + ".idx"


def paper(sha256: str) -> str:
    """Return the key of a paper of the register whose bytes have this hash."""
    return f"papers/{sha256[:2]}/{sha256}"


def refused(token: str) -> str:
    """Return the key of a file that could not be taken in and is kept aside."""
    return f"refused/{token[:2]}/{token}"


def is_safe(key: str) -> bool:
    """Say whether *key* can be a path below the store: ours always are."""
    return _SAFE.fullmatch(key) is not None
