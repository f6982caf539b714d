"""What a process that runs strangers' queries may not do. Linux enforces it; elsewhere only the checks before it hold.

Oxigraph sends requests for SERVICE, and a query that is refused for that word never reaches it. This is the
second wall: the process cannot make a socket at all.
"""

import ctypes
import platform
import sys
from pathlib import Path
from typing import Final

_SET_SECCOMP, _SET_NO_NEW_PRIVILEGES = 22, 38  # prctl(2)
_FILTER_MODE: Final = 2
# Of seccomp(2): the value of AUDIT_ARCH and the number of the system call socket.
_SOCKET: Final = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06  # BPF: load a word, jump if equal, return
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001  # SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO with EPERM


class _Instruction(ctypes.Structure):
    _fields_ = [("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8), ("value", ctypes.c_uint32)]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_uint16), ("instructions", ctypes.POINTER(_Instruction))]


def forbid_sockets() -> bool:
    """No new socket in this thread and those that it starts; whether the system enforces it."""
    known = _SOCKET.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    architecture, number = known
    steps = (
        _Instruction(_LOAD, 0, 0, 4),  # the architecture of the call
        _Instruction(_EQUAL, 0, 3, architecture),
        _Instruction(_LOAD, 0, 0, 0),  # its number
        _Instruction(_EQUAL, 0, 1, number),
        _Instruction(_RETURN, 0, 0, _REFUSE),
        _Instruction(_RETURN, 0, 0, _ALLOW),
    )
    program = _Program(len(steps), (_Instruction * len(steps))(*steps))
    libc = _libc()
    if libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return not libc.prctl(_SET_SECCOMP, _FILTER_MODE, ctypes.byref(program), 0, 0)


def limit_memory(megabytes: int) -> None:
    """What the process may allocate beyond what it holds now; a greedier query ends the process."""
    import resource

    # RLIMIT_DATA counts private memory only: a store that is mapped from disk is not charged.
    resource.setrlimit(resource.RLIMIT_DATA, (_held() + megabytes * 2**20,) * 2)


def _held() -> int:
    """The bytes that RLIMIT_DATA counts so far, of a forked process those of its parent too (proc(5))."""
    import resource

    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return int(status.partition("VmData:")[2].split()[0]) * 1024


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
