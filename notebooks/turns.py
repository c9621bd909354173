"""One set-up at a time in a project folder: a second one waits for the first. Uses the standard library alone."""

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)  # what the systems say of a lock that another process holds


@contextmanager
def one_at_a_time(path: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock file `path`; call `waiting` once if another process holds it, and wait.

    The system lets go of the lock when its process ends, however that ends; the file stays, since somebody may be
    waiting at it. Raises OSError where no file can be made.
    """
    with path.open("a+b") as file:
        told = False
        while not _taken(file.fileno()):
            if not told:
                waiting()
            told = True
            time.sleep(0.2)
        yield


def _taken(descriptor: int) -> bool:
    """Whether we may go on: the lock is ours, or this disk knows no locks."""
    try:
        if os.name == "nt":
            import msvcrt

            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in HELD
    return True
