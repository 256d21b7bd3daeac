"""Progress is told where somebody looks, seldom elsewhere, and never for a short run."""

from __future__ import annotations

import io
import sys

import pytest

from worker.cli.progress import Progress


class Screen(io.StringIO):
    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr("worker.cli.progress.time.monotonic", lambda: now[0])
    return now


def shown(monkeypatch: pytest.MonkeyPatch, clock: list[float], terminal: bool, seconds: float) -> str:
    screen = Screen(terminal)
    monkeypatch.setattr(sys, "stderr", screen)
    with Progress() as progress:
        for number in range(1, 11):
            clock[0] += seconds / 10
            progress.show(number * 100, number * 50, 3)
    return screen.getvalue()


def test_a_terminal_sees_one_line_that_is_gone_in_the_end(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    written = shown(monkeypatch, clock, terminal=True, seconds=10)
    assert "\r\x1b[K1000 sent, 500 confirmed, 3 refused, 100/s" in written
    assert written.endswith("\r\x1b[K")
    assert "\n" not in written


def test_a_log_sees_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    assert shown(monkeypatch, clock, terminal=False, seconds=25).splitlines() == [
        "400 sent, 200 confirmed, 3 refused, 40/s",
        "800 sent, 400 confirmed, 3 refused, 40/s",
    ]


def test_a_short_run_is_not_told(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    assert shown(monkeypatch, clock, terminal=False, seconds=5) == ""
