"""Workers that come and go all the time."""

from __future__ import annotations

import asyncio
import signal
import time

import pytest

from tests.faults.recount import counted
from tests.faults.report import Report
from tests.faults.scale import amount
from tests.stream.pages import all_read
from tests.stream.stories import history
from tests.stream.workers import World

pytestmark = [pytest.mark.broker, pytest.mark.timeout(amount(300, 2400))]


async def test_workers_join_and_leave(world: World, report: Report) -> None:
    times, pause, articles = amount(2, 20), 1.0, amount(2_000, 20_000)
    messages = history(seed=31, articles=articles)
    stays = world.start()
    await stays.ready()
    portion, started, codes = len(messages) // (2 * times), time.monotonic(), []
    for number in range(times):
        guest = world.start()
        await world.send(messages[2 * number * portion : (2 * number + 1) * portion])
        await guest.ready(60)
        await asyncio.sleep(pause)
        await world.send(messages[(2 * number + 1) * portion : (2 * number + 2) * portion])
        codes.append(guest.end(signal.SIGTERM)[0])
        await asyncio.sleep(pause)
    lasted = time.monotonic() - started
    await world.send(messages[2 * times * portion :])
    caught_up = await all_read(stays, 120)
    bad, cells = await counted(world, messages)
    report(
        f"{times} joins and {times} leaves in {lasted:.0f} s",
        "0 wrong cells; lag 0 within 120 s; every leave ends with code 0",
        f"{bad} wrong of {cells:,}; lag 0 after {caught_up:.1f} s; codes {sorted(set(codes))}",
        bad == 0 and caught_up <= 120 and set(codes) == {0},
    )
