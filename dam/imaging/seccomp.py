"""A filter of system calls for this process: no network, no other program, no signal to others.

On other systems and machines than those named here nothing happens. Nothing needs privileges.
"""

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterator

_SET_NO_NEW_PRIVILEGES, _SET_SECCOMP, _MODE_FILTER = 38, 22, 2

# Load a word of seccomp_data; compare and jump; return (linux/filter.h, linux/seccomp.h).
_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050001, 0x80000000  # refused calls answer EPERM
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_NUMBERS_OF_X32 = 0x40000000

_X86_64 = (
    # socket connect accept sendto sendmsg bind listen socketpair accept4 sendmmsg
    *(41, 42, 43, 44, 46, 49, 50, 53, 288, 307),
    # execve execveat kill tkill rt_sigqueueinfo pidfd_send_signal rt_tgsigqueueinfo
    *(59, 322, 62, 200, 129, 424, 297),
    # ptrace process_vm_readv process_vm_writev pidfd_open pidfd_getfd io_uring_setup
    *(101, 310, 311, 434, 438, 425),
    # mount umount2 unshare setns chroot bpf perf_event_open keyctl userfaultfd
    *(165, 166, 272, 308, 161, 321, 298, 250, 323),
)
_AARCH64 = (
    *(198, 203, 202, 206, 211, 200, 201, 199, 242, 269),
    *(221, 281, 129, 130, 138, 424, 240),
    *(117, 270, 271, 434, 438, 425),
    *(40, 39, 97, 268, 51, 280, 241, 219, 282),
)
# The machine: its number for auditing, what is refused, and tgkill, with which abort() ends itself.
_MACHINES = {
    "x86_64": (0xC000003E, _X86_64, 234),
    "aarch64": (0xC00000B7, _AARCH64, 131),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def refuse_calls() -> bool:
    """Refuse to this process, for good, all that decoding does not need; say whether it worked.

    Threads that run already are not bound by it; call it before there are any.
    """
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None:
        return False
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    instructions = list(_instructions(*machine))
    content = b"".join(instructions)
    program = _Program(len(instructions), content)
    return bool(library.prctl(_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _instructions(audited: int, refused: tuple[int, ...], tgkill: int) -> Iterator[bytes]:
    yield _one(_LOAD, _ARCHITECTURE)
    yield _one(_JUMP_IF_EQUAL, audited, if_so=1)
    yield _one(_RETURN, _KILL)
    yield _one(_LOAD, _NUMBER)
    if platform.machine() == "x86_64":  # the same calls have other numbers in its 32-bit mode
        yield _one(_JUMP_IF_AT_LEAST, _NUMBERS_OF_X32, if_not=1)
        yield _one(_RETURN, _KILL)
    for number in refused:
        yield _one(_JUMP_IF_EQUAL, number, if_not=1)
        yield _one(_RETURN, _REFUSE)
    yield _one(_JUMP_IF_EQUAL, tgkill, if_not=3)
    yield _one(_LOAD, _FIRST_ARGUMENT)
    yield _one(_JUMP_IF_EQUAL, os.getpid(), if_so=1)
    yield _one(_RETURN, _REFUSE)
    yield _one(_RETURN, _ALLOW)


def _one(code: int, value: int, *, if_so: int = 0, if_not: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_so, if_not, value)
