"""A worker that does not get its partitions back, and would wait for ever: its supervisor can help, it cannot."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from time import monotonic

LONGEST = 300.0
"""Seconds without any movement, brokers answering all the time, after which waiting on is of no use: a rebalance lasts
as long as its slowest member is given (a minute), and of a recovery something arrives every second."""


class Standstill:
    """Measures for how long nothing has moved that should. Times are seconds of `now`."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._since = now()
        self._seen: Hashable = None

    def observe(self, *, waiting: bool, answered: bool, state: Hashable) -> float:
        """Take note of how things stand, and return for how many seconds they have stood so.

        Args:
            waiting: partitions are assigned, and moving or being recovered.
            answered: the brokers answer; their silence is waited for as long as it lasts.
            state: what changes whenever something moves.
        """
        if not waiting or not answered or state != self._seen:
            self._seen, self._since = state, self._now()
        return self._now() - self._since
