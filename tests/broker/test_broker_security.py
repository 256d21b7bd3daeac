"""TLS, SASL and access rules of a local Kafka: who is let in, and who is not."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiokafka.errors import KafkaError, TopicAuthorizationFailedError

from tests.access import allow
from tests.broker.certificates import Authority
from tests.brokers import kafka_with, new_topic, produce, read_all
from worker.broker import (
    ApacheKafka,
    BrokerError,
    ExternalBroker,
    KafkaOptions,
    Security,
    Tls,
)
from worker.broker.readiness import brokers_known

pytestmark = pytest.mark.broker

USERS = {"admin": "admins-password", "reader": "readers-password"}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.create(tmp_path_factory.mktemp("authority"), "test-authority")


@pytest.fixture(scope="module")
def guarded(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApacheKafka]:
    """Kafka with SASL over TLS, and rules that allow nobody anything but the super user."""
    tls = Tls(authority.issue(tmp_path_factory.mktemp("server"), "server"))
    with _started(Security(tls=tls, users=USERS, super_user="admin")) as broker:
        yield broker


def _started(security: Security) -> ApacheKafka:
    return kafka_with(KafkaOptions(security=security))


def _client(
    broker: ApacheKafka, authority: Authority, user: str, password: str, mechanism: str = "SCRAM-SHA-512"
) -> dict[str, Any]:
    return {
        "bootstrap_servers": broker.bootstrap,
        "security_protocol": "SASL_SSL",
        "ssl_context": ssl.create_default_context(cafile=str(authority.file)),
        "sasl_mechanism": mechanism,
        "sasl_plain_username": user,
        "sasl_plain_password": password,
    }


@pytest.mark.parametrize("mechanism", ["SCRAM-SHA-512", "PLAIN"])
async def test_the_right_password_is_let_in(guarded: ApacheKafka, authority: Authority, mechanism: str) -> None:
    client = _client(guarded, authority, "admin", USERS["admin"], mechanism)
    topic = await new_topic(client)
    await produce(client, topic, [b"one", b"two"])
    assert await read_all(client, topic) == [b"one", b"two"]


@pytest.mark.parametrize("mechanism", ["SCRAM-SHA-512", "PLAIN"])
def test_a_wrong_password_is_refused(guarded: ApacheKafka, authority: Authority, mechanism: str) -> None:
    client = _client(guarded, authority, "admin", USERS["reader"], mechanism)
    with pytest.raises(BrokerError, match="no broker answers"):
        ExternalBroker(client.pop("bootstrap_servers"), client=client).start()


def test_a_client_without_tls_or_without_trust_is_refused(
    guarded: ApacheKafka, authority: Authority, tmp_path: Path
) -> None:
    with pytest.raises((KafkaError, TimeoutError)):
        brokers_known(guarded.bootstrap)
    stranger = _client(guarded, Authority.create(tmp_path, "other-authority"), "admin", USERS["admin"])
    with pytest.raises(KafkaError):
        brokers_known(stranger.pop("bootstrap_servers"), stranger)
    trusting = _client(guarded, authority, "admin", USERS["admin"])
    assert brokers_known(trusting.pop("bootstrap_servers"), trusting) == 1


async def test_whoever_is_not_the_super_user_may_not_write(guarded: ApacheKafka, authority: Authority) -> None:
    topic = await new_topic({"bootstrap_servers": guarded.internal_bootstrap})
    with pytest.raises(TopicAuthorizationFailedError):
        await produce(_client(guarded, authority, "reader", USERS["reader"]), topic, [b"x"])


async def test_a_user_may_do_what_a_rule_allows_and_no_more(guarded: ApacheKafka, authority: Authority) -> None:
    inside = {"bootstrap_servers": guarded.internal_bootstrap}
    topic = await new_topic(inside)
    await produce(inside, topic, [b"x"])
    reader = _client(guarded, authority, "reader", USERS["reader"])
    await allow(inside, "reader", "topic", topic[:-1], "read", "describe", prefix=True)
    assert await read_all(reader, topic) == [b"x"]
    with pytest.raises(TopicAuthorizationFailedError):
        await produce(reader, topic, [b"y"])


def test_no_password_is_shown(guarded: ApacheKafka) -> None:
    shown = guarded.description + repr(guarded.options)
    assert not any(password in shown for password in USERS.values())
    assert "SASL_SSL" in guarded.description


def test_client_certificates_are_asked_for_when_required(authority: Authority, tmp_path: Path) -> None:
    server, friend = authority.issue(tmp_path, "server"), authority.issue(tmp_path, "friend")
    tls = Tls(server, truststore=authority.file, client_certificates="required")
    with _started(Security(tls=tls)) as broker:
        context = ssl.create_default_context(cafile=str(authority.file))
        client = {"security_protocol": "SSL", "ssl_context": context}
        with pytest.raises((KafkaError, OSError)):
            brokers_known(broker.bootstrap, client)
        context.load_cert_chain(friend)
        assert brokers_known(broker.bootstrap, client) == 1


@pytest.mark.parametrize(
    ("users", "super_user"),
    [({}, "admin"), (USERS, "nobody"), ({"a": 'quo"te'}, None), ({"a;b": "x"}, None), ({"a": ""}, None)],
)
def test_what_would_protect_nothing_or_break_the_configuration_is_refused(
    users: dict[str, str], super_user: str | None
) -> None:
    with pytest.raises(ValueError, match=r"local Kafka|super user"):
        Security(users=users, super_user=super_user)
