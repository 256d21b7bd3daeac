"""For how long nothing has moved that should."""

from __future__ import annotations

import pytest

from worker.stream.standstill import Standstill


class Clock:
    seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_what_does_not_move_is_measured_from_the_first_look_on() -> None:
    clock = Clock()
    still = Standstill(clock)
    found = []
    for _ in range(4):
        found.append(still.observe(waiting=True, answered=True, state=7))
        clock.seconds += 10
    assert found == [0, 10, 20, 30]


@pytest.mark.parametrize(
    "moved",
    [
        {"waiting": False, "answered": True, "state": 7},
        {"waiting": True, "answered": False, "state": 7},
        {"waiting": True, "answered": True, "state": 8},
    ],
    ids=["nothing is waited for", "the brokers are silent", "something moved"],
)
def test_it_begins_anew(moved: dict[str, object]) -> None:
    clock = Clock()
    still = Standstill(clock)
    still.observe(waiting=True, answered=True, state=7)
    clock.seconds += 10
    assert still.observe(**moved) == 0  # type: ignore[arg-type]
    clock.seconds += 10
    assert still.observe(waiting=True, answered=True, state=7) < 20
