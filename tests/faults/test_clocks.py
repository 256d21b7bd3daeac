"""Clocks that are a day wrong, and articles from other centuries: event time alone decides."""

from __future__ import annotations

import pytest

from tests.faults.recount import recount, wrong
from tests.faults.report import Report
from tests.stream.pages import all_read, total
from tests.stream.stories import history
from tests.stream.workers import World, article

pytestmark = pytest.mark.broker

_SHIFTED = """
import runpy, sys
from datetime import datetime, timedelta, timezone
import time_machine
time_machine.travel(datetime.now(timezone.utc) + timedelta(hours={hours}), tick=True).start()
sys.argv = ["drone-tally", "worker"]
runpy.run_module("worker", run_name="__main__")
"""


@pytest.mark.parametrize("hours", [-24, 24])
async def test_a_clock_a_day_wrong_changes_no_tally(world: World, report: Report, hours: int) -> None:
    messages = history(seed=81, articles=300)
    said = "Russia launched 40 drones at Ukraine overnight, the air force said."
    future = article("future", said, published_at="2099-06-04T07:00:00Z", source="wire.example")
    past = article("past", said, published_at="1970-06-04T07:00:00Z", source="wire.example")
    expected = await recount(world, [*messages, past])
    without = await recount(world, messages)
    worker = world.start(_SHIFTED.format(hours=hours))
    await worker.ready()
    await world.send([*messages, future, past])
    published = await world.settle(expected, 60)
    await all_read(worker, 30)
    bad, cells = wrong(published, expected)
    moved = {key for key, tally in without.items() if published.get(key) != tally}
    dead = total(worker, 'dronetally_dead_letters_total{reason="future_date"}')
    report(
        f"the worker's clock {hours:+d} h; articles dated 2099 and 1970",
        "same tallies; the future is a dead letter; no other window moves",
        f"{bad} wrong of {cells:,}; {dead:.0f} dead letter for the future; {len(moved)} other windows moved",
        bad == 0 and dead == 1 and not moved,
    )
