"""A worker that comes to a topic full of articles: how fast it catches up, and what it holds of memory meanwhile."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time

from benchmarks.scale import Scale
from benchmarks.table import Row
from benchmarks.worker import contenders
from benchmarks.worker.articles import articles
from benchmarks.worker.processes import cpu_seconds, memory
from benchmarks.worker.race import Meter, race, send
from tests.stream.workers import Worker, World
from worker.broker.ports import free_ports

_SAMPLE = 2.0
_SETTLED = 0.2
"""The share of the articles after which memory is compared: until then buffers and the first tables fill."""
_STATE_BYTES = 1_000
"""What the record of an article and the claims of a fifth of them may take; more is a queue that grows."""


async def row(bootstrap: str, name: str, scale: Scale) -> Row:
    """Write a backlog, start a worker on it, and watch."""
    live = await race(bootstrap, contenders.worker(), list(articles(scale.articles)))
    world = World(bootstrap)
    await world.make_topics()
    for start in range(0, scale.backlog, 10_000):
        await send(world, list(articles(min(10_000, scale.backlog - start), seed=100 + start)))
    (port,) = free_ports(1)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DRONETALLY_")}
    environment |= {**world.environment, "DRONETALLY_HTTP_PORT": str(port)}
    samples: list[tuple[int, int]] = []
    contender = contenders.worker()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(contender.command(world), env=environment, stdout=said, stderr=said)
        worker = Worker(process, port)
        try:
            async with Meter(world, contender) as meter:
                await worker.ready(120)
                started = time.monotonic()
                cpu = cpu_seconds(process.pid)
                while left := await meter.lag():
                    if process.poll() is not None:
                        raise RuntimeError(f"ended with code {process.returncode}")
                    samples.append((left, memory(process.pid, "VmRSS")))
                    print(f"  {left:,} to do, {samples[-1][1] / 1e6:,.0f} MB", file=sys.stderr, flush=True)
                    await asyncio.sleep(_SAMPLE)
                wall, cpu = time.monotonic() - started, cpu_seconds(process.pid) - cpu
                samples.append((0, memory(process.pid, "VmRSS")))
                rebalances = worker.metric("dronetally_rebalances_total")
        finally:
            process.terminate()
            process.wait(30)
    settled = next(held for left, held in samples if left <= scale.backlog * (1 - _SETTLED))
    grown = (samples[-1][1] - settled) / (scale.backlog * (1 - _SETTLED))
    ratio = scale.backlog / cpu / live.per_cpu_second
    return Row(
        name,
        f"catching up a backlog of {scale.backlog:,} articles",
        "live rate",
        "memory flat but for the state, no rebalance, rate ≥ the live maximum",
        f"{ratio:.2f} × per core-second, {scale.backlog / wall:,.0f}/s on the wall against {live.per_second:,.0f};"
        f" {rebalances:.0f} rebalance (the start); {settled / 1e6:,.0f} → {samples[-1][1] / 1e6:,.0f} MB,"
        f" {grown:,.0f} bytes per article",
        scale.verdict(ratio >= 1 and rebalances <= 1 and grown <= _STATE_BYTES),
    )
