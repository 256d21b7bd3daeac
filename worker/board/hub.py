"""Who watches, and what each has not been told yet: a slow one is told less often, never more at a time."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from worker.board.standing import Place
from worker.codec import to_json

MOST_LISTENERS = 100
_MANY = 200


class TooManyListenersError(RuntimeError):
    """Everybody who may watch does so already."""


class Listener:
    """What one page has not been told yet: a set of windows, or that it should look at everything again."""

    def __init__(self) -> None:
        self._windows: set[Place] = set()
        self._everything = False
        self._status: dict[str, Any] | None = None
        self._woken = asyncio.Event()

    def tell(self, windows: Collection[Place], status: dict[str, Any] | None, everything: bool = False) -> None:
        """Remember what is new; what was not fetched yet is merged with it."""
        self._windows.update(windows)
        if everything or len(self._windows) > _MANY:
            self._windows.clear()
            self._everything = True
        if status is not None:
            self._status = status
        self._woken.set()

    async def news(self, seconds: float) -> bytes:
        """Wait at most so long for news; returns an event of the stream, or a comment that keeps it open."""
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return b": still here\n\n"
        self._woken.clear()
        told: dict[str, Any] = {"all": self._everything}
        if not self._everything:
            told["windows"] = [list(place) for place in sorted(self._windows)]
        if self._status is not None:
            told["status"] = self._status
        self._windows, self._everything, self._status = set(), False, None
        return b"data: " + to_json(told) + b"\n\n"


class Hub:
    """Everyone who watches now."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._run = secrets.token_hex(4)
        self._changes = 0

    @property
    def changes(self) -> str:
        """A token for all that has changed so far: who has this very one needs no news of it.

        It names the process, too: a board that was started anew counts from nothing again, and its count alone would
        tell a page that still shows what an earlier board knew that nothing has changed.
        """
        return f"{self._run}-{self._changes}"

    @contextmanager
    def listening(self) -> Iterator[Listener]:
        """Listen for a while.

        Raises:
            TooManyListenersError: there are enough already.
        """
        if len(self._listeners) >= MOST_LISTENERS:
            raise TooManyListenersError
        listener = Listener()
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    def tell(
        self, windows: Collection[Place] = (), status: dict[str, Any] | None = None, everything: bool = False
    ) -> None:
        """Tell everyone."""
        self._changes += bool(windows) or everything
        for listener in self._listeners:
            listener.tell(windows, status, everything)

    def __len__(self) -> int:
        return len(self._listeners)
