"""One node of Apache Kafka, for real."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiokafka.errors import KafkaError, UnknownTopicOrPartitionError

from tests.brokers import kafka_with, new_topic, produce, read_all
from worker.broker import ApacheKafka, BrokerError, KafkaOptions, Security, Tls, choose
from worker.broker.ports import free_ports
from worker.broker.readiness import brokers_known

pytestmark = pytest.mark.broker


@pytest.fixture(scope="module")
def one_node() -> Iterator[ApacheKafka]:
    with kafka_with() as broker:
        yield broker


@pytest.fixture
def client(one_node: ApacheKafka) -> dict[str, str]:
    return {"bootstrap_servers": one_node.bootstrap}


async def test_what_is_produced_is_consumed(client: dict[str, str]) -> None:
    topic = await new_topic(client, partitions=3)
    await produce(client, topic, [b"%d" % number for number in range(20)])
    assert sorted(await read_all(client, topic, partitions=3)) == sorted(b"%d" % number for number in range(20))


def test_the_description_names_version_size_and_place(one_node: ApacheKafka) -> None:
    assert one_node.description.startswith("broker: Apache Kafka 4.")
    assert one_node.description.endswith(f"(KRaft, 1 node) on {one_node.bootstrap}")


async def test_a_topic_that_nobody_made_is_refused(client: dict[str, str]) -> None:
    with pytest.raises(UnknownTopicOrPartitionError):
        await produce(client, "nobody-made-me", [b"x"], request_timeout_ms=2000)


async def test_an_aborted_transaction_is_not_read(client: dict[str, str]) -> None:
    from aiokafka import AIOKafkaProducer

    topic = await new_topic(client)
    producer = AIOKafkaProducer(**client, transactional_id=topic)
    await producer.start()
    try:
        async with producer.transaction():
            await producer.send_and_wait(topic, b"kept")
        await producer.begin_transaction()
        await producer.send_and_wait(topic, b"aborted")
        await producer.abort_transaction()
        async with producer.transaction():
            await producer.send_and_wait(topic, b"kept too")
    finally:
        await producer.stop()
    assert await read_all(client, topic, isolation_level="read_committed") == [b"kept", b"kept too"]


async def test_compaction_keeps_the_last_value_of_a_key_within_seconds(client: dict[str, str]) -> None:
    from aiokafka import AIOKafkaProducer

    topic = await new_topic(
        client,
        cleanup__policy="compact",
        segment__ms="100",
        min__cleanable__dirty__ratio="0.01",
        max__compaction__lag__ms="100",
    )
    async with AIOKafkaProducer(**client) as producer, asyncio.timeout(30):
        for value in range(10):
            await producer.send_and_wait(topic, b"%d" % value, key=b"same")
        values = [b"many", b"to", b"begin", b"with"]
        while len(values) > 3:
            await asyncio.sleep(0.3)  # a new segment begins with the first message after 100 ms
            await producer.send_and_wait(topic, b"last", key=b"same")
            values = await read_all(client, topic)
    assert values[-1] == b"last"


async def test_a_restart_keeps_the_address_and_the_messages(one_node: ApacheKafka, client: dict[str, str]) -> None:
    topic = await new_topic(client)
    await produce(client, topic, [b"before"])
    address = one_node.bootstrap
    one_node.nodes[0].restart()
    assert one_node.bootstrap == address
    assert await read_all(client, topic) == [b"before"]


async def test_a_crash_keeps_the_messages(one_node: ApacheKafka, client: dict[str, str]) -> None:
    topic = await new_topic(client)
    await produce(client, topic, [b"before"])
    node = one_node.nodes[0]
    node.kill()
    with pytest.raises(KafkaError):
        brokers_known(one_node.bootstrap)
    node.start()
    await produce(client, topic, [b"after"])
    assert await read_all(client, topic) == [b"before", b"after"]


def test_a_paused_broker_accepts_connections_and_answers_nothing(one_node: ApacheKafka) -> None:
    node = one_node.nodes[0]
    pid = node.pid
    node.pause()
    try:
        with pytest.raises((KafkaError, TimeoutError)):
            brokers_known(one_node.bootstrap)
    finally:
        node.resume()
    assert brokers_known(one_node.bootstrap) == 1
    assert node.pid == pid


def test_stop_ends_the_process_and_removes_the_data() -> None:
    broker = choose("kafka")
    assert isinstance(broker, ApacheKafka)
    broker.start()
    (node,) = broker.nodes
    assert node.pid is not None
    folder = Path(f"/proc/{node.pid}/cwd").resolve() if Path("/proc").is_dir() else None
    pid = node.pid
    broker.stop()
    broker.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert folder is None or not folder.exists()


def test_a_server_that_does_not_come_up_is_quoted(one_node: ApacheKafka, tmp_path: Path) -> None:
    del one_node  # only for its skip
    options = KafkaOptions(security=Security(tls=Tls(keystore=tmp_path / "no-such-file.pem")))
    broker = ApacheKafka(options)
    with pytest.raises(BrokerError, match=r"end of its log:[\s\S]*no-such-file\.pem"):
        broker.start()
    assert broker.nodes == ()


def test_a_port_taken_meanwhile_is_replaced_by_another(one_node: ApacheKafka, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = one_node.nodes[0].ports.clients
    first = [[taken, *free_ports(2)]]
    monkeypatch.setattr("worker.broker.kafka.free_ports", lambda count: first.pop() if first else free_ports(count))
    said: list[str] = []
    with ApacheKafka(say=said.append) as broker:
        assert broker.nodes[0].ports.clients != taken
        assert brokers_known(broker.bootstrap) == 1
    assert said == ["a port was taken meanwhile; trying others"]
