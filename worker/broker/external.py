"""A broker that somebody else runs: never started or stopped here, only asked whether it answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from aiokafka.errors import KafkaError

from worker.broker.interface import Ability, BrokerError
from worker.broker.readiness import ASK_SECONDS, brokers_known


class ExternalBroker:
    """The brokers at the given bootstrap servers; `client` holds options of aiokafka's clients for reaching them."""

    limits: frozenset[Ability] = frozenset({"faults", "restarts with data"})
    """What may not be done to it. What it can do is not known here, and so taken to be everything else."""

    def __init__(self, bootstrap: str, *, client: Mapping[str, Any] | None = None) -> None:
        if not bootstrap.strip():
            raise ValueError("an external broker needs its bootstrap servers, host:port joined by commas")
        self.bootstrap = bootstrap
        self._client = dict(client or {})

    @property
    def description(self) -> str:
        """One line: where it is, and that it is left as it is."""
        return f"broker: external (not started, restarted or stopped by this program) on {self.bootstrap}"

    def start(self) -> str:
        """Return the bootstrap servers if they answer; BrokerError with the client's reason if they do not."""
        try:
            brokers_known(self.bootstrap, self._client)
        except TimeoutError as reason:
            raise BrokerError(f"no answer from {self.bootstrap} within {ASK_SECONDS:.0f} s") from reason
        except (KafkaError, OSError) as reason:
            raise BrokerError(f"no broker answers at {self.bootstrap}: {type(reason).__name__}: {reason}") from reason
        return self.bootstrap

    def stop(self) -> None:
        """Do nothing."""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
