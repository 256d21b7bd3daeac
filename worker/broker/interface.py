"""What every broker of this package is: started, stopped, described, and honest about what it cannot do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol, Self, get_args

Say = Callable[[str], None]
"""Takes one line of progress for a person, without a line end."""

Ability = Literal[
    "compaction",
    "retention",
    "deleting records",
    "altering topics",
    "refusing unknown topics",
    "reading group offsets",
    "idempotent producers",
    "transactions",
    "restarts with data",
    "faults",
    "several nodes",
    "TLS",
    "SASL",
    "ACLs",
]
"""What a test may need of a broker beyond topics, messages and consumer groups, which each has.

"altering topics" are more partitions and other settings of a topic that exists; "refusing unknown topics" means that
asking about a topic does not make it; "reading group offsets" is the administrator's call (members read their own);
"faults" are kill, pause and resume of its processes.
"""

ABILITIES: frozenset[Ability] = frozenset(get_args(Ability))


class BrokerError(Exception):
    """A broker could not be had, did not start or does not answer; the message says how to go on."""


class BrokerUnavailableError(BrokerError):
    """This kind of broker cannot be had on this machine; another kind may be."""


class Broker(Protocol):
    """A Kafka broker, or several that form one cluster."""

    @property
    def limits(self) -> frozenset[Ability]:
        """What it cannot do."""

    @property
    def description(self) -> str:
        """One line for a person: which broker, where, and what it cannot do."""

    @property
    def bootstrap(self) -> str:
        """The bootstrap servers, "host:port" joined by commas; valid after `start`."""

    def start(self) -> str:
        """Start it, wait until it answers, and return the bootstrap servers; BrokerError if that fails."""

    def stop(self) -> None:
        """End its processes and remove what it stored; without effect if it does not run."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


def silent(line: str) -> None:
    """Say nothing of the progress."""
    del line
