"""SIGTERM at any time: healthy under load, in a rebalance, in recovery, without a broker."""

from __future__ import annotations

import asyncio
import signal
import time

import pytest

from tests.faults.recount import counted
from tests.faults.report import Report
from tests.faults.scale import amount
from tests.stream.stories import history
from tests.stream.workers import Worker, World
from worker.broker import ApacheKafka
from worker.broker.properties import Detour

pytestmark = [pytest.mark.broker, pytest.mark.timeout(amount(300, 1800))]


async def test_sigterm_at_any_time(fragile: World, detour: tuple[ApacheKafka, Detour], report: Report) -> None:
    rounds, articles = amount(1, 5), amount(1_000, 5_000)
    messages = history(seed=61, articles=articles)
    ends: dict[str, list[tuple[int, float]]] = {}
    portion = len(messages) // (rounds + 1)
    for number in range(rounds):
        worker = fragile.start()
        await worker.ready()
        sending = asyncio.create_task(fragile.send(messages[number * portion : (number + 1) * portion]))
        await asyncio.sleep(0.3 + 0.2 * number)
        ends.setdefault("healthy", []).append(await _end(worker))
        await sending
        worker = fragile.start()
        await worker.ready()
        other = fragile.start()
        await asyncio.sleep(1.5 + 0.4 * number)
        ends.setdefault("rebalancing", []).append(await _end(worker))
        await other.ready(60)
        await _end(other)
        worker = fragile.start()
        while worker.page("/startupz")[0] == 0:
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.2 * number)
        ends.setdefault("recovering", []).append(await _end(worker))
    await fragile.send(messages[rounds * portion :])
    worker = fragile.start()
    await worker.ready()
    bad, cells = await counted(fragile, messages)
    for number in range(rounds):
        if number:
            worker = fragile.start()
            await worker.ready()
        detour[0].nodes[0].kill()
        await asyncio.sleep(0.5 + number)
        ends.setdefault("broker gone", []).append(await _end(worker))
        await asyncio.to_thread(detour[0].nodes[0].start)
    worker = fragile.start()
    await worker.ready()
    bad_after, _ = await counted(fragile, messages)
    codes = {code for each in ends.values() for code, _ in each}
    slowest = {state: max(seconds for _, seconds in each) for state, each in ends.items()}
    report(
        f"SIGTERM × {4 * rounds}: healthy, rebalancing, recovering, broker gone",
        "exit code 0 within 25 s each; 0 wrong cells",
        f"codes {sorted(codes)}; slowest {', '.join(f'{state} {s:.1f} s' for state, s in slowest.items())};"
        f" {bad + bad_after} wrong of {cells:,}",
        codes == {0} and max(slowest.values()) <= 25 and bad + bad_after == 0,
    )


async def _end(worker: Worker) -> tuple[int, float]:
    started = time.monotonic()
    code, errors = await asyncio.to_thread(worker.end, signal.SIGTERM, 60)
    assert "Traceback" not in errors, errors[-3000:]
    return code, time.monotonic() - started
