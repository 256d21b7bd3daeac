"""The rights that the production overlay asks of Strimzi, on a real broker: enough and no more."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from typing import Any, cast

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import TopicAuthorizationFailedError

from tests.access import Operation, allow
from tests.brokers import kafka_with
from tests.cli.programs import NIGHT, run, written
from tests.deploy.manifests import settings_of, the
from tests.deploy.test_prometheus import until
from tests.stream.workers import World
from worker.broker import ApacheKafka, KafkaOptions, Security

pytestmark = pytest.mark.broker

WORKER, KEDA, OPERATOR = "drone-tally", "drone-tally-keda", "drone-tally-operator"
USERS = {"admin": "admin-secret", WORKER: "worker-secret", KEDA: "keda-secret", OPERATOR: "operator-secret"}


@pytest.fixture(scope="module")
def guarded() -> Iterator[ApacheKafka]:
    """A broker with the users and rights of the manifests."""
    with kafka_with(KafkaOptions(security=Security(users=USERS, super_user="admin"))) as broker:
        for user in (WORKER, KEDA, OPERATOR):
            asyncio.run(grant(broker, user))
        yield broker


async def grant(broker: ApacheKafka, user: str) -> None:
    """Do what Strimzi's user operator does with a KafkaUser."""
    for rule in the("production", "KafkaUser", user)["spec"]["authorization"]["acls"]:
        resource = rule["resource"]
        operations = [re.sub("(?<=.)([A-Z])", r" \1", name).lower() for name in rule["operations"]]
        await allow(
            {"bootstrap_servers": broker.internal_bootstrap},
            user,
            resource["type"],
            resource["name"],
            *cast("list[Operation]", operations),
            prefix=resource["patternType"] == "prefix",
        )


def settings(broker: ApacheKafka, user: str) -> dict[str, str]:
    """The overlay's settings, as far as they hold without TLS and mounted secrets."""
    given = {name: value for name, value in settings_of("production").items() if not name.endswith("_FILE")}
    return given | {
        "DRONETALLY_BOOTSTRAP_SERVERS": broker.bootstrap,
        "DRONETALLY_SECURITY_PROTOCOL": "SASL_PLAINTEXT",
        "DRONETALLY_ALLOW_SASL_WITHOUT_TLS": "true",
        "DRONETALLY_SASL_USERNAME": user,
        "DRONETALLY_SASL_PASSWORD": USERS[user],
        "DRONETALLY_PARTITIONS": "1",
        "DRONETALLY_HTTP_HOST": "127.0.0.1",
    }


def client(broker: ApacheKafka, user: str) -> dict[str, Any]:
    return {
        "bootstrap_servers": broker.bootstrap,
        "security_protocol": "SASL_PLAINTEXT",
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": user,
        "sasl_plain_password": USERS[user],
    }


async def test_workers_people_and_keda_may_do_what_they_have_to(guarded: ApacheKafka) -> None:
    admin, worker_settings = settings(guarded, "admin"), settings(guarded, WORKER)
    refused = run("topics", "apply", "--with-input", settings=worker_settings)
    assert refused.returncode == 78, "the worker must not be able to create topics"
    assert run("topics", "apply", "--with-input", settings=admin).returncode == 0
    checked = run("check", settings=worker_settings)
    assert checked.returncode == 0, checked.stdout
    assert "FAULT" not in checked.stdout

    world = World(guarded.bootstrap)
    try:
        worker = world.start(**worker_settings, DRONETALLY_GROUP_INSTANCE_ID="drone-tally-0", **_names())
        await worker.ready(60)
        assert run("produce", "--raw", settings=admin, given=written(NIGHT) + "no article\n").returncode == 0
        await until(lambda: worker.metric('dronetally_tallies_published_total{window="P7D"}') > 0)
        lag = 'dronetally_consumer_lag_records{partition="0",topic="news.article.v1"}'
        await until(lambda: lag in worker.page("/metrics")[1])
        people = settings(guarded, OPERATOR)
        letters = run("dead-letters", "list", settings=people)
        assert "not_json" in letters.stdout, letters.stderr
        assert run("dead-letters", "replay", "--all", "--yes", settings=people).returncode == 0
        why = run("why", "RU", "UA>RU", "2025-09-19", "--from-topic", settings=people)
        assert "31" in why.stdout, why.stderr
        assert run("dead-letters", "list", settings=worker_settings).returncode != 0
    finally:
        world.stop()

    keda = AIOKafkaAdminClient(**client(guarded, KEDA))
    await keda.start()
    try:
        offsets = await keda.list_consumer_group_offsets("drone-tally")
    finally:
        await keda.close()
    assert offsets[TopicPartition("news.article.v1", 0)].offset >= 2
    reader = AIOKafkaConsumer(**client(guarded, KEDA))
    await reader.start()
    try:
        reader.assign([TopicPartition("news.article.v1", 0)])
        await reader.seek_to_beginning()
        with pytest.raises(TopicAuthorizationFailedError):
            await asyncio.wait_for(reader.getone(), 20)
    finally:
        await reader.stop()


def _names() -> dict[str, str]:
    """The default names instead of those that a `World` makes up."""
    names = {"APP_ID": "drone-tally", "INPUT_TOPIC": "news.article.v1", "CONFLICTS_TOPIC": "drone.conflicts.v1"}
    names |= {f"{size.upper()}_TOPIC": f"drone.tallies.{size}.v1" for size in ("day", "week")}
    names |= {"CLAIMS_TOPIC": "drone.claims.v1", "DEAD_LETTERS_TOPIC": "drone.dead-letters.v1"}
    return {f"DRONETALLY_{name}": value for name, value in names.items()}
