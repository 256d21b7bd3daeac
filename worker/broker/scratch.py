"""A temporary folder that is removed with its owner, or by the next start if its owner was killed."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import weakref
from pathlib import Path

PREFIX = "drone-tally-broker-"
_OWNER = "owner.lock"


class ScratchFolder:
    """A folder for the data of one broker, readable by its owner alone."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        # Locked before it bears the name that `remove_orphans` looks for: it is never seen without its lock.
        making = self.path / "owner.making"
        self._lock = making.open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        making.rename(self.path / _OWNER)
        self._finalizer = weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)

    def remove(self) -> None:
        """Remove the folder and all that is in it; without effect the second time."""
        self._finalizer()
        self._lock.close()


def remove_orphans() -> None:
    """Remove the folders of this user whose owners ended without removing them.

    The system frees the lock of an owner that ends in whatever way, SIGKILL included.
    """
    for lock in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{_OWNER}"):
        try:
            if lock.stat().st_uid != os.getuid():
                continue
            with lock.open("r+") as held:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(lock.parent, ignore_errors=True)
        except OSError:  # its owner lives, or another start removes it at this moment
            continue
