"""State that no version wrote is refused in one line, whichever table it stands in: skipping it would count wrong."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.ledger.writing import claim, entry, hours
from tests.stream.workers import Message, article
from worker import codec, topics
from worker.settings import load
from worker.stream.store import UnreadableStateError
from worker.stream.topology import Topology, build

NIGHT = entry("night", claim("night.1", 4, "RU-BEL", period=hours(-4, -1)), after=0.5)
LATER = entry("later", claim("later.1", 9, "RU-BEL", period=hours(-4, -1)), after=0.25)
ONE = article("one", "Russia launched 40 drones at Ukraine overnight.", published_at="2025-06-04T07:00:00Z")
VALUES = {
    "other": b"\x00 of another kind",
    "not-utf-8": b'{"edition": {"digest": "\xff"}}',
    "empty": b"",
    "marked": b"7 of another kind",
}


class Outbox:
    """Takes everything, at once."""

    async def require_ours(self) -> None:
        pass

    async def send(self, *_: object, **__: object) -> None:
        pass

    async def confirm(self) -> None:
        pass


def event(message: Message, offset: int) -> Any:
    """A message as an agent gets it."""
    read = SimpleNamespace(
        topic="in", partition=0, offset=offset, key=message.key, value=message.value, timestamp=0, headers=[]
    )
    return SimpleNamespace(message=read)


async def work(topology: Topology, number: int, offset: int) -> None:
    """Have each agent work on one more message."""
    intake, reconcile = topology.loops
    await intake._step([event(ONE, offset)], Outbox())  # type: ignore[arg-type]
    claims = Message(b"RU>UA", codec.encode((NIGHT, LATER)[number]))
    await reconcile._step([event(claims, offset)], Outbox())  # type: ignore[arg-type]


@pytest.fixture
def topology(tmp_path: Path) -> Topology:
    return build(load({"DRONETALLY_GROUP_INSTANCE_ID": "worker-0"}), 1, str(tmp_path), "http://worker-0")


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
@pytest.mark.parametrize("table", topics.TABLES)
async def test_a_value_that_no_version_wrote(topology: Topology, table: str, value: bytes) -> None:
    await work(topology, 0, 0)
    entries = topology.tables[table]._store.partitions.setdefault(0, {})
    if table == "conflicts":  # there is none: what is put there is of the day that will be looked at
        entries.update({key.partition(b"|")[2]: value for key in topology.tables["tallies-day"].keys(0)})
    else:
        assert entries
        entries.update(dict.fromkeys(entries, value))
    topology.tables[table]._store.generation += 1  # as after a rebalance
    with pytest.raises(UnreadableStateError, match=f"{table}-changelog: the record of .* is none that this version"):
        await work(topology, 1, 1)


@pytest.mark.parametrize("key", [b"\xff", b"one", b"UA-30|RU>UA|yesterday"])
@pytest.mark.parametrize("table", ["tallies-day", "tallies-week", "conflicts"])
async def test_a_key_of_no_window(topology: Topology, table: str, key: bytes) -> None:
    topology.tables[table]._store.partitions[0] = {key: b"{}"}
    with pytest.raises(UnreadableStateError, match=f"{table}-changelog: the record of .* is none that this version"):
        await work(topology, 0, 0)
