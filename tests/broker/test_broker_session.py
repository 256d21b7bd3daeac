"""The broker that all tests share, whichever it is: what the worker cannot do without."""

from __future__ import annotations

import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import UnknownTopicOrPartitionError

from tests.brokers import needs, new_topic, produce, read_all
from worker.broker import Broker

pytestmark = pytest.mark.broker


async def test_messages_and_committed_offsets_are_kept(kafka: Broker) -> None:
    client = {"bootstrap_servers": kafka.bootstrap}
    topic = await new_topic(client, partitions=2)
    await produce(client, topic, [b"first", b"second"])
    assert sorted(await read_all(client, topic, partitions=2)) == [b"first", b"second"]
    options = {"group_id": topic, "auto_offset_reset": "earliest", "enable_auto_commit": False}
    async with AIOKafkaConsumer(topic, **client, **options) as consumer:
        assert {(await consumer.getone()).value, (await consumer.getone()).value} == {b"first", b"second"}
        await consumer.commit()
        offsets = [await consumer.committed(part) for part in consumer.assignment()]
    assert sum(offset or 0 for offset in offsets) == 2


async def test_a_topic_that_nobody_made_is_refused(kafka: Broker) -> None:
    needs(kafka, "refusing unknown topics")
    with pytest.raises(UnknownTopicOrPartitionError):
        await produce({"bootstrap_servers": kafka.bootstrap}, "nobody-made-me", [b"x"], request_timeout_ms=2000)
