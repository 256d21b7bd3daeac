"""`worker --processes`: several consumers of one group under one roof, on a real broker."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from tests.processes import gone
from tests.stream.stories import history
from tests.stream.workers import Worker, World
from worker.broker.ports import free_ports

pytestmark = [
    pytest.mark.broker,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent"),
]

PROGRAM = (
    "import sys; sys.argv = ['drone-tally', 'worker', '--processes', '2']; from worker.__main__ import main; main()"
)


def neighbours() -> int:
    """Find a free port with a free one behind it."""
    free = set(free_ports(800))
    return next(port for port in sorted(free) if port + 1 in free)


def children(worker: Worker) -> list[int]:
    """The process ids of those that the supervisor runs."""
    pid = worker.process.pid
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()]


async def test_a_killed_process_comes_back_and_nothing_is_lost(world: World) -> None:
    messages = history(seed=31, articles=400)
    port = neighbours()
    supervisor = world.start(PROGRAM, DRONETALLY_HTTP_PORT=str(port))
    processes = [Worker(supervisor.process, port + number) for number in range(2)]
    for each in processes:
        await each.ready()
    await world.send(messages[:200])
    first, second = children(supervisor)
    os.kill(first, signal.SIGKILL)
    await world.send(messages[200:])
    async with asyncio.timeout(20):
        while len(now := children(supervisor)) < 2 or first in now:
            await asyncio.sleep(0.1)
    assert second in now
    for each in processes:
        await each.ready()
    expected = world.expected(messages)
    assert await world.settle(expected) == expected
    code, said = supervisor.end(signal.SIGTERM)
    assert code == 0, said
    assert said.count('"event": "stopped"') == 2
    assert all(gone(pid) for pid in now)


async def test_a_killed_supervisor_takes_its_workers_with_it(world: World) -> None:
    port = neighbours()
    supervisor = world.start(PROGRAM, DRONETALLY_HTTP_PORT=str(port))
    processes = [Worker(supervisor.process, port + number) for number in range(2)]
    async with asyncio.timeout(30):
        while not all(each.page("/livez")[0] == 200 for each in processes):
            await asyncio.sleep(0.1)
    pids = children(supervisor)
    supervisor.process.kill()
    assert all(gone(pid) for pid in pids)
