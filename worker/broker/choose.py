"""Which broker: the user's own if one is named, else Apache Kafka, else Tansu where Kafka cannot be had."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from worker.broker.external import ExternalBroker
from worker.broker.interface import Broker, BrokerUnavailableError, Say, silent
from worker.broker.kafka import ApacheKafka, KafkaOptions
from worker.broker.tansu import Tansu

Kind = Literal["auto", "kafka", "tansu", "external"]


def choose(
    kind: Kind = "auto",
    *,
    bootstrap: str = "",
    client: Mapping[str, Any] | None = None,
    options: KafkaOptions | None = None,
    cache: Path | None = None,
    say: Say = silent,
) -> Broker:
    """A broker that is ready to be started; fetches Apache Kafka first if that is the choice and it is not cached.

    `auto` takes the external broker if bootstrap servers are given, then Apache Kafka, then Tansu; the other kinds
    are taken or refused. `client` is for an external broker, `options` and `cache` for Apache Kafka. Options that
    Tansu cannot fulfil (several nodes, security) are never dropped silently. BrokerUnavailableError if nothing is
    left, with every reason; ValueError for an external broker without an address.
    """
    options = options or KafkaOptions()
    if kind == "external" or (kind == "auto" and bootstrap):
        return ExternalBroker(bootstrap, client=client)
    if kind == "tansu":
        return _tansu(options)
    kafka = ApacheKafka(options, cache=cache, say=say)
    try:
        kafka.prepare()
    except BrokerUnavailableError as no_kafka:
        if kind == "kafka":
            raise
        try:
            tansu = _tansu(options)
        except BrokerUnavailableError as no_tansu:
            raise BrokerUnavailableError(f"{no_kafka}. Nor can Tansu take its place: {no_tansu}") from no_tansu
        say(f"Tansu instead of Apache Kafka: {no_kafka}")
        return tansu
    return kafka


def _tansu(options: KafkaOptions) -> Tansu:
    if options.nodes > 1:
        raise BrokerUnavailableError("Tansu in memory is one node only")
    if options.security.protocol != "PLAINTEXT":
        raise BrokerUnavailableError("Tansu has no TLS or SASL that the client can use")
    tansu = Tansu()
    tansu.prepare()
    return tansu
