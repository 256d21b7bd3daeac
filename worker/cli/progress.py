"""How far a long command has come: one line that is written over on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

_OFTEN, _SELDOM = 0.2, 10.0  # seconds


class Progress:
    """Tells on stderr how many messages went and how fast; a short run on no terminal is told nothing."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._started = time.monotonic()
        self._next = self._started + (_OFTEN if self._terminal else _SELDOM)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._terminal:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def show(self, sent: int, confirmed: int, refused: int) -> None:
        """Tell the numbers so far, if it is time."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + (_OFTEN if self._terminal else _SELDOM)
        speed = sent / max(now - self._started, 1e-9)
        line = f"{sent} sent, {confirmed} confirmed, {refused} refused, {speed:.0f}/s"
        sys.stderr.write(f"\r\x1b[K{line}" if self._terminal else f"{line}\n")
        sys.stderr.flush()
