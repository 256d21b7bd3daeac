"""The end of the process in bounded time, whatever its threads do.

The event loop may stand still for ever: a log that nobody reads stops who writes it, faust joins its threads without a
limit, and the interpreter joins what is left of them. So the main thread takes signals and does nothing else, the event
loop runs in a thread of its own, and a third ends the process when its time is up.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import TypeVar

T = TypeVar("T")

_LAST_WORDS = 1.0
"""Seconds for which stderr may keep the watchdog from its work."""

_UNHEARD = 0.5
"""Seconds after which a signal is answered at the latest.

One that arrives just before the main thread falls asleep, or in another thread, does not wake it.
"""

_watchdogs: list[threading.Thread] = []


def beside_signals(work: Callable[[], T], on_signal: Callable[[signal.Signals], None]) -> T:
    """Do `work` in a thread of its own while this one, the main thread, calls `on_signal` for SIGTERM and SIGINT.

    A handler that the event loop calls is not called while the loop stands still; this one always is.

    Raises:
        BaseException: whatever `work` raises.
    """
    outcome: Future[T] = Future()

    def carry_out() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:  # an exit, too, is for the main thread
            outcome.set_exception(error)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _: on_signal(signal.Signals(received)))
    threading.Thread(target=carry_out, name="event-loop", daemon=True).start()
    while not wait([outcome], timeout=_UNHEARD).done:
        pass
    return outcome.result()


def end_within(seconds: float, code: int, why: str = "", *, shorten: bool = False) -> None:
    """End the process after so many seconds whatever still runs: all state is in Kafka, it can wait.

    What ended the worker is `why`: nobody else says it once stopping hangs. Only the first call counts, unless a later
    one is to `shorten` it.
    """
    if _watchdogs and not shorten:
        return

    def end() -> None:
        threading.Event().wait(seconds)
        _say(f"{why and why + '; '}shutdown took too long, ending now; uncommitted batches will come again")
        os._exit(code)

    thread = threading.Thread(target=end, name="watchdog", daemon=True)
    _watchdogs.append(thread)
    thread.start()


def _say(line: str) -> None:
    """Write a line to stderr if it takes one: whoever is stuck there holds its lock, and may be why we are here."""
    with contextlib.suppress(OSError, ValueError):
        descriptor = sys.__stderr__.fileno() if sys.__stderr__ else 2
        if select.select([], [descriptor], [], _LAST_WORDS)[1]:
            os.write(descriptor, f"drone-tally: {line}\n".encode(errors="replace")[:512])  # pipes take so much at once
