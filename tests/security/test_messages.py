"""Hostile messages on the real broker: each has a named outcome, none makes a topic or a series, the others count."""

from __future__ import annotations

import asyncio
import json
import signal
import time

import pytest
from aiokafka.admin import AIOKafkaAdminClient
from prometheus_client.parser import text_string_to_metric_families

from tests.report import Report
from tests.security.guarded import Guarded, said
from tests.security.scale import LONG
from tests.stream.pages import ARTICLES, total
from tests.stream.workers import Message, Worker, World

pytestmark = pytest.mark.broker

_TEXT = b'"id": "a", "title": "x"'
JSON: dict[str, tuple[bytes, str | None]] = {
    "33 levels deep": (b"{" + _TEXT + b', "d": ' + b"[" * 33 + b"]" * 33 + b"}", "too_deep"),
    "a million brackets": (b"[" * 1_000_000, "too_deep"),
    "a number of 4,000 digits": (b"{" + _TEXT + b', "version": 1' + b"0" * 4_000 + b"}", "out_of_range"),
    "1e400": (b"{" + _TEXT + b', "version": 1e400}', "out_of_range"),
    "2^64": (b"{" + _TEXT + b', "version": 18446744073709551616}', "out_of_range"),
    "a lone surrogate": (b'{"id": "a", "title": "\\ud800"}', "not_json"),
    "a surrogate in UTF-8": (b'{"id": "a", "title": "\xed\xa0\x80"}', "bad_encoding"),
    "a byte order mark": (b"\xef\xbb\xbf{" + _TEXT + b"}", "not_json"),
    "NaN": (b"{" + _TEXT + b', "version": NaN}', "not_json"),
    "Infinity": (b"{" + _TEXT + b', "x": -Infinity}', "not_json"),
    "true as a number": (b"{" + _TEXT + b', "version": true}', "wrong_type"),
    "a key twice": (b'{"id": "no", "title": "x", "id": "twice"}', None),  # the last one counts
}
HEADERS: dict[str, tuple[list[tuple[str, bytes]], str | None]] = {
    "32 headers": ([(f"h{number}", b"x") for number in range(32)], None),
    "33 headers": ([(f"h{number}", b"x") for number in range(33)], "bad_headers"),
    "8 KiB of headers": ([("h", b"x" * (8 * 1024 - 1))], None),
    "more than 8 KiB": ([("h", b"x" * 8 * 1024)], "bad_headers"),
}
NAMING = [
    ("__connect.errors.topic", b"evil-topic"), ("topic", b"evil-topic"), ("ce_type", b"evil-topic"),
    ("dronetally.sent.ms", b"evil-topic"), ("kafka_dlt-original-topic", b"evil-topic"),
]  # fmt: skip
_MOST_SERIES = 500
_VARIED = 100_000 if LONG else 3_000


async def test_every_hostile_message_has_a_named_outcome(guarded: Guarded, report: Report) -> None:
    world = World(guarded.broker.internal_bootstrap)
    await world.make_topics()
    before = await _topics(world)
    good = said("good", 40)
    plain = b"{" + _TEXT + b"}"
    messages = [
        *(Message(name.encode(), value) for name, (value, _) in JSON.items()),
        *(Message(name.encode(), plain, headers=tuple(found)) for name, (found, _) in HEADERS.items()),
        Message(b"naming", plain.replace(b'"a"', b'"naming"'), headers=tuple(NAMING)),
        Message(b"naming bad", b"evil-topic", headers=tuple(NAMING)),
        good,
    ]
    try:
        worker = world.start()
        await worker.ready()
        await world.send(messages)
        expected = world.expected([good])
        right = await world.settle(expected) == expected
        letters = {
            record.key.decode(): dict(record.headers)["__connect.errors.exception.class.name"].decode()
            for record in await world.records(world.settings.dead_letters_topic)
        }
        seconds = await _read_varied(world, worker)
        page = worker.page("/metrics")[1]
        code, _ = worker.end(signal.SIGTERM)
        after = await _topics(world)
    finally:
        world.stop()
    wanted = {name: reason for name, (_, reason) in (JSON | HEADERS).items() if reason is not None}
    wanted["naming bad"] = "not_json"
    assert letters == wanted
    named = {name: reason for name, reason in letters.items() if name in JSON}
    report(
        "JSON that is deep, has huge numbers, NaN, a byte order mark, lone surrogates, a key twice",
        "each has a named outcome: a reason in the dead letters, or (a key twice) the last one counts",
        f"{len(named)} of {len(JSON) - 1} refused: {', '.join(sorted(set(named.values())))}; right tallies beside them",
        right and letters == wanted,
    )
    report(
        "headers at and over the limits (32, 8 KiB)",
        "over them: bad_headers; at them: read",
        f"{sum(reason == 'bad_headers' for reason in letters.values())} refused of 2, none at the limits",
        letters == wanted,
    )
    report(
        "topics named in headers, keys, fields and text, also of dead letters",
        "topic names come from the configuration alone",
        f"{len(after - before)} new topics",
        after == before,
    )
    series = sum(len(family.samples) for family in text_string_to_metric_families(page))
    report(
        f"{_VARIED:,} different sources, languages and regions",
        f"≤ {_MOST_SERIES} metric series",
        f"{series} series; read in {seconds:.0f} s, code {code}",
        series <= _MOST_SERIES and code == 0,
    )


async def _read_varied(world: World, worker: Worker) -> float:
    """Send articles that differ in whatever could become a label, and wait until they are read."""
    started, read = time.monotonic(), total(worker, ARTICLES)
    for first in range(0, _VARIED, 5_000):
        await world.send(
            Message(b"v%d" % number, json.dumps(_varied(number)).encode())
            for number in range(first, min(first + 5_000, _VARIED))
        )
    while (found := total(worker, ARTICLES) - read) < _VARIED and time.monotonic() - started < 240 + _VARIED / 100:
        await asyncio.sleep(0.3)
    assert found >= _VARIED, f"{found:,.0f} of {_VARIED:,} were read"
    return time.monotonic() - started


def _varied(number: int) -> dict[str, object]:
    return {
        "id": f"v{number}", "source": f"source-{number}.example", "language": f"x-{number}", "url": f"https://{number}/",
        "body": f"In region {number} of Land{number}, {number % 400 + 2} drones were shot down, said Agency{number}.",
        "published_at": f"{2000 + number % 25}-03-{number % 28 + 1:02}T07:00:00Z",
    }  # fmt: skip


async def _topics(world: World) -> set[str]:
    client = AIOKafkaAdminClient(bootstrap_servers=world.bootstrap)
    await client.start()
    try:
        return {name for name in await client.list_topics() if not name.startswith("__")}
    finally:
        await client.close()
