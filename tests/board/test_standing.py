"""The newest message of a key counts, whatever else comes."""

from __future__ import annotations

import msgspec
import pytest

from tests.board.history import tallies
from worker.board.answers import line, window
from worker.board.follow import Store
from worker.board.standing import Place, Standing
from worker.codec import MessageError, encode
from worker.model import Cell, Tally

TALLY = next(tally for tally in tallies(days=1) if tally.window.size == "P1D")
NOWHERE = msgspec.structs.replace(TALLY, key=TALLY.key.replace(TALLY.front, "RU>here"), front="RU>here")
PLACE = Place("P1D", TALLY.front, TALLY.window.date.isoformat())


def with_launched(tally: Tally, number: int) -> Tally:
    return msgspec.structs.replace(tally, measures={"launched": Cell(low=number, best=number, high=number)})


def filled() -> Standing:
    standing = Standing()
    for tally in tallies(days=3):
        standing.put(tally.window.size, tally.key.encode(), encode(tally))
    return standing


def test_a_later_message_takes_the_place_of_an_earlier_one() -> None:
    standing = filled()
    count = len(standing)
    assert standing.put("P1D", TALLY.key.encode(), encode(with_launched(TALLY, 7))) == PLACE
    found = standing.one(PLACE, TALLY.region)
    assert found is not None
    assert found.measures["launched"].best == 7
    assert len(standing) == count


def test_a_null_takes_a_tally_away_and_the_last_one_its_day_and_front() -> None:
    standing = Standing()
    key = TALLY.key.encode()
    standing.put("P1D", key, encode(TALLY))
    assert standing.put("P1D", key, None) == PLACE
    assert standing.put("P1D", key, None) == PLACE
    assert standing.fronts("P1D") == {}
    assert standing.of(PLACE) == []


def test_days_and_weeks_do_not_mix() -> None:
    standing = filled()
    assert standing.fronts("P1D").keys() == standing.fronts("P7D").keys()
    standing.put("P1D", TALLY.key.encode(), None)
    assert standing.one(PLACE, TALLY.region) is None
    assert standing.one(PLACE._replace(size="P7D"), TALLY.region) is not None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (None, encode(TALLY)),
        (b"", encode(TALLY)),
        (b"\xff|\xff|\xff", None),
        (b"UA|RU>UA", None),
        (b"UA|RU>UA|2020-01-01", encode(TALLY)),
        (NOWHERE.key.encode(), encode(NOWHERE)),
        (TALLY.key.encode(), b""),
        (TALLY.key.encode(), b"null"),
        (TALLY.key.encode(), b"[" * 100_000),
        (TALLY.key.encode(), b'{"key": 1}'),
    ],
)
def test_what_is_no_tally_is_refused_and_changes_nothing(key: bytes | None, value: bytes | None) -> None:
    standing = filled()
    before = len(standing)
    with pytest.raises(MessageError):
        standing.put("P1D", key, value)
    assert len(standing) == before


def test_a_region_that_nobody_knows_is_kept_under_its_code() -> None:
    store = Store()
    strange = msgspec.structs.replace(
        TALLY, key=f"XX-99|{PLACE.front}|{PLACE.day}", region="XX-99", region_name="Where?"
    )
    store.standing.put("P1D", strange.key.encode(), encode(strange))
    (shown,) = window(store, PLACE)["tallies"]
    assert (shown["region"], shown["name"]) == ("XX-99", "Where?")


def test_a_line_has_the_days_with_a_figure_in_order() -> None:
    store = Store()
    store.standing = filled()
    found = line(store, "P1D", "RU>UA", "UA", "launched")
    assert found["days"] == ["2025-09-17", "2025-09-18", "2025-09-19"]
    assert len(found["low"]) == len(found["high"]) == len(found["contested"]) == 3
    assert line(store, "P1D", "RU>UA", "UA", "attack")["days"] == []
