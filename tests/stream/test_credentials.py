"""A guarded broker: who logs in wrongly or lacks a right is told so in one line; no password is shown anywhere."""

from __future__ import annotations

import signal
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.access import allow
from tests.broker.certificates import Authority
from tests.brokers import kafka_with
from tests.stream.test_life import _refusal
from tests.stream.workers import World, article
from worker.broker import ApacheKafka, KafkaOptions, Security, Tls

pytestmark = pytest.mark.broker

CANARY = "canary-7f3d2b91"
USERS = {"admin": "admins-password", "counter": CANARY}
SAID = article(
    "one", "Russia launched 40 drones at Ukraine overnight, the air force said.",
    published_at="2025-06-04T07:00:00Z", source="wire.example",
)  # fmt: skip


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.create(tmp_path_factory.mktemp("authority"), "test-authority")


@pytest.fixture(scope="module")
def guarded(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApacheKafka]:
    tls = Tls(authority.issue(tmp_path_factory.mktemp("server"), "server"))
    with kafka_with(KafkaOptions(security=Security(tls=tls, users=USERS, super_user="admin"))) as broker:
        yield broker


@pytest.fixture
def world(guarded: ApacheKafka, authority: Authority, tmp_path: Path) -> Iterator[World]:
    secret = tmp_path / "password"
    secret.write_text(CANARY + "\n")
    made = World(
        guarded.bootstrap,
        extra={
            "DRONETALLY_SECURITY_PROTOCOL": "SASL_SSL",
            "DRONETALLY_TLS_CA_FILE": str(authority.file),
            "DRONETALLY_SASL_USERNAME": "counter",
            "DRONETALLY_SASL_PASSWORD_FILE": str(secret),
        },
    )
    yield made
    made.stop()


def test_a_wrong_password_is_one_line_and_code_78(world: World, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("not-" + CANARY)
    code, line = _refusal(world.start(DRONETALLY_SASL_PASSWORD_FILE=str(wrong)))
    assert code == 78, line
    assert "refuses user 'counter'" in line
    assert CANARY not in line


def test_plain_text_to_a_tls_listener_is_one_line(world: World) -> None:
    code, line = _refusal(world.start(DRONETALLY_SECURITY_PROTOCOL="PLAINTEXT"))
    assert code == 69, line
    assert "no broker answers" in line


def test_an_unknown_authority_is_one_line_and_code_78(world: World, tmp_path: Path) -> None:
    other = Authority.create(tmp_path, "another-authority")
    code, line = _refusal(world.start(DRONETALLY_TLS_CA_FILE=str(other.file)))
    assert code == 78, line
    assert "TLS" in line


async def test_a_worker_with_just_the_documented_rights_counts_and_shows_no_password(
    guarded: ApacheKafka, authority: Authority, world: World
) -> None:
    admin = {
        "bootstrap_servers": guarded.bootstrap,
        "security_protocol": "SASL_SSL",
        "ssl_context": ssl.create_default_context(cafile=str(authority.file)),
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": "admin",
        "sasl_plain_password": USERS["admin"],
    }
    open_world = World(guarded.internal_bootstrap, name=world.name)  # the super user's way in
    await open_world.make_topics()
    code, line = _refusal(world.start())
    assert code == 78, line
    assert "no right to describe" in line or "is missing" in line  # without Describe a topic looks missing
    settings = world.settings
    await allow(admin, "counter", "topic", settings.input_topic, "read", "describe")
    for topic in (settings.claims_topic, settings.day_topic, settings.week_topic, settings.conflicts_topic):
        await allow(admin, "counter", "topic", topic, "read", "write", "describe")
    await allow(admin, "counter", "topic", settings.dead_letters_topic, "read", "write", "describe")
    await allow(admin, "counter", "topic", f"{settings.app_id}-", "read", "write", "describe", prefix=True)
    code, line = _refusal(world.start())
    assert code == 78, line
    assert f"no right to join group {settings.app_id}" in line
    await allow(admin, "counter", "group", settings.app_id, "read")
    worker = world.start()
    await worker.ready()
    await open_world.send([SAID])
    expected = open_world.expected([SAID])
    assert await open_world.settle(expected) == expected
    pages = worker.page("/metrics")[1]
    code, errors = worker.end(signal.SIGTERM)
    assert code == 0
    assert CANARY not in pages + errors
