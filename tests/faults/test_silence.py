"""Silences: a frozen broker, a frozen worker, a worker cut off. Nothing is lost, and who comes back writes nothing."""

from __future__ import annotations

import asyncio
import signal
import time
from pathlib import Path

import pytest

from tests.faults.proxy import Proxy
from tests.faults.recount import counted
from tests.faults.report import Report
from tests.faults.scale import amount
from tests.stream.stories import history
from tests.stream.workers import Message, Worker, World
from worker.broker import ApacheKafka
from worker.broker.properties import Detour

pytestmark = [pytest.mark.broker, pytest.mark.timeout(amount(300, 1800))]

SILENCE = amount(14.0, 60.0)
"""Seconds of each silence; more than two sessions of the workers here."""


async def test_a_worker_outlives_a_frozen_broker(
    fragile: World, detour: tuple[ApacheKafka, Detour], report: Report
) -> None:
    messages = history(seed=11, articles=400)
    worker = fragile.start()
    await worker.ready()
    await fragile.send(messages[:250])
    node = detour[0].nodes[0]
    node.pause()
    frozen = time.monotonic()
    noticed, alive = 0.0, True
    try:
        while time.monotonic() - frozen < SILENCE or (not noticed and time.monotonic() - frozen < 30):
            if not noticed and worker.page("/readyz")[0] == 503:
                noticed = time.monotonic() - frozen
            alive = alive and worker.page("/livez")[0] == 200
            await asyncio.sleep(0.5)
    finally:
        node.resume()
    back = time.monotonic()
    await fragile.send(messages[250:])
    bad, cells = await counted(fragile, messages)
    await worker.ready()
    recovered = time.monotonic() - back
    report(
        f"broker frozen for {SILENCE:.0f} s",
        "`/readyz` 503 within 20 s, `/livez` 200, all counted ≤ 60 s after it goes on",
        f"503 after {noticed:.1f} s, `/livez` {'200 all the time' if alive else 'failed'};"
        f" {bad} wrong of {cells:,} after {recovered:.1f} s",
        0 < noticed <= 20 and alive and bad == 0 and recovered <= 60,
    )


_AT_ITS_FIRST_QUESTION = """
import asyncio, os
from pathlib import Path
from worker.cli.main import commands
from worker.stream import recovery, topology

build_highwaters, make_app = recovery.SwiftRecovery._build_highwaters, topology._app

async def after_a_while(self, *arguments):
    Path(os.environ["HERE"]).touch()
    await asyncio.sleep(1)
    await build_highwaters(self, *arguments)

def app(*arguments):
    made = make_app(*arguments)
    if limit := os.environ.get("LIMIT"):
        made.conf.broker_request_timeout = float(limit)
    return made

recovery.SwiftRecovery._build_highwaters, topology._app = after_a_while, app
commands(["worker"])
"""


async def test_a_broker_frozen_in_the_middle_of_a_recovery(
    fragile: World, detour: tuple[ApacheKafka, Detour], report: Report, tmp_path: Path
) -> None:
    messages = history(seed=13, articles=200)
    # Longer than faust waits for an answer: 90 s, and in the short form less.
    silence, limit = amount((14.0, {"LIMIT": "7"}), (100.0, {}))
    first = fragile.start()
    await first.ready()
    await fragile.send(messages[:100])
    await counted(fragile, messages[:100])
    assert first.end(signal.SIGTERM)[0] == 0
    here, node = tmp_path / "here", detour[0].nodes[0]
    worker = fragile.start(_AT_ITS_FIRST_QUESTION, HERE=str(here), **limit)
    while not here.exists():
        assert worker.process.poll() is None, worker.end(signal.SIGTERM)
        await asyncio.sleep(0.05)
    node.pause()
    try:
        await asyncio.sleep(silence)
    finally:
        node.resume()
    back = time.monotonic()
    await worker.ready(60)
    recovered = time.monotonic() - back
    await fragile.send(messages[100:])
    bad, cells = await counted(fragile, messages)
    report(
        f"broker frozen for {silence:.0f} s while a worker reads its tables back",
        "0 wrong cells; ready ≤ 60 s after it goes on",
        f"{bad} wrong of {cells:,}; ready after {recovered:.1f} s",
        bad == 0 and recovered <= 60,
    )


async def test_a_frozen_worker_comes_back_and_does_no_harm(fragile: World, report: Report) -> None:
    first, second, messages = await _two_of_them(fragile)
    await fragile.send(messages[:300])
    first.process.send_signal(signal.SIGSTOP)
    measured = await _meanwhile(fragile, messages)
    first.process.send_signal(signal.SIGCONT)
    measured = f"{measured}; {await _come_back(fragile, first, second, messages)}"
    report(f"worker frozen for {SILENCE:.0f} s, another takes over, it comes back", "0 wrong cells", measured, True)


async def test_a_worker_cut_off_comes_back_and_does_no_harm(
    fragile: World, detour: tuple[ApacheKafka, Detour], report: Report
) -> None:
    ports = detour[1]
    async with Proxy(ports.advertised, ports.listens) as proxy:
        first, second, messages = await _two_of_them(
            fragile, DRONETALLY_BOOTSTRAP_SERVERS=f"127.0.0.1:{ports.advertised}"
        )
        sending = asyncio.create_task(fragile.send(messages[:300]))
        await asyncio.sleep(0.3)
        proxy.shut()
        await sending
        measured = await _meanwhile(fragile, messages)
        proxy.open()
        measured = f"{measured}; {await _come_back(fragile, first, second, messages)}"
    report(f"worker cut off for {SILENCE:.0f} s, another takes over, it comes back", "0 wrong cells", measured, True)


async def _two_of_them(world: World, **extra: str) -> tuple[Worker, Worker, list[Message]]:
    first, second = world.start(**extra), world.start()
    await first.ready()
    await second.ready()
    return first, second, history(seed=12, articles=500)


async def _meanwhile(world: World, messages: list[Message]) -> str:
    """Let the other worker take over; what it publishes is right."""
    await asyncio.sleep(SILENCE)
    await world.send(messages[300:])
    bad, cells = await counted(world, messages)
    assert bad == 0, f"{bad} of {cells} cells wrong while one of two workers is away"
    return f"0 wrong of {cells:,} meanwhile"


async def _come_back(world: World, first: Worker, second: Worker, messages: list[Message]) -> str:
    """Who was away goes on, alone at last; a third reads what they left and finds it right."""
    await asyncio.sleep(5)  # longer than a request of its old session may still be under way
    bad, cells = await counted(world, messages)
    assert bad == 0, f"{bad} of {cells} cells wrong after the first came back"
    assert second.end(signal.SIGTERM)[0] == 0
    assert first.process.poll() is None, first.end(signal.SIGTERM)[1][-2000:]
    await first.ready()
    assert first.end(signal.SIGTERM)[0] == 0
    await world.start().ready()
    await world.send(messages)
    bad, cells = await counted(world, messages)
    assert bad == 0, f"{bad} of {cells} cells wrong for the worker that came after them"
    return "0 wrong after its return, and for the next worker"
