"""What a worker's pages and its process tell."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

from tests.stream.workers import Worker

ARTICLES = "dronetally_articles_total"
"""Article messages by what became of them: the sum is how many were read."""


def total(worker: Worker, name: str) -> float:
    """Add up all series of a metric."""
    lines = worker.page("/metrics")[1].splitlines()
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith((f"{name}{{", f"{name} ")))


async def all_read(worker: Worker, seconds: float, more: int = 0, before: float = 0.0) -> float:
    """Wait until nothing is left to read and to commit; the seconds this took, or more than were given.

    A lag is looked at once a second, so whoever has just sent says how many messages `more` than `before` must be read.
    """
    started = time.monotonic()
    while total(worker, ARTICLES) < before + more and time.monotonic() - started < seconds:
        await asyncio.sleep(0.2)
    await asyncio.sleep(1.2)
    while time.monotonic() - started < seconds:
        lines = worker.page("/metrics")[1].splitlines()
        lags = [float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith("dronetally_consumer_lag")]
        if lags and not any(lags):
            break
        await asyncio.sleep(0.5)
    return time.monotonic() - started


def refusal(worker: Worker, seconds: float = 60) -> tuple[int, str]:
    """Wait for the end of a worker that can't start: its code, and its one line to people beside the log's."""
    _, errors = worker.process.communicate(timeout=seconds)
    lines = [line for line in errors.decode().splitlines() if not _is_log(line)]
    assert len(lines) == 1, errors.decode()
    return worker.process.returncode, lines[0]


def _is_log(line: str) -> bool:
    try:
        return "event" in json.loads(line)
    except ValueError:
        return False


def memory_mb(worker: Worker) -> float:
    """Return the resident memory of a worker in MiB."""
    return _status(worker, "VmRSS") / 1024


def peak_mb(worker: Worker) -> float:
    """Return the most resident memory that a worker ever had, in MiB."""
    return _status(worker, "VmHWM") / 1024


def open_files(worker: Worker) -> int:
    """Count a worker's file descriptors."""
    return len(list(Path(f"/proc/{worker.process.pid}/fd").iterdir()))


def _status(worker: Worker, name: str) -> int:
    for line in Path(f"/proc/{worker.process.pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise AssertionError(f"/proc says no {name}")
