"""The board of the demo: `drone-tally board` as a process of its own, on a free port, that never outlives this one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

import worker
from worker.broker.child import Child
from worker.broker.ports import free_ports
from worker.broker.scratch import ScratchFolder
from worker.connection import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Mapping

_STOP_SECONDS = 3.0


class Page:
    """Runs the board; `address` is where a browser finds it.

    Args:
        environment: that of the worker.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        (port,) = free_ports(1)
        self.address = f"http://127.0.0.1:{port}/"
        self._folder = ScratchFolder()
        self._process = Child(
            (sys.executable, "-m", "worker", "board", "--port", str(port)),
            log=self._folder.path / "board.log",
            folder=Path(worker.__file__).parent.parent,
            environment=environment,
        )

    def require_alive(self) -> None:
        """Make sure that the board still runs.

        Raises:
            UnavailableError: it ended.
        """
        if self._process.pid is None:
            raise UnavailableError(f"the board has ended; its log ends:{self._process.last_words(1)}")

    def __enter__(self) -> Self:
        self._process.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.stop(_STOP_SECONDS)
        self._folder.remove()
