"""Brokers that take their time: every answer two seconds late."""

from __future__ import annotations

import pytest

from tests.faults.proxy import Proxy
from tests.faults.recount import counted
from tests.faults.report import Report
from tests.faults.scale import amount
from tests.stream.pages import memory_mb, peak_mb
from tests.stream.stories import history
from tests.stream.workers import World
from worker.broker import ApacheKafka
from worker.broker.properties import Detour

pytestmark = [pytest.mark.broker, pytest.mark.timeout(amount(300, 1800))]


async def test_a_broker_that_answers_late(fragile: World, detour: tuple[ApacheKafka, Detour], report: Report) -> None:
    articles, ports, late = amount(400, 20_000), detour[1], 2.0
    messages = history(seed=71, articles=articles)
    async with Proxy(ports.advertised, ports.listens) as proxy:
        worker = fragile.start(
            DRONETALLY_BOOTSTRAP_SERVERS=f"127.0.0.1:{ports.advertised}", DRONETALLY_SESSION_TIMEOUT="30"
        )
        await worker.ready()
        before = memory_mb(worker)
        proxy.delay = late
        await fragile.send(messages)
        bad, cells = await counted(fragile, messages, amount(150, 1200))
        grown = peak_mb(worker) - before
    report(
        f"every answer of the broker {late:.0f} s late, {articles:,} articles",
        "nothing lost; memory + ≤ 100 MB",
        f"{bad} wrong of {cells:,}; + {grown:.0f} MB",
        bad == 0 and grown <= 100,
    )
