"""How long what was assigned to this worker is surely still its own.

A worker that is frozen, or cut off from the brokers, loses its partitions without being told. What it writes when it
comes back would lie over what the new owner wrote meanwhile. So it writes only under a lease: half a session, counted
from before the last heart-beat that the brokers confirmed. What waits in the producer when the lease ends fails there,
and a request under way is given up after the other half, so nothing is written after the session's end, save what lies
in the network by then.
"""

from __future__ import annotations

from collections.abc import Callable

from worker.clock import boot_time


class Lease:
    """Half a session of `session_timeout` seconds from each renewal."""

    def __init__(self, session_timeout: float, now: Callable[[], float] = boot_time) -> None:
        self.seconds = session_timeout / 2
        self._now = now
        self._until = float("-inf")

    def now(self) -> float:
        """Read the clock: the time to renew from, taken before the brokers are asked."""
        return self._now()

    def renew(self, asked_at: float) -> None:
        """Count from the moment at which the brokers were asked; that they confirmed is known only later."""
        self._until = max(self._until, asked_at + self.seconds)

    def end(self) -> None:
        """Take it back: somebody else has been given what was ours."""
        self._until = float("-inf")

    @property
    def held(self) -> bool:
        """Whether nobody else can have been given what is ours."""
        return self._now() < self._until
