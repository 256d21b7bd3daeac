"""`check` tells which right is missing, and is content with the least that the worker needs."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tests.access import allow
from tests.brokers import kafka_with
from tests.cli.programs import run
from worker.broker import ApacheKafka, KafkaOptions, Security

pytestmark = pytest.mark.broker

USERS = {"admin": "admin-secret", "tally": "tally-secret"}
SETTINGS = {
    "DRONETALLY_SECURITY_PROTOCOL": "SASL_PLAINTEXT",
    "DRONETALLY_ALLOW_SASL_WITHOUT_TLS": "true",
    "DRONETALLY_PARTITIONS": "1",
}


@pytest.fixture(scope="module")
def guarded() -> Iterator[ApacheKafka]:
    """A broker that allows nobody anything but its administrator."""
    with kafka_with(KafkaOptions(security=Security(users=USERS, super_user="admin"))) as broker:
        yield broker


def as_user(broker: ApacheKafka, name: str) -> dict[str, str]:
    return SETTINGS | {
        "DRONETALLY_BOOTSTRAP_SERVERS": broker.bootstrap,
        "DRONETALLY_SASL_USERNAME": name,
        "DRONETALLY_SASL_PASSWORD": USERS[name],
    }


def test_rights_are_asked_for_one_by_one(guarded: ApacheKafka) -> None:
    inside = {"bootstrap_servers": guarded.internal_bootstrap}
    assert run("topics", "apply", "--with-input", settings=as_user(guarded, "admin")).returncode == 0

    def last_line() -> str:
        done = run("check", settings=as_user(guarded, "tally"))
        assert done.returncode == (78 if "FAULT" in done.stdout else 0)
        assert "tally-secret" not in done.stdout + done.stderr
        return next((line for line in done.stdout.splitlines() if line.startswith("FAULT")), done.stdout)

    assert "no right to describe topic" in last_line()
    for prefix in ("drone.", "drone-tally-"):
        asyncio.run(allow(inside, "tally", "topic", prefix, "read", "describe", prefix=True))
    asyncio.run(allow(inside, "tally", "topic", "news.article.v1", "describe"))
    assert "no right to Write on topic drone-tally-" in last_line()
    for prefix in ("drone.", "drone-tally-"):
        asyncio.run(allow(inside, "tally", "topic", prefix, "write", prefix=True))
    assert "no right to Read on topic news.article.v1; grant it" in last_line()
    asyncio.run(allow(inside, "tally", "topic", "news.article.v1", "read"))
    assert "no right to Read group drone-tally" in last_line()
    asyncio.run(allow(inside, "tally", "group", "drone-tally", "read"))
    assert "FAULT" not in last_line()
    assert "Read on articles, Write on what is published" in last_line()


def test_who_may_not_create_is_told_so(guarded: ApacheKafka) -> None:
    inside = {"bootstrap_servers": guarded.internal_bootstrap}
    asyncio.run(allow(inside, "tally", "topic", "other", "describe", prefix=True))
    names = ("INPUT", "CLAIMS", "DAY", "WEEK", "CONFLICTS", "DEAD_LETTERS")
    others = {f"DRONETALLY_{name}_TOPIC": f"other.{name}" for name in names} | {"DRONETALLY_APP_ID": "other"}
    done = run("topics", "apply", "--with-input", settings=as_user(guarded, "tally") | others)
    assert done.returncode == 78
    assert "no right to create topic" in done.stderr


def test_a_wrong_password_is_78(guarded: ApacheKafka) -> None:
    done = run("topics", "plan", settings=as_user(guarded, "tally") | {"DRONETALLY_SASL_PASSWORD": "wrong-secret"})
    assert done.returncode == 78
    assert "refuses user 'tally'" in done.stderr
    assert "wrong-secret" not in done.stderr
