"""Messages that cannot be read, among those that can, and messages at the edges of what Kafka carries."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence

import pytest
from aiokafka import AIOKafkaProducer

from tests.faults.recount import counted
from tests.faults.report import Report
from tests.faults.scale import LONG, amount
from tests.stream.pages import ARTICLES, all_read, memory_mb, peak_mb, total
from tests.stream.stories import history
from tests.stream.workers import Message, Worker, World

pytestmark = [pytest.mark.broker, pytest.mark.timeout(amount(300, 1800))]

_POISON = (
    b"not json", b"", b"\xff\xfe", b"[1]", b'{"id": 7}', b'{"id": "x"}', b'{"id": "x", "title": NaN}',
    b'{"id": "x", "title": "\\ud800"}', b'{"id": "x", "title": "y", "version": -1}', b"[" * 5_000, b"\xef\xbb\xbf{",
)  # fmt: skip

_WITHDRAWN = 'dronetally_articles_total{outcome="withdrawn"}'
_TOO_LARGE = 'dronetally_dead_letters_total{reason="too_large"}'


@pytest.mark.parametrize("share", [0.01, 0.1])
async def test_poison_is_put_aside_once(world: World, report: Report, share: float) -> None:
    articles = amount(2_000, 20_000)
    dice = random.Random(51)
    clean = [message for message in history(seed=51, articles=articles) if message.key != b"broken"]
    other = [message for message in history(seed=52, articles=articles) if message.key != b"broken"]
    poison = [Message(b"poison", dice.choice(_POISON)) for _ in range(int(len(other) * share))]
    mixed = other + poison
    dice.shuffle(mixed)
    worker = world.start()
    await worker.ready()
    plain, with_poison = await _rates(world, worker, clean, mixed)
    bad, cells = await counted(world, clean + other)
    letters = await world.records(world.settings.dead_letters_topic)
    sources = {
        tuple(dict(letter.headers)[f"__connect.errors.{name}"] for name in ("topic", "partition", "offset"))
        for letter in letters
    }
    once = len(sources) == len(letters) == len(poison)
    restarts = total(worker, "dronetally_agent_restarts_total")
    report(
        f"poison, {share:.0%} of {len(mixed):,} messages",
        "0 wrong cells; each in the dead letters once; no agent restarts; speed ≥ 90 % of clean (long form)",
        f"{bad} wrong of {cells:,}; {len(letters)} letters of {len(poison)}; {restarts:.0f} restarts;"
        f" speed {with_poison / plain:.0%} of {plain:,.0f}/s{'' if LONG else ', not judged'}",
        bad == 0 and once and restarts == 0 and (with_poison >= 0.9 * plain or not LONG),
    )


async def _rates(world: World, worker: Worker, *kinds: list[Message]) -> list[float]:
    """Return how many messages of each kind are read a second: in turns, for the machine is not always equally busy."""
    turns, seconds = 4, [0.0] * len(kinds)
    for turn in range(turns):
        for kind, messages in enumerate(kinds):
            portion = messages[turn::turns]
            goal = total(worker, ARTICLES) + len(portion)
            started = time.monotonic()
            await world.send(portion)
            while total(worker, ARTICLES) < goal:
                assert time.monotonic() - started < 600, "messages are left unread"
                await asyncio.sleep(0.05)
            seconds[kind] += time.monotonic() - started
    return [len(messages) / spent for messages, spent in zip(kinds, seconds, strict=True)]


async def test_messages_of_any_size(world: World, report: Report) -> None:
    tiny, large = amount(20_000, 1_000_000), 10
    messages = history(seed=53, articles=300)
    worker = world.start()
    await worker.ready()
    await world.send(messages)
    await all_read(worker, 60, len(messages))
    read = total(worker, ARTICLES)
    before, letters = memory_mb(worker), total(worker, "dronetally_dead_letters_total")
    withdrawn = total(worker, _WITHDRAWN)
    noise = random.Random(53).randbytes(5 * 1024 * 1024).hex().encode()  # what compresses well would cost less
    ten_megabytes = b'{"id": "large", "title": "' + noise + b'"}'
    for _ in range(large):
        await world.send([Message(b"large", ten_megabytes)])
    step = 10_000
    for begin in range(0, tiny, step):
        await world.send(Message(b"%d" % n, (b"{}", b"", b"0")[n % 3]) for n in range(begin, begin + step))
    unknown = 500
    await world.send(Message(b"never-seen-%d" % number, None) for number in range(unknown))
    lag = await all_read(worker, amount(120, 1200), large + tiny + unknown, read)
    bad, cells = await counted(world, messages)
    named = total(worker, "dronetally_dead_letters_total") - letters
    nulls = total(worker, _WITHDRAWN) - withdrawn
    grown = peak_mb(worker) - before
    report(
        f"{large} messages of 10 MB, {tiny:,} tiny and empty ones, {unknown} nulls for unknown ids",
        "0 wrong cells; each has a named outcome; memory + ≤ 64 MB; no stall",
        f"{bad} wrong of {cells:,}; {named:,.0f} dead letters of {large + tiny:,}, {nulls:.0f} nulls of {unknown};"
        f" + {grown:.0f} MB; read in {lag:.0f} s",
        bad == 0 and named == large + tiny and nulls == unknown and grown <= 64,
    )


async def test_batches_that_unpack_to_more_than_memory(world: World, report: Report) -> None:
    messages, mib = history(seed=54, articles=100), amount(64, 1024)
    worker = world.start()
    await worker.ready()
    await world.send(messages)
    await all_read(worker, 60, len(messages))
    read, letters, before = total(worker, ARTICLES), total(worker, _TOO_LARGE), memory_mb(worker)
    sizes = (mib, *[8] * (mib // 8))  # a single one, and many that would be no matter one by one
    packed = await _send_packed(world, sizes)
    await world.send(messages)
    await all_read(worker, amount(120, 600), len(sizes) + len(messages), read)
    bad, cells = await counted(world, messages)
    named, grown = total(worker, _TOO_LARGE) - letters, peak_mb(worker) - before
    report(
        f"{2 * mib:,} MB of messages in {packed / 1024:,.0f} KB of compressed batches, articles behind them",
        "0 wrong cells; each has a named outcome; memory + ≤ 64 MB",
        f"{bad} wrong of {cells:,}; {named:.0f} dead letters of {len(sizes)}, too_large; + {grown:.0f} MB",
        bad == 0 and named == len(sizes) and grown <= 64,
    )


async def _send_packed(world: World, sizes: Sequence[int]) -> int:
    """Send a message of so many MiB for each size, in a compressed batch of its own; the bytes that they come to."""
    packed = 0
    producer = AIOKafkaProducer(bootstrap_servers=world.bootstrap, compression_type="zstd", max_batch_size=2**31 - 1)
    await producer.start()
    try:
        for size in sizes:
            batch = producer.create_batch()
            assert batch.append(key=b"packed", value=b" " * (size * 1024 * 1024), timestamp=None)
            batch.close()
            packed += len(batch._build())
            await (await producer.send_batch(batch, world.settings.input_topic, partition=0))
    finally:
        await producer.stop()
    return packed
