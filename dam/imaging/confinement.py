"""What a process that decodes uploads gives up before it opens the first one.

Memory and open files on every Unix; on Linux also the network, other programs, signals to other
processes, and writing anywhere but in one directory. None of it needs privileges, and what a
system does not have is gone without.
"""

import resource
import sys
from pathlib import Path

from dam.imaging.landlock import write_only_below
from dam.imaging.seccomp import refuse_calls

_MOST_OPEN_FILES = 256


def confine(scratch: Path, memory_bytes: int) -> None:
    """Bind this process, for good, to *memory_bytes* and to writing below *scratch*."""
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, _MOST_OPEN_FILES)
    # On Linux only memory that was written to counts, elsewhere all addresses, mapped files too.
    of_data = sys.platform == "linux"
    _limit(resource.RLIMIT_DATA if of_data else resource.RLIMIT_AS, memory_bytes)
    write_only_below(scratch)
    refuse_calls()


def _limit(what: int, wanted: int) -> None:
    """Lower a limit; one that is lower already stays, and a system may not know it."""
    _, hard = resource.getrlimit(what)
    limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    try:
        resource.setrlimit(what, (limit, limit))
    except (OSError, ValueError):  # macOS takes no limit of addresses
        return
