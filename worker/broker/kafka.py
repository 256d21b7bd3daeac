"""Apache Kafka on this machine: one node or several in KRaft mode, each a Java process of ours, no shell scripts."""

from __future__ import annotations

import base64
import os
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from worker.broker.child import Child
from worker.broker.interface import Ability, BrokerError, Say, silent
from worker.broker.jars import cache_folder, cached_jars, kafka_version, pinned_jars
from worker.broker.java import find_java
from worker.broker.ports import LOOPBACK, free_ports
from worker.broker.properties import Detour, Ports, node_properties
from worker.broker.readiness import wait_for_brokers
from worker.broker.resolvers import resolvers
from worker.broker.scratch import ScratchFolder, remove_orphans
from worker.broker.security import Security

START_ATTEMPTS = 3
_STARTED = "Kafka Server started"
END_SECONDS = 1.0
"""The grace of the whole cluster's end: its data go with it, and nodes that lose their quorum would wait for it."""


@dataclass(frozen=True, slots=True)
class KafkaOptions:
    """How a local Kafka is to be: its size, its protection, and the heap of each node in MiB.

    `quick_start` leaves out the second, slower compiler of Java: two thirds of the processor time of a start, where the
    first minute is all there is. A measurement of throughput wants it off. `detour` (of one node) lets a test stand
    between the broker and some of its clients.
    """

    nodes: int = 1
    security: Security = field(default_factory=Security)
    heap_mb: int = 512
    quick_start: bool = True
    ready_seconds: float = 60.0
    stop_seconds: float = 20.0
    detour: Detour | None = None

    def __post_init__(self) -> None:
        if self.nodes < 1:
            raise ValueError("a cluster has at least one node")
        if self.detour is not None and self.nodes > 1:
            raise ValueError("a detour leads to one node")


class Node:
    """One server of the cluster, controller and broker in one, whose faults a test can bring about."""

    def __init__(self, number: int, ports: Ports, server: Child, cluster_size: int, options: KafkaOptions) -> None:
        self.number = number
        self.ports = ports
        self._server = server
        self._cluster_size = cluster_size
        self._options = options

    @property
    def pid(self) -> int | None:
        """The process id while it runs, else None."""
        return self._server.pid

    @property
    def address(self) -> str:
        """Where clients reach it, "host:port"."""
        return f"{LOOPBACK}:{self.ports.clients}"

    @property
    def storage(self) -> Path:
        """The folder with the files of its topics, as long as it lives."""
        return self._server.folder / "storage"

    @property
    def internal_address(self) -> str:
        """The listener of the nodes among themselves: never protected, so also a way in for a test's own set-up."""
        return f"{LOOPBACK}:{self.ports.internal}"

    def start(self, *, wait: bool = True) -> None:
        """Start the stopped or killed node with the data it had, and wait until it knows as many brokers as run."""
        self._server.start()
        if wait:
            self.wait_until_ready(brokers=1)

    def wait_until_ready(self, brokers: int | None = None) -> None:
        """Wait until it answers and knows so many brokers (all of the cluster if not said); BrokerError if not."""
        wanted = self._cluster_size if brokers is None else brokers
        try:
            wait_for_brokers(
                self.internal_address,
                brokers=wanted,
                seconds=self._options.ready_seconds,
                started=lambda: self._server.has_said(_STARTED),
                ended=lambda: self._server.pid is None,
            )
        except BrokerError as reason:
            raise BrokerError(f"Apache Kafka: {reason}; the end of its log:\n{self._server.last_words()}") from reason

    def terminate(self) -> None:
        """Ask it to end, without waiting."""
        self._server.terminate()

    def stop(self, grace_seconds: float | None = None) -> None:
        """End it in good order: SIGTERM, and SIGKILL after the grace period (that of the options if not said)."""
        self._server.stop(self._options.stop_seconds if grace_seconds is None else grace_seconds)

    def kill(self) -> None:
        """End it at once (SIGKILL)."""
        self._server.kill()

    def pause(self) -> None:
        """Freeze it (SIGSTOP): connections stay open, nothing answers."""
        self._server.pause()

    def resume(self) -> None:
        """Let it go on (SIGCONT)."""
        self._server.resume()

    def restart(self) -> None:
        """Stop it in good order and start it again with its data, at the same address."""
        self.stop()
        self.start()


class ApacheKafka:
    """A local Apache Kafka cluster with data and ports of its own; both are gone after `stop`."""

    limits: frozenset[Ability] = frozenset()

    def __init__(self, options: KafkaOptions | None = None, *, cache: Path | None = None, say: Say = silent) -> None:
        self.options = options or KafkaOptions()
        self.nodes: tuple[Node, ...] = ()
        self._cache = cache
        self._say = say
        self._folder: ScratchFolder | None = None
        self._version = kafka_version(pinned_jars())
        self._java: tuple[str, ...] = ()

    @property
    def description(self) -> str:
        """One line: which broker, where, and its protection."""
        size = f"{self.options.nodes} node" + ("s" if self.options.nodes > 1 else "")
        protocol = self.options.security.protocol
        shown = "" if protocol == "PLAINTEXT" else f", {protocol}"
        place = f" on {self.bootstrap}" if self.nodes else ""
        return f"broker: Apache Kafka {self._version} (KRaft, {size}{shown}){place}"

    @property
    def bootstrap(self) -> str:
        """The addresses of all nodes for clients, joined by commas; RuntimeError before `start`."""
        if not self.nodes:
            raise RuntimeError("the broker is not started")
        return ",".join(node.address for node in self.nodes)

    @property
    def internal_bootstrap(self) -> str:
        """The addresses of the nodes' unprotected listeners: for a test to make topics in a protected cluster."""
        return ",".join(node.internal_address for node in self.nodes)

    def prepare(self) -> None:
        """Find Java and have the jars in the cache; BrokerUnavailableError if this machine cannot."""
        java = find_java()
        jars = cached_jars(pinned_jars(), self._cache or cache_folder(), resolvers(), self._say)
        self._java = (
            str(java.program),
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            f"-Dlog4j2.configurationFile={Path(__file__).with_name('log4j2.properties').as_uri()}",
            "-cp",
            os.pathsep.join(map(str, jars)),
        )

    def _command(self, *program: str, quick: bool, heap_mb: int) -> tuple[str, ...]:
        java, *options = self._java
        level = ("-XX:TieredStopAtLevel=1",) if quick else ()
        tokens = self.options.security.tokens
        keys = (f"-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls={tokens.keys.as_uri()}",) if tokens else ()
        return (java, f"-Xmx{heap_mb}m", *level, *keys, *options, *program)

    def start(self) -> str:
        """Format the storage, start all nodes, wait until each knows all, and return the bootstrap servers.

        BrokerUnavailableError if there is no Java or no way to the jars, BrokerError with the last lines of the
        server's log if it does not come up. RuntimeError if it was started before.
        """
        if self.nodes:
            raise RuntimeError("the broker is started already")
        if not self._java:
            self.prepare()
        remove_orphans()
        for attempt in range(1, START_ATTEMPTS + 1):
            try:
                self._start_once()
            except BrokerError as reason:
                self.stop()
                taken = "Address already in use" in str(reason)  # by somebody else since the port was found free
                if not taken or attempt == START_ATTEMPTS:
                    raise
                self._say("a port was taken meanwhile; trying others")
            except BaseException:
                self.stop()
                raise
            else:
                break
        return self.bootstrap

    def _start_once(self) -> None:
        self._folder = ScratchFolder()
        found = free_ports(3 * self.options.nodes)
        ports = [Ports(*found[at : at + 3]) for at in range(0, len(found), 3)]
        cluster = _cluster_id()
        formats = []
        nodes = []
        for number, own in enumerate(ports, 1):
            folder = self._folder.path / f"node-{number}"
            folder.mkdir()
            settings = node_properties(number, ports, folder / "storage", self.options.security, self.options.detour)
            file = folder / "server.properties"
            file.write_text("".join(f"{name}={value}\n" for name, value in settings.items()), "utf-8")
            formats.append(self._format(cluster, file))
            command = self._command(
                "kafka.Kafka",
                str(file),
                quick=self.options.quick_start,
                heap_mb=self.options.heap_mb,
            )
            server = Child(command, log=folder / "server.log", folder=folder)
            nodes.append(Node(number, own, server, self.options.nodes, self.options))
        self._finish(formats)
        self.nodes = tuple(nodes)
        for node in nodes:
            node.start(wait=False)
        for node in nodes:
            node.wait_until_ready()

    def _format(self, cluster: str, file: Path) -> Child:
        """Prepare one node's storage; SCRAM users are part of what it begins with."""
        users = [
            argument
            for name, password in self.options.security.users.items()
            for argument in ("--add-scram", f"SCRAM-SHA-512=[name={name},password={password}]")
        ]
        program = ("kafka.tools.StorageTool", "format", "--cluster-id", cluster, "--config", str(file), *users)
        child = Child(
            self._command(*program, quick=True, heap_mb=128), log=file.parent / "format.log", folder=file.parent
        )
        child.start()
        return child

    def _finish(self, formats: Sequence[Child]) -> None:
        deadline = time.monotonic() + self.options.ready_seconds
        try:
            for child in formats:
                if not child.wait(max(0.0, deadline - time.monotonic())) or child.exit_code != 0:
                    raise BrokerError(f"Apache Kafka could not format its storage:\n{child.last_words()}")
        finally:
            for child in formats:
                child.kill()

    def stop(self) -> None:
        """End all nodes and remove their data; without effect if it does not run."""
        for node in self.nodes:
            node.terminate()
        deadline = time.monotonic() + END_SECONDS
        for node in self.nodes:
            node.stop(max(0.0, deadline - time.monotonic()))
        self.nodes = ()
        if self._folder is not None:
            self._folder.remove()
            self._folder = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _cluster_id() -> str:
    """A random id as Kafka writes them; the fixed first byte keeps it from beginning like an option."""
    return base64.urlsafe_b64encode(b"k" + secrets.token_bytes(15)).rstrip(b"=").decode()
