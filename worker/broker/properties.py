"""The configuration file of one node of a local Kafka: small, quick to start, everything on loopback."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from worker.broker.ports import LOOPBACK
from worker.broker.security import Security, Tls


@dataclass(frozen=True, slots=True)
class Ports:
    """The three listeners of a node; `internal` is for the other nodes and for asking whether it is ready."""

    clients: int
    internal: int
    controller: int


@dataclass(frozen=True, slots=True)
class Detour:
    """A further, unprotected listener whose clients are sent to another port: whatever listens there is in between."""

    listens: int
    advertised: int


def node_properties(
    number: int, ports: Sequence[Ports], storage: Path, security: Security, detour: Detour | None = None
) -> dict[str, str]:
    """Kafka's settings for node `number` (from 1) of the cluster whose nodes have these ports."""
    own, nodes = ports[number - 1], len(ports)
    copies = str(min(3, nodes))
    quorum = ",".join(f"{at}@{LOOPBACK}:{each.controller}" for at, each in enumerate(ports, 1))
    listeners = f"CLIENTS://{LOOPBACK}:{own.clients},INTERNAL://{LOOPBACK}:{own.internal}"
    advertised, protocols = listeners, f"CLIENTS:{security.protocol},INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT"
    if detour is not None:
        listeners += f",DETOUR://{LOOPBACK}:{detour.listens}"
        advertised += f",DETOUR://{LOOPBACK}:{detour.advertised}"
        protocols += ",DETOUR:PLAINTEXT"
    return {
        "process.roles": "broker,controller",
        "node.id": str(number),
        "controller.quorum.voters": quorum,
        "controller.listener.names": "CONTROLLER",
        "listeners": f"{listeners},CONTROLLER://{LOOPBACK}:{own.controller}",
        "advertised.listeners": advertised,
        "listener.security.protocol.map": protocols,
        "inter.broker.listener.name": "INTERNAL",
        "log.dirs": str(storage),
        # As the worker is meant to run: a topic that nobody made is an error.
        "auto.create.topics.enable": "false",
        "num.partitions": "1",
        "default.replication.factor": copies,
        # Kafka's own topics: each partition costs files and time at the start.
        "offsets.topic.num.partitions": "4",
        "offsets.topic.replication.factor": copies,
        "transaction.state.log.num.partitions": "2",
        "transaction.state.log.replication.factor": copies,
        "transaction.state.log.min.isr": "1",
        "share.coordinator.state.topic.num.partitions": "1",
        "share.coordinator.state.topic.replication.factor": copies,
        "share.coordinator.state.topic.min.isr": "1",
        # A group need not wait for members that will not come, and a test may want a short session.
        "group.initial.rebalance.delay.ms": "0",
        "group.min.session.timeout.ms": "1000",
        # A killed node is noticed in seconds, not in the nine of a data centre.
        "broker.session.timeout.ms": "6000",
        "broker.heartbeat.interval.ms": "1000",
        # Compaction and retention happen while a test looks on, as far as a topic's own settings allow.
        "log.cleaner.backoff.ms": "500",
        "log.retention.check.interval.ms": "2000",
        "log.initial.task.delay.ms": "1000",
        # Two cores and a small heap are enough here.
        "num.network.threads": "2",
        "num.io.threads": "4",
        "background.threads": "2",
        "log.cleaner.dedupe.buffer.size": "16777216",
        **_tls(security.tls),
        **_sasl(security),
        **_authorizer(security),
    }


def _tls(tls: Tls | None) -> dict[str, str]:
    if tls is None:
        return {}
    prefix = "listener.name.clients.ssl"
    settings = {
        f"{prefix}.keystore.type": tls.store_type,
        f"{prefix}.keystore.location": str(tls.keystore),
        f"{prefix}.client.auth": tls.client_certificates,
    }
    if tls.password:
        settings[f"{prefix}.keystore.password"] = tls.password
        if tls.store_type != "PKCS12":  # where the store's password is the key's
            settings[f"{prefix}.key.password"] = tls.password
    if tls.truststore:
        settings[f"{prefix}.truststore.type"] = tls.store_type
        settings[f"{prefix}.truststore.location"] = str(tls.truststore)
        if tls.password and tls.store_type != "PEM":
            settings[f"{prefix}.truststore.password"] = tls.password
    return settings


def _sasl(security: Security) -> dict[str, str]:
    mechanisms = ["SCRAM-SHA-512", "PLAIN"] * bool(security.users) + ["OAUTHBEARER"] * bool(security.tokens)
    if not mechanisms:
        return {}
    common, clients = "org.apache.kafka.common.security", "listener.name.clients"
    settings = {"sasl.enabled.mechanisms": ",".join(mechanisms)}
    if security.users:
        logins = "".join(f' user_{name}="{password}"' for name, password in security.users.items())
        settings |= {
            f"{clients}.scram-sha-512.sasl.jaas.config": f"{common}.scram.ScramLoginModule required;",
            f"{clients}.plain.sasl.jaas.config": f"{common}.plain.PlainLoginModule required{logins};",
        }
    if security.tokens:
        tokens, own = security.tokens, f"{clients}.oauthbearer"
        settings |= {
            f"{own}.sasl.jaas.config": f"{common}.oauthbearer.OAuthBearerLoginModule required;",
            f"{own}.sasl.server.callback.handler.class": f"{common}.oauthbearer.OAuthBearerValidatorCallbackHandler",
            f"{own}.sasl.oauthbearer.jwks.endpoint.url": tokens.keys.as_uri(),
            f"{own}.sasl.oauthbearer.expected.issuer": tokens.issuer,
            f"{own}.sasl.oauthbearer.expected.audience": tokens.audience,
        }
        if tokens.session_seconds is not None:
            settings[f"{own}.connections.max.reauth.ms"] = str(int(tokens.session_seconds * 1000))
    return settings


def _authorizer(security: Security) -> dict[str, str]:
    if security.super_user is None:
        return {}
    # The nodes talk to each other without a name; so does whoever on this machine finds the internal port.
    return {
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users": f"User:{security.super_user};User:ANONYMOUS",
    }
