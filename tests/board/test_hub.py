"""Who is slow is told less often, and never more than one message at a time."""

from __future__ import annotations

import json

import pytest

from worker.board.hub import MOST_LISTENERS, Hub, TooManyListenersError
from worker.board.standing import Place


def day(number: int) -> Place:
    return Place("P1D", "RU>UA", f"day-{number:05d}")


def told(event: bytes) -> dict[str, object]:
    assert event.startswith(b"data: ")
    assert event.endswith(b"\n\n")
    return dict(json.loads(event[6:]))


async def test_what_was_not_fetched_is_merged() -> None:
    hub = Hub()
    with hub.listening() as listener:
        hub.tell([day(2), day(1)])
        hub.tell([day(1)], status={"state": "live"})
        assert told(await listener.news(1)) == {
            "all": False,
            "windows": [list(day(1)), list(day(2))],
            "status": {"state": "live"},
        }
        assert await listener.news(0.01) == b": still here\n\n"


async def test_too_much_to_list_is_everything() -> None:
    hub = Hub()
    with hub.listening() as listener:
        hub.tell([day(number) for number in range(10_000)])
        assert told(await listener.news(1)) == {"all": True}


def test_a_board_that_was_started_anew_is_not_taken_for_the_old_one() -> None:
    old, new = Hub(), Hub()
    assert old.changes == old.changes != new.changes
    for hub in (old, new):
        hub.tell(everything=True)
        hub.tell([day(1)])
    assert old.changes != new.changes


def test_what_changes_changes_the_token_and_how_the_reading_stands_does_not() -> None:
    hub = Hub()
    before = hub.changes
    hub.tell(status={"state": "live"})
    assert hub.changes == before
    hub.tell([day(1)])
    assert hub.changes != before


async def test_there_is_an_end_to_how_many_may_listen() -> None:
    hub = Hub()
    opened = [hub.listening() for _ in range(MOST_LISTENERS)]
    for each in opened:
        each.__enter__()
    with pytest.raises(TooManyListenersError), hub.listening():
        pass
    opened[0].__exit__(None, None, None)
    with hub.listening():
        assert len(hub) == MOST_LISTENERS
