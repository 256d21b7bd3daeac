"""Why there is a windowed table of our own: what faust's do with last year's articles, shown on a real broker.

Each test runs faust's native tumbling table the way its documentation suggests and asserts what is wrong with it. If
one of them fails after an upgrade of faust, the reason in docs/decisions/windowed-table.md has gone, and the table of
our own should be looked at again.
"""

from __future__ import annotations

import asyncio
import tempfile
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import faust
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from worker.broker import Broker
from worker.stream.lease import Lease
from worker.stream.outbox import Outbox
from worker.stream.tables import ConfirmedTable
from worker.stream.windowed_table import WindowedTable, WindowId
from worker.topics import changelog_topic

pytestmark = pytest.mark.broker

DAY = timedelta(days=1)
LAST_YEAR = datetime.now(UTC) - timedelta(days=365)
EVENTS = 5


async def test_native_windows_expire_by_the_wall_clock_so_replayed_history_vanishes(kafka: Broker) -> None:
    async with _counting(kafka, expires=2 * DAY) as (table, _):
        assert len(_entries(table)) == EVENTS  # five days of last year, counted now
        await _cleaned(table)
        assert _entries(table) == []  # nothing newer came, yet all is gone


async def test_native_expiry_leaves_the_changelog_full(kafka: Broker) -> None:
    async with _counting(kafka, expires=2 * DAY) as (table, changelog):
        await _cleaned(table)
        records = await _records(kafka, changelog)
        assert len(records) >= EVENTS
        assert all(record.value is not None for record in records)  # no tombstone: a restart brings them back


async def test_native_windows_without_expiry_remember_every_write(kafka: Broker) -> None:
    async with _counting(kafka, expires=None, writes=200) as (table, _):
        assert len(_entries(table)) == EVENTS
        remembered = sum(len(times) for times in table.table._partition_timestamps.values())
        assert remembered >= 200  # one heap entry for each write, never taken out again


async def test_our_windows_keep_history_and_leave_as_tombstones_by_event_time(kafka: Broker) -> None:
    async with _app(kafka) as app:
        windows = WindowedTable(ConfirmedTable(app, "windows", 1))
        await _create(kafka, changelog_topic(app.conf.id, "windows"))
        await app.producer.start()
        lease = Lease(session_timeout=3600)
        lease.renew(lease.now())
        outbox = Outbox(app, lease)
        days = [(LAST_YEAR + number * DAY).date() for number in range(EVENTS)]
        for day in days:
            await windows.put(outbox, 0, f"UA|RU>UA|{day}", b"1")
        await outbox.confirm()
        assert windows.windows(0) == {WindowId("RU>UA", day) for day in days}
        assert windows.older_than(0, "RU>UA", days[0]) == []
        gone = windows.older_than(0, "RU>UA", days[2])
        assert gone == [f"UA|RU>UA|{day}" for day in days[:2]]
        for key in gone:
            await windows.put(outbox, 0, key, None)
        await outbox.confirm()
        assert windows.windows(0) == {WindowId("RU>UA", day) for day in days[2:]}
        assert windows.window(0, WindowId("RU>UA", days[2])) == {f"UA|RU>UA|{days[2]}": b"1"}
        records = await _records(kafka, changelog_topic(app.conf.id, "windows"))
        assert [record.key.decode() for record in records if record.value is None] == gone
        await app.producer.stop()


def test_the_window_is_read_from_the_end_of_the_key() -> None:
    from worker.stream.windowed_table import window_of

    assert window_of("RU-KRS|UA>RU|2025-05-21") == WindowId("UA>RU", date(2025, 5, 21))
    assert window_of("UA>RU|2025-05-21") == WindowId("UA>RU", date(2025, 5, 21))


@asynccontextmanager
async def _app(kafka: Broker, **settings: Any) -> AsyncIterator[faust.App]:
    with tempfile.TemporaryDirectory() as folder:
        yield faust.App(
            f"native-{uuid.uuid4().hex[:8]}",
            broker=f"kafka://{kafka.bootstrap}",
            datadir=folder,
            web_enabled=False,
            topic_partitions=1,
            topic_disable_leader=True,
            topic_allow_declare=False,
            table_standby_replicas=0,
            stream_recovery_delay=0.0,
            **settings,
        )


@asynccontextmanager
async def _counting(kafka: Broker, expires: timedelta | None, writes: int = EVENTS) -> AsyncIterator[tuple[Any, str]]:
    """Run an app that counts events of last year in native windows of a day; give its table and changelog topic."""
    async with _app(kafka, table_cleanup_interval=3600.0) as app:
        source = f"{app.conf.id}-events"
        changelog = changelog_topic(app.conf.id, "counts")
        await _create(kafka, source, changelog)
        table = app.Table("counts", default=int).tumbling(DAY, expires=expires)
        counted = asyncio.Event()
        seen = 0

        async def count(stream: Any) -> None:
            nonlocal seen
            async for _ in stream:
                table["all"] += 1
                seen += 1
                if seen == writes:
                    counted.set()

        app.agent(app.topic(source, value_type=bytes, value_serializer="raw"))(count)
        producer = AIOKafkaProducer(bootstrap_servers=kafka.bootstrap)
        await producer.start()
        for number in range(writes):
            time = LAST_YEAR + (number % EVENTS) * DAY
            await producer.send_and_wait(source, b"1", timestamp_ms=int(time.timestamp() * 1000))
        await producer.stop()
        app.finalize()
        await app.start()
        try:
            async with asyncio.timeout(60):
                await counted.wait()
            await app.producer.flush()
            yield table, changelog
        finally:
            await app.stop()


def _entries(table: Any) -> list[Any]:
    """The keys of all windows; each is (key, (start, end))."""
    return list(table.table.keys())


async def _cleaned(table: Any) -> None:
    """Do what faust's cleaning task does every `table_cleanup_interval`."""
    await table.table._del_old_keys()
    await table.table.app.producer.flush()


async def _create(kafka: Broker, *names: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka.bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic(name, 1, 1, topic_configs={"retention.ms": "-1"}) for name in names])
    await admin.close()


async def _records(kafka: Broker, topic: str) -> list[Any]:
    consumer = AIOKafkaConsumer(bootstrap_servers=kafka.bootstrap, enable_auto_commit=False)
    await consumer.start()
    part = TopicPartition(topic, 0)
    consumer.assign([part])
    await consumer.seek_to_beginning(part)
    end = (await consumer.end_offsets([part]))[part]
    found: list[Any] = []
    while await consumer.position(part) < end:
        for batch in (await consumer.getmany(timeout_ms=300)).values():
            found += batch
    await consumer.stop()
    return found
