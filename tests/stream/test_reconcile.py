"""The second stage after a crash: what was on its way to consumers is told again, and no more than that."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from tests.ledger.writing import claim, entry, hours
from tests.pipeline.streams import reconciler
from worker import codec
from worker.model import ArticleClaims
from worker.stream.agents.reconcile import Reconcile
from worker.stream.windowed_table import WindowedTable


class Killed(Exception):  # noqa: N818 (no error)
    """The end of a worker between two writes."""


class Table:
    """A table in memory."""

    generation = 0

    def __init__(self) -> None:
        self.held: dict[bytes, bytes] = {}

    def entries(self, _: int) -> dict[bytes, bytes]:
        return self.held

    def get(self, _: int, key: bytes) -> bytes | None:
        return self.held.get(key)

    def keys(self, _: int) -> Iterator[bytes]:
        return iter(self.held)

    def __len__(self) -> int:
        return len(self.held)

    async def put(self, _: object, __: int, key: bytes, value: bytes | None) -> None:
        if value is None:
            self.held.pop(key, None)
        else:
            self.held[key] = value


class Outbox:
    """Writes at once, and ends the worker at a confirmation if it is told to."""

    def __init__(self, topics: dict[tuple[str, bytes], bytes | None], killed_at: int = 0) -> None:
        self.topics = topics
        self._left = killed_at

    async def send(self, topic: str, key: bytes, value: bytes | None, **_: Any) -> None:
        self.topics[topic, key] = value

    async def confirm(self) -> None:
        self._left -= 1
        if self._left == 0:
            raise Killed


NIGHT = entry("night", claim("night.1", 4, "RU-BEL", period=hours(-4, -1)), after=0.5)
TOTAL = entry("total", claim("total.1", 9, period=hours(-4, 8)), after=0.25)
WITHDRAWN = entry("total", version=2, withdrawn=True)


# Confirmations of a batch: dead letters, records, tombstones and tallies, the end of tombstones' records, entries.
@pytest.mark.parametrize("killed_at", [1, 2, 3, 4, 5])
def test_a_withdrawal_read_together_with_what_it_takes_back_leaves_what_was_before(killed_at: int) -> None:
    tables = {name: Table() for name in ("ledger", "day", "week", "conflicts")}
    topics: dict[tuple[str, bytes], bytes | None] = {}

    def worker() -> Reconcile:
        tallies = {"P1D": WindowedTable(tables["day"]), "P7D": WindowedTable(tables["week"])}  # type: ignore[arg-type]
        return Reconcile(
            tables["ledger"],  # type: ignore[arg-type]
            tallies,  # type: ignore[arg-type]
            WindowedTable(tables["conflicts"]),  # type: ignore[arg-type]
            {"P1D": "day", "P7D": "week"},
            "conflicts",
            None,  # type: ignore[arg-type]
            lambda _: 0,
            reconciler,
        )

    async def tell() -> None:
        await worker().step([_event(0, NIGHT)], Outbox(topics))  # type: ignore[arg-type]
        with contextlib.suppress(Killed):
            await worker().step([_event(1, TOTAL)], Outbox(topics, killed_at))  # type: ignore[arg-type]
        again = [_event(1, TOTAL), _event(2, WITHDRAWN)]
        await worker().step(again, Outbox(topics))  # type: ignore[arg-type]

    asyncio.run(tell())
    alone = reconciler()
    alone.put(NIGHT)
    expected = {
        ({"P1D": "day", "P7D": "week"}[window.size], key.encode()): tally.measures
        for window in alone.all_windows()
        for key, tally in alone.tallies(window).items()
    }
    held = {name: codec.decode_tally(value).measures for name, value in topics.items() if value is not None}
    assert held == expected


def _event(offset: int, claims: ArticleClaims) -> Any:
    message = SimpleNamespace(partition=0, offset=offset, value=codec.encode(claims), timestamp=0, headers=[])
    return SimpleNamespace(message=message)
