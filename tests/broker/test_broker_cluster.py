"""Three nodes of Apache Kafka, and one of them lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.brokers import kafka_with, new_topic, produce, read_all
from worker.broker import ApacheKafka, KafkaOptions
from worker.broker.readiness import brokers_known

pytestmark = pytest.mark.broker


@pytest.fixture(scope="module")
def three_nodes() -> Iterator[ApacheKafka]:
    with kafka_with(KafkaOptions(nodes=3, heap_mb=256)) as broker:
        yield broker


async def test_two_of_three_replicas_still_acknowledge_and_the_third_comes_back(three_nodes: ApacheKafka) -> None:
    client = {"bootstrap_servers": three_nodes.bootstrap}
    topic = await new_topic(client, copies=3, min__insync__replicas="2")
    await produce(client, topic, [b"three"])
    lost = three_nodes.nodes[0]
    lost.kill()
    assert lost.pid is None
    await produce(client, topic, [b"two"])
    assert await read_all(client, topic) == [b"three", b"two"]
    lost.start()
    lost.wait_until_ready(brokers=3)
    assert brokers_known(lost.address) == 3
    assert await read_all({"bootstrap_servers": lost.address}, topic) == [b"three", b"two"]
