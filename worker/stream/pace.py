"""Turns of the event loop in long work: heart-beats, signals and probes wait for them."""

from __future__ import annotations

import asyncio
import time

LONGEST_SECONDS = 0.05


class Pace:
    """Gives the event loop a turn as soon as it had none for `LONGEST_SECONDS`."""

    def __init__(self) -> None:
        self._last_turn = time.monotonic()

    async def breathe(self) -> None:
        """Let others work if it is time; costs next to nothing if it is not."""
        if time.monotonic() - self._last_turn > LONGEST_SECONDS:
            await asyncio.sleep(0)
            self._last_turn = time.monotonic()
