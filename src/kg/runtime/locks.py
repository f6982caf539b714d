"""Locks between processes: held by a file, and gone with the process that holds it, however that ends."""

import fcntl
import os
from pathlib import Path
from typing import Final

ALONE: Final = fcntl.LOCK_EX
TOGETHER: Final = fcntl.LOCK_SH  # any number of holders, and nobody alone
AT_ONCE: Final = fcntl.LOCK_NB  # added to one of them: raises BlockingIOError instead of waiting


def lock(path: Path, kind: int, *, mode: int = 0o600) -> int:
    """The descriptor that holds a lock until it is closed; its file is made where there is none, a link is refused."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, mode)
        try:
            fcntl.flock(descriptor, kind)
            if os.path.samestat(os.fstat(descriptor), path.stat()):
                return descriptor
        except FileNotFoundError:  # removed by who held it before
            pass
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
