"""Tansu, and that its stated limits are real: a newer version that lifts one fails here, and the list is shortened."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewPartitions, RecordsToDelete
from aiokafka.errors import KafkaError

from tests.brokers import missing, needs, new_topic, produce, read_all
from worker.broker import BrokerError, BrokerUnavailableError, ExternalBroker, Tansu, choose

pytestmark = pytest.mark.broker

QUICK_GROUP = {"session_timeout_ms": 6000, "heartbeat_interval_ms": 500}


@pytest.fixture(scope="module")
def tansu() -> Iterator[Tansu]:
    try:
        broker = choose("tansu")
    except BrokerUnavailableError as reason:
        missing(str(reason))
    assert isinstance(broker, Tansu)
    with broker:
        yield broker


@pytest.fixture
def client(tansu: Tansu) -> dict[str, str]:
    return {"bootstrap_servers": tansu.bootstrap}


async def test_what_is_produced_is_consumed(client: dict[str, str]) -> None:
    topic = await new_topic(client, partitions=3)
    await produce(client, topic, [b"%d" % number for number in range(20)])
    assert sorted(await read_all(client, topic, partitions=3)) == sorted(b"%d" % number for number in range(20))


async def test_a_group_goes_on_where_it_committed(client: dict[str, str]) -> None:
    topic = await new_topic(client)
    await produce(client, topic, [b"first"])
    options = {"group_id": topic, "auto_offset_reset": "earliest", "enable_auto_commit": False, **QUICK_GROUP}
    async with AIOKafkaConsumer(topic, **client, **options) as consumer:
        assert (await consumer.getone()).value == b"first"
        await consumer.commit()
    await produce(client, topic, [b"second"])
    async with AIOKafkaConsumer(topic, **client, **options) as consumer:
        assert (await consumer.getone()).value == b"second"


async def test_it_has_no_idempotent_producers_and_no_transactions(client: dict[str, str]) -> None:
    topic = await new_topic(client)
    with pytest.raises(KafkaError):
        await produce(client, topic, [b"x"], enable_idempotence=True)
    producer = AIOKafkaProducer(**client, transactional_id=topic)
    with pytest.raises(KafkaError):
        await producer.start()
    await producer.stop()


async def test_it_cannot_alter_topics_delete_records_or_list_group_offsets(client: dict[str, str]) -> None:
    topic = await new_topic(client)
    await produce(client, topic, [b"x"])
    admin = AIOKafkaAdminClient(**client)
    await admin.start()
    try:
        with pytest.raises(KafkaError):
            await admin.create_partitions({topic: NewPartitions(2)})
        with pytest.raises(KafkaError):
            await admin.list_consumer_group_offsets("any-group")
        with pytest.raises(KafkaError):
            await admin.delete_records({TopicPartition(topic, 0): RecordsToDelete(before_offset=1)})
    finally:
        await admin.close()


async def test_it_makes_a_topic_that_is_asked_about(client: dict[str, str]) -> None:
    await produce(client, "asked-about", [b"x"])
    assert b"x" in await read_all(client, "asked-about", partitions=4)


async def test_it_forgets_everything_when_it_ends() -> None:
    broker = Tansu()
    topic = await new_topic({"bootstrap_servers": broker.start()})
    broker.stop()
    admin = AIOKafkaAdminClient(bootstrap_servers=broker.start())
    await admin.start()
    try:
        assert topic not in await admin.list_topics()
    finally:
        await admin.close()
        broker.stop()


def test_its_first_line_names_it_and_what_it_cannot_do(tansu: Tansu) -> None:
    assert tansu.description.startswith("broker: Tansu 0.")
    assert "memory only" in tansu.description
    assert tansu.description.endswith(tansu.bootstrap)


def test_a_test_that_needs_more_is_skipped_with_the_reason(tansu: Tansu) -> None:
    needs(tansu, "faults")
    with pytest.raises(pytest.skip.Exception, match=r"needs transactions, which this one lacks: broker: Tansu"):
        needs(tansu, "transactions", "faults")


def test_an_external_broker_is_asked_and_left_alone(tansu: Tansu) -> None:
    external = choose(bootstrap=tansu.bootstrap)
    with external as broker:
        assert broker.bootstrap == tansu.bootstrap
    assert tansu.pid is not None
    assert "external" in external.description


def test_an_external_broker_that_does_not_answer_is_an_error_at_once() -> None:
    with pytest.raises(BrokerError, match=r"no broker answers at 127\.0\.0\.1:1:"):
        ExternalBroker("127.0.0.1:1").start()
