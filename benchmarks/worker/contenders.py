"""Who runs: the worker, alone or in several processes, and the peers; each a process with settings of its own."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.stream.workers import World

_PEERS = "benchmarks.worker.peers"


@dataclass(frozen=True)
class Contender:
    """A program to be started on a world's topics.

    `consumes_claims` tells that it reads the claims back from their topic, so that it has only finished when it has
    read them too.
    """

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    python: str = sys.executable
    consumes_claims: bool = True

    def command(self, world: World) -> list[str]:
        """Return the command line."""
        return [self.python, *(part.format(partitions=world.partitions) for part in self.arguments)]


def worker(processes: int = 1, **settings: str) -> Contender:
    """Return the worker itself."""
    arguments = ("-m", "worker", "worker", *(("--processes", str(processes)) if processes > 1 else ()))
    return Contender(f"worker × {processes}" if processes > 1 else "worker", arguments, settings)


PLAIN = Contender("plain aiokafka loop", ("-m", f"{_PEERS}.plain"), consumes_claims=False)
FAUST = Contender("straightforward faust", ("-m", f"{_PEERS}.faust_tables", "{partitions}"))


def quix(python: str) -> Contender:
    """Return quixstreams, which needs other versions of what the worker needs, so a Python of its own."""
    return Contender("quixstreams", ("-m", f"{_PEERS}.quix"), python=python)
