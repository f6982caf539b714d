"""An output folder that is replaced as a whole, or not at all."""

import ctypes
import errno
import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from kg.errors import InputError

MANIFEST: Final = "manifest.json"
_NEW: Final = ".kg-new"
_OLD: Final = ".kg-old"
_NOBODYS: Final = frozenset({MANIFEST, ".DS_Store", "Thumbs.db", "desktop.ini"})  # file browsers leave these
_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2
_NO_EXCHANGE: Final = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP})
_NO_SPACE: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def replaced(target: str | Path, *, refuse: Callable[[Path], None] | None = None) -> Iterator[Path]:
    """A new, empty folder beside ``target`` that takes its place when the block ends without error.

    Until then, and after any failure (an exception, Ctrl-C, a killed process, a full disk), the
    target is as it was; a run that was killed between two renames is repaired by the next one.
    The target may be missing, empty, or an earlier output of kg, known by its manifest; ``refuse``
    is what raises KGError for a folder that must not be replaced, where outputs are of another kind.

    Raises InputError, before the block runs: a folder that is not kg's, that holds files which its
    manifest does not name, that cannot be written, or that another process is writing; and after it,
    where the disk is full or the folder cannot be written any more.
    """
    target = Path(target).resolve()
    if not target.name:
        raise InputError("is the root of the file system", where=str(target), hint="name a folder in it")
    new, old = (target.with_name(f".{target.name}{suffix}") for suffix in (_NEW, _OLD))
    try:
        lock = _prepare(target, new, old, refuse or _refuse_foreign)
    except OSError as error:
        raise _unwritable(target, error) from error
    try:
        yield new
        swap(new, target, old)
    except OSError as error:
        here = str(error.filename or "").startswith((str(new), str(target), str(old)))
        if error.errno not in _NO_SPACE and not here:
            raise
        raise _unwritable(target, error) from error
    finally:
        _discard(new, lock)
        os.close(lock)


def _prepare(target: Path, new: Path, old: Path, refuse: Callable[[Path], None]) -> int:
    """Lock an empty new folder, repair, and refuse what must not be replaced; the descriptor holds the lock."""
    refuse(target)
    _refuse_fixed(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    new.mkdir(exist_ok=True)
    lock = _lock(new, target)
    try:
        _repair(target, old)  # under the lock: another run may be between its two renames
        refuse(target)
        for entry in new.iterdir():  # what a killed run left
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    except BaseException:
        os.close(lock)
        raise
    return lock


def _discard(new: Path, lock: int) -> None:
    """Remove what is left beside the target, unless another run has begun there: after the swap the lock is not on it.

    What cannot be removed now is tried again, and reported, by the next run.
    """
    with suppress(FileNotFoundError, BlockingIOError):
        left = os.open(new, os.O_RDONLY | os.O_NOFOLLOW)
        try:
            if not os.path.samestat(os.fstat(left), os.fstat(lock)):
                fcntl.flock(left, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(new, ignore_errors=True)
        finally:
            os.close(left)


def _repair(target: Path, old: Path) -> None:
    """Undo what a killed run left. The set-aside folder is its own marker: it exists only between the
    two renames of `swap`, or after them, when nothing but its removal was left to do."""
    if not old.exists():
        return
    if target.exists():
        shutil.rmtree(old)
    else:
        old.rename(target)


def _refuse_foreign(target: Path) -> None:
    """Refuse to replace what kg did not write: it would be gone."""
    if not target.exists():
        return
    if not target.is_dir():
        raise InputError("is not a folder", where=str(target), hint="name another output folder")
    if any(target.iterdir()) and not (target / MANIFEST).is_file():
        raise InputError(
            f"holds files but no {MANIFEST}: it is not an output of kg", where=str(target), hint="name an empty folder"
        )
    if foreign := _foreign(target):
        what = f"holds {foreign[0]}" + (f" and {len(foreign) - 1} more" if foreign[1:] else "")
        raise InputError(f"{what}, which kg did not write and would delete", where=str(target), hint="move it away")


def _foreign(target: Path) -> list[str]:
    """Files in the folder that its manifest does not name."""
    try:
        manifest = target / MANIFEST
        ours = set(json.loads(manifest.read_bytes())["files"]) if manifest.exists() else set()
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(
            f"its {MANIFEST} is not one of kg", where=str(target), hint="move the folder away, or name another"
        ) from error
    found = {path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir()}
    return sorted(path for path in found - ours if path.rpartition("/")[2] not in _NOBODYS)


def _refuse_fixed(target: Path) -> None:
    """What cannot be renamed or emptied later is said before the work, not after it."""
    if target.is_mount():
        raise OSError(errno.EBUSY, "it is a mount point, name a folder inside it")
    if target.exists() and not os.access(target, os.W_OK | os.X_OK):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))


def _lock(new: Path, target: Path) -> int:
    """Two runs into one folder would each empty the other's: the second is refused."""
    descriptor, moved = -1, True
    with suppress(BlockingIOError, FileNotFoundError):
        descriptor = os.open(new, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)  # where a link leads, all would go
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Between open and lock another run may have ended, and its folder have become the target.
        moved = not os.path.samestat(os.fstat(descriptor), new.stat())
    if moved:
        if descriptor >= 0:
            os.close(descriptor)
        raise InputError("another run of kg writes here", where=str(target), hint="wait for it, or name another folder")
    return descriptor


def _unwritable(target: Path, error: OSError) -> InputError:
    hint = "free some space" if error.errno in _NO_SPACE else "check its permissions, or name another folder"
    return InputError(f"cannot be written: {error.strerror or error}", where=str(target), hint=hint)


def swap(new: Path, target: Path, old: Path) -> None:
    """Put a folder in the place of another: in one step where the system can, else over ``old``, which then goes."""
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        target.rename(old)
        new.rename(target)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two names in one step, renameat2(2) with RENAME_EXCHANGE; False where the system cannot."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NO_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(other))
