"""Writing only below one directory, for this process and its threads to come (Linux 5.13).

On other systems nothing happens. Reading stays as it is; nothing needs privileges.
"""

import ctypes
import os
import struct
import sys
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION, _PATH_BENEATH = 1, 1
_SET_NO_NEW_PRIVILEGES = 38

# Bits of what writes: files and their making and removing; with version 2 also moving to another
# directory, with version 3 truncating (linux/landlock.h).
_WRITING = {1: 0x1FF2, 2: 0x3FF2}
_WRITING_SINCE_3 = 0x7FF2
_WRITING_A_FILE = 0x4002


def write_only_below(directory: Path) -> bool:
    """Let this process write nowhere but below *directory* and to ``/dev/null``.

    It is for good, and files that are open already stay as they are. Return whether it worked.
    """
    if sys.platform != "linux":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    version = library.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION)
    if version < 1 or library.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    handled = _WRITING.get(version, _WRITING_SINCE_3)
    attributes = struct.pack("=Q", handled)
    rules = library.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)
    if rules < 0:
        return False
    try:
        _allow(library, rules, directory, handled)
        _allow(library, rules, Path(os.devnull), handled & _WRITING_A_FILE)
        return bool(library.syscall(_RESTRICT_SELF, rules, 0) == 0)
    finally:
        os.close(rules)


def _allow(library: ctypes.CDLL, rules: int, path: Path, actions: int) -> None:
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", actions, descriptor)
        library.syscall(_ADD_RULE, rules, _PATH_BENEATH, rule, 0)
    finally:
        os.close(descriptor)
