"""Several processes of one worker: Python uses one core each, so one consumer each, and somebody who looks after them.

A process that ends is started again, later each time it ends soon. What no restart mends (configuration, usage) ends
all of them with its exit code, and so does one that fails again and again. None outlives this process.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import FrameType

import structlog

from worker.broker import tether
from worker.exits import EXIT_CONFIGURATION, EXIT_FAILURE, EXIT_USAGE

log = structlog.get_logger("worker")

_HOPELESS = (EXIT_USAGE, EXIT_CONFIGURATION)
_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0
_LONG_LIFE = 60.0
"""Seconds after which a process counts as having run: what ends it then is a new event."""
_MOST_FAILURES = 6
"""So often in a row may a process end by itself soon after its start; a kill is none of its own doing."""
_GRACE = 3.0


@dataclass
class _Process:
    """One process, its place in the row, and how it fared."""

    number: int
    environment: Mapping[str, str]
    running: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    ends: int = 0
    failures: int = 0
    code: int | None = None


@dataclass
class Supervisor:
    """Runs the same command in several processes, each with an environment of its own, until a signal ends them.

    Args:
        command: what each of them runs.
        environments: of each of them.
        stop_seconds: how long they may take to stop; then they are killed. Their effects come again.
        first_pause: seconds before the first restart; each further one doubles it.
    """

    command: Sequence[str]
    environments: Sequence[Mapping[str, str]]
    stop_seconds: float
    first_pause: float = _FIRST_PAUSE
    _stopping: bool = False

    def run(self) -> int:
        """Start them, look after them, and return the exit code. Only the main thread may call it."""
        handlers = {number: signal.signal(number, self._stop) for number in _SIGNALS}
        handlers[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)  # only to be woken by it
        woken, wake = os.pipe()
        for end in (woken, wake):
            os.set_blocking(end, False)
        before = signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        processes = [_Process(number, environment) for number, environment in enumerate(self.environments)]
        try:
            return self._look_after(processes, woken)
        finally:
            self._end(processes)
            signal.set_wakeup_fd(before)
            for number, handler in handlers.items():
                signal.signal(number, handler)
            os.close(woken)
            os.close(wake)

    def _look_after(self, processes: Sequence[_Process], woken: int) -> int:
        while not self._stopping:
            for process in processes:
                if process.running is not None and (code := process.running.poll()) is not None:
                    process.running = None
                    if self._is_final(process, code):
                        log.error("ends", process=process.number, code=code)
                        return code if code > 0 else EXIT_FAILURE
                if process.running is None and process.start_at <= time.monotonic():
                    self._start(process)
            waiting = [process.start_at for process in processes if process.running is None]
            pause = max(0.0, min(waiting) - time.monotonic()) if waiting else None
            if select.select([woken], [], [], pause)[0]:
                os.read(woken, 1024)
        log.info("stopping", processes=len(processes))
        self._end(processes)
        return max((process.code for process in processes if process.code is not None and process.code > 0), default=0)

    def _is_final(self, process: _Process, code: int) -> bool:
        """Take note of an end; whether another start would end alike."""
        now = time.monotonic()
        if now - process.started_at >= _LONG_LIFE:
            process.ends = process.failures = 0
        process.ends += 1
        process.failures += code > 0
        if code in _HOPELESS or process.failures >= _MOST_FAILURES:
            return True
        pause = min(_LONGEST_PAUSE, self.first_pause * 2 ** (process.ends - 1))
        process.start_at = now + pause
        log.warning("ended, starts again", process=process.number, code=code, seconds=pause)
        return False

    def _start(self, process: _Process) -> None:
        # A group of its own, so that Ctrl-C reaches this process alone; the kernel ends it with this one (Linux).
        launcher = [sys.executable, "-I", "-S", tether.__file__, str(os.getpid())]
        process.running = subprocess.Popen(  # noqa: S603 (a command of this program) # nosec B603
            [*launcher, *self.command], stdin=subprocess.DEVNULL, env=process.environment, process_group=0
        )
        process.started_at = time.monotonic()

    def _end(self, processes: Sequence[_Process]) -> None:
        """Ask all that run to stop, all at once, and kill what has not stopped in time."""
        running = [process for process in processes if process.running is not None]
        for process in running:
            _signal(process, signal.SIGTERM)
        deadline = time.monotonic() + self.stop_seconds + _GRACE
        for process in running:
            if process.running is None:
                continue
            try:
                process.code = process.running.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                log.error("killed, did not stop", process=process.number)
                _signal(process, signal.SIGKILL)
                process.running.wait()
            process.running = None

    def _stop(self, _: int, __: FrameType | None) -> None:
        self._stopping = True


def _signal(process: _Process, number: signal.Signals) -> None:
    if process.running is not None:
        process.running.send_signal(number)
