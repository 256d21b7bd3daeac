"""From an article in to its tally out, at half of the load that the worker can take.

A few articles are probes: all in one partition, so that their order is known, and dated later one by one while all
others bear the same date. Since the `as_of` of a tally is the newest article behind it, the first tally of a probe's
front with its date, or a later probe's, counts it.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import msgspec
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from benchmarks.scale import Scale
from benchmarks.table import Row
from benchmarks.worker import contenders
from benchmarks.worker.articles import Sent, articles
from benchmarks.worker.race import race, running
from tests.stream.workers import World
from worker import codec
from worker.extract import extract
from worker.stream.topology import partition_of

_PROBED = 0
_BASE = datetime(2025, 6, 2, 5, tzinfo=UTC)


@dataclass
class Probe:
    """An article to be looked for: when it is dated, about which fronts, when it was sent and found."""

    date: datetime
    fronts: frozenset[str]
    sent_at: float = 0.0
    found_at: dict[str, float] = field(default_factory=dict)


async def row(bootstrap: str, name: str, scale: Scale) -> Row:
    """Find the maximum, send half of it for a while, and report the times."""
    maximum = (await race(bootstrap, contenders.worker(), list(articles(scale.articles)))).per_second
    seconds = sorted(await latencies(bootstrap, maximum / 2, scale.seconds))
    p50, p99 = (seconds[int(share * (len(seconds) - 1))] * 1000 for share in (0.5, 0.99))
    return Row(
        name,
        "latency article in → tally out at half of the maximum load",
        "–",
        "p50 ≤ 100 ms, p99 ≤ 400 ms",
        f"p50 {p50:,.0f} ms, p99 {p99:,.0f} ms, longest {seconds[-1] * 1000:,.0f} ms"
        f" ({len(seconds)} articles seen of {maximum / 2:,.0f}/s)",
        scale.verdict(p50 <= 100 and p99 <= 400),
    )


async def latencies(bootstrap: str, rate: float, seconds: float) -> list[float]:
    """Send so many articles a second for a while; seconds until each probe was counted on each of its fronts."""
    world = World(bootstrap)
    stream = list(_dated(articles(int(rate * seconds), seed=2, nights=1), world.partitions))
    async with running(world, contenders.worker()) as (process, meter):
        found: list[tuple[float, bytes]] = []
        consumer = AIOKafkaConsumer(
            world.settings.day_topic, bootstrap_servers=bootstrap, auto_offset_reset="latest", fetch_max_wait_ms=10
        )
        async with consumer, AIOKafkaProducer(bootstrap_servers=bootstrap) as producer:
            reading = asyncio.create_task(_read(consumer, found))
            started = time.monotonic()
            for number, (each, probe) in enumerate(stream):
                await asyncio.sleep(max(0.0, started + number / rate - time.monotonic()))
                if probe is not None:
                    probe.sent_at = time.monotonic()
                await producer.send(world.settings.input_topic, each.value, key=each.key)
            await meter.finished(process)
            await asyncio.sleep(1)
            reading.cancel()
    return _matched([probe for _, probe in stream if probe is not None], found)


async def _read(consumer: AIOKafkaConsumer, found: list[tuple[float, bytes]]) -> None:
    async for record in consumer:
        if record.value is not None:
            found.append((time.monotonic(), record.value))  # noqa: PERF401 (it never ends)


def _dated(stream: Iterator[Sent], partitions: int) -> Iterator[tuple[Sent, Probe | None]]:
    steps = itertools.count(1)
    for each in stream:
        raw = msgspec.json.decode(each.value)
        probed = each.relevant and partition_of(each.key, partitions) == _PROBED
        date = _BASE + timedelta(seconds=next(steps)) if probed else _BASE
        raw["published_at"] = date.isoformat().replace("+00:00", "Z")
        value = codec.to_json(raw)
        fronts = (
            frozenset(claim.front for claim in extract(codec.decode_article(value)).claims) if probed else frozenset()
        )
        yield Sent(each.key, value, each.relevant), Probe(date, fronts) if fronts else None


def _matched(probes: Sequence[Probe], found: Sequence[tuple[float, bytes]]) -> list[float]:
    """Find for each probe and front the first tally that counts it; a probe that is never found counts as for ever."""
    seconds = []
    newest: dict[str, list[tuple[datetime, float]]] = {}
    for at, value in found:
        tally = codec.decode_tally(value)
        steps = newest.setdefault(tally.front, [])
        if tally.as_of is not None and (not steps or tally.as_of > steps[-1][0]):
            steps.append((tally.as_of, at))
    for probe in probes:
        for front in probe.fronts:
            at = next((at for date, at in newest.get(front, ()) if date >= probe.date), float("inf"))
            seconds.append(at - probe.sent_at)
    return seconds
