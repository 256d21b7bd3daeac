"""What tests share that talk to a broker."""

from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from worker.broker import Ability, ApacheKafka, Broker, BrokerUnavailableError, KafkaOptions

Client = Mapping[str, Any]
"""Options of aiokafka's clients: bootstrap servers and security."""


NEEDED = os.environ.get("TESTS_NEED_BROKERS", "") == "1"
"""Whether a broker that can't be had fails the tests: CI says so; a machine without Java or a way to the jars skips."""


def missing(reason: str) -> NoReturn:
    """Skip a test whose broker can't be had on this machine, or fail it where all brokers are needed."""
    if NEEDED:
        pytest.fail(f"a broker is needed here: {reason}")
    pytest.skip(reason)


def kafka_with(options: KafkaOptions | None = None) -> ApacheKafka:
    """Return an Apache Kafka that is ready to be started, for `with`; see `missing` where it can't be had."""
    broker = ApacheKafka(options)
    try:
        broker.prepare()
    except BrokerUnavailableError as reason:
        missing(str(reason))
    return broker


def needs(broker: Broker, *abilities: Ability) -> None:
    """Skip the test if the broker lacks one of these abilities."""
    if lacking := broker.limits.intersection(abilities):
        pytest.skip(f"needs {', '.join(sorted(lacking))}, which this one lacks: {broker.description}")


async def new_topic(client: Client, *, partitions: int = 1, copies: int = 1, **settings: str) -> str:
    """Make a topic with a name of its own and return the name; dots in setting names are written `__`."""
    name = f"topic-{uuid.uuid4().hex[:12]}"
    configs = {setting.replace("__", "."): value for setting, value in settings.items()}
    admin = AIOKafkaAdminClient(**client)
    await admin.start()
    try:
        answer = await admin.create_topics([NewTopic(name, partitions, copies, topic_configs=configs)])
    finally:
        await admin.close()
    ((_, code, message),) = answer.topic_errors
    assert code == 0, message
    return name


async def produce(client: Client, topic: str, values: Sequence[bytes], **options: Any) -> None:
    """Write these values, each acknowledged by all replicas in step before the next is sent."""
    producer = AIOKafkaProducer(**{"acks": "all", **client, **options})
    await producer.start()
    try:
        for value in values:
            await asyncio.wait_for(producer.send_and_wait(topic, value), 30)
    finally:
        await producer.stop()


async def read_all(client: Client, topic: str, *, partitions: int = 1, **options: Any) -> list[bytes]:
    """All values between the beginning and the present end of the topic."""
    consumer = AIOKafkaConsumer(**{**client, **options})
    await asyncio.wait_for(consumer.start(), 30)
    try:
        parts = [TopicPartition(topic, number) for number in range(partitions)]
        consumer.assign(parts)
        await consumer.seek_to_beginning(*parts)
        ends = await consumer.end_offsets(parts)
        values: list[bytes] = []
        async with asyncio.timeout(30):
            while any([await consumer.position(part) < ends[part] for part in parts]):
                batches = await consumer.getmany(timeout_ms=500)
                values += [record.value for records in batches.values() for record in records]
        return values
    finally:
        await consumer.stop()
