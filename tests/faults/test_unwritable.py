"""Topics that must not be written: the worker ends and says so, and no offset has passed what it could not write."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition

from tests.access import allow, revoke
from tests.broker.certificates import Authority
from tests.brokers import kafka_with
from tests.faults.recount import counted
from tests.faults.report import Report
from tests.stream.workers import Message, World, article
from worker.broker import ApacheKafka, KafkaOptions, Security, Tls

pytestmark = pytest.mark.broker

PASSWORDS = {"admin": "admins-password", "counter": "counters-password"}
SAID = article(
    "one", "Russia launched 40 drones at Ukraine overnight, the air force said.",
    published_at="2025-06-04T07:00:00Z", source="wire.example",
)  # fmt: skip
POISON = Message(b"poison", b"not json")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Who signs the broker's certificate."""
    return Authority.create(tmp_path_factory.mktemp("authority"), "test-authority")


@pytest.fixture(scope="module")
def guarded(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApacheKafka]:
    """A broker that asks who one is and what one may do."""
    tls = Tls(authority.issue(tmp_path_factory.mktemp("server"), "server"))
    with kafka_with(KafkaOptions(security=Security(tls=tls, users=PASSWORDS, super_user="admin"))) as broker:
        yield broker


async def test_a_topic_that_may_not_be_written_ends_the_worker(
    guarded: ApacheKafka, authority: Authority, report: Report
) -> None:
    kinds = ("dead-letter", "day", "claims", "changelog")
    ends = await asyncio.gather(*(_refused(guarded, authority, kind) for kind in kinds))
    report(
        f"not writable, each for a worker of its own: the topics of {', '.join(kinds)}",
        "ends with a message and a code other than 0; no offset passed what was not written; nothing lost later",
        "; ".join(f"{kind}: {measured}" for kind, (measured, _) in zip(kinds, ends, strict=True)),
        all(holds for _, holds in ends),
    )


async def _refused(guarded: ApacheKafka, authority: Authority, kind: str) -> tuple[str, bool]:
    """Let a worker meet a topic that it may not write, give it the right, and let another go on."""
    secret = Path(authority.file).with_name("password")
    secret.write_text(PASSWORDS["counter"])
    extra = {
        "DRONETALLY_SECURITY_PROTOCOL": "SASL_SSL",
        "DRONETALLY_TLS_CA_FILE": str(authority.file),
        "DRONETALLY_SASL_USERNAME": "counter",
        "DRONETALLY_SASL_PASSWORD_FILE": str(secret),
    }
    world = World(guarded.bootstrap, extra=extra)
    open_world = World(guarded.internal_bootstrap, name=world.name)  # the super user's way in
    await open_world.make_topics()
    admin = {
        "bootstrap_servers": guarded.bootstrap,
        "security_protocol": "SASL_SSL",
        "ssl_context": ssl.create_default_context(cafile=str(authority.file)),
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": "admin",
        "sasl_plain_password": PASSWORDS["admin"],
    }
    settings = world.settings
    refused = {
        "dead-letter": settings.dead_letters_topic,
        "day": settings.day_topic,
        "claims": settings.claims_topic,
        "changelog": f"{settings.app_id}-",
    }[kind]
    for topic in (
        settings.input_topic, settings.claims_topic, settings.day_topic, settings.week_topic,
        settings.conflicts_topic, settings.dead_letters_topic, f"{settings.app_id}-",
    ):  # fmt: skip
        await allow(admin, "counter", "topic", topic, "read", "write", "describe", prefix=topic.endswith("-"))
    await allow(admin, "counter", "group", settings.app_id, "read")
    said = POISON if kind == "dead-letter" else SAID
    try:
        worker = world.start()
        await worker.ready()
        await revoke(admin, "counter", "topic", refused, "write", prefix=refused.endswith("-"))
        await open_world.send([said])
        _, errors = await asyncio.to_thread(worker.process.communicate, timeout=60)
        line = errors.decode().splitlines()[-1]
        passed = await _committed(open_world, settings.claims_topic if kind == "day" else settings.input_topic)
        await allow(admin, "counter", "topic", refused, "write", prefix=refused.endswith("-"))
        code = worker.process.returncode
        await world.start().ready()
        await open_world.send([SAID])
        bad, cells = await counted(open_world, [SAID])
        letters = len(await open_world.records(settings.dead_letters_topic))
    finally:
        world.stop()
    holds = code not in (0, None) and "no right to Write on topic" in line and bad == 0
    return (
        f"code {code}, offsets passed {passed}, with the right again {bad} wrong of {cells} and {letters} dead letters",
        holds and passed == 0 and letters == (kind == "dead-letter"),
    )


async def _committed(world: World, topic: str) -> int:
    """Add up what the group has committed of a topic."""
    settings = world.settings
    consumer = AIOKafkaConsumer(bootstrap_servers=world.bootstrap, group_id=settings.app_id, enable_auto_commit=False)
    await consumer.start()
    try:
        parts = [TopicPartition(topic, number) for number in range(world.partitions)]
        return sum([await consumer.committed(part) or 0 for part in parts])
    finally:
        await consumer.stop()
