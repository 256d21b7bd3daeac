"""The whole pipeline in memory."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.demo.samples import SAMPLES
from worker import codec, gazetteer
from worker.codec import MessageError
from worker.model import WindowSize
from worker.pipeline.arrivals import Arrival, read
from worker.pipeline.reconciler import Reconciler
from worker.pipeline.whole import Whole
from worker.pipeline.written import message_of

_SIZES: tuple[set[WindowSize], ...] = ({"P1D"}, {"P7D"}, {"P7D", "P1D"})
RECEIVED = datetime(2025, 9, 20, tzinfo=UTC)


def arrivals() -> list[Arrival]:
    messages = [message_of(line.encode()) for line in SAMPLES.splitlines() if '"raw"' not in line]
    return [read(m.key, m.value, m.headers, RECEIVED, timedelta(days=2)) for m in messages]


def tallied(received: list[Arrival], zone: str = "Europe/Kyiv") -> list[bytes]:
    whole = Whole(Reconciler(ZoneInfo(zone), gazetteer.name, timedelta(hours=72)))
    for arrival in received:
        whole.take_in(arrival)
    return [codec.encode(tally) for tally in whole.tallies(("P1D", "P7D"))]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_never_decides(seed: int) -> None:
    received = arrivals()
    mixed = [*received, *received[::2]]
    random.Random(seed).shuffle(mixed)
    assert tallied(mixed) == tallied(received)


@pytest.mark.parametrize("newer", [{"version": 1}, {"updated_at": "2025-06-18T09:00:00Z"}])
def test_what_says_nothing_must_be_remembered_for_it_may_overtake_what_it_replaces(newer: dict[str, object]) -> None:
    """Why the worker keeps a record of irrelevant articles, too."""
    article = {"id": "1", "published_at": "2025-06-18T07:30:00Z"}
    first = {**article, "body": "Russia launched 52 drones overnight, the Ukrainian air force said."}
    mistaken = {**article, "body": "An earlier report was published by mistake.", **newer}
    one, other = (read(None, codec.to_json(each), {}, RECEIVED, timedelta(days=2)) for each in (first, mistaken))
    assert tallied([one])
    assert tallied([one, other]) == tallied([other, one]) == []


def test_sizes_are_chosen_and_sorted() -> None:
    whole = Whole(Reconciler(ZoneInfo("UTC"), gazetteer.name, timedelta(hours=72)))
    for arrival in arrivals():
        whole.take_in(arrival)
    days, weeks, both = (whole.tallies(sizes) for sizes in _SIZES)
    assert both == days + weeks
    assert {tally.window.size for tally in both} == {"P1D", "P7D"}
    assert all(tally.revision == 0 for tally in both)


def test_a_text_that_breaks_extraction_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Arrival) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("worker.pipeline.whole.understand", broken)
    whole = Whole(Reconciler(ZoneInfo("UTC"), gazetteer.name, timedelta(hours=72)))
    with pytest.raises(MessageError, match="internal_error: extraction failed: ZeroDivisionError"):
        whole.take_in(arrivals()[0])
    assert whole.tallies({"P1D"}) == []
