"""Second stage: claims by front in, changed tallies and conflicts out.

State: one entry for each article and front (the message as it came), and what was last published of each window. The
order of writing makes a crash harmless: first what is published, then what was published, last the entry that caused
it. Whatever is missing after a crash is computed again from the message that comes again.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from worker import codec
from worker.codec import MessageError
from worker.metrics import CLAIMS_DROPPED, CONFLICTS, END_TO_END_SECONDS, TALLIES, WATERMARK
from worker.model import ArticleClaims, Tally, WindowSize
from worker.pipeline.conflicts import conflict_report
from worker.pipeline.reconciler import Reconciler, WindowKey
from worker.stream.dead_letters import DeadLetters
from worker.stream.envelope import TRACE, headers
from worker.stream.outbox import Headers, Outbox
from worker.stream.tables import ConfirmedTable
from worker.stream.windowed_table import WindowedTable, WindowId

if TYPE_CHECKING:
    from faust.types import EventT


class Reconcile:
    """Keeps the ledgers of its partitions and publishes what changes."""

    def __init__(
        self,
        ledger: ConfirmedTable,
        tallies: dict[WindowSize, WindowedTable],
        conflicts: WindowedTable,
        tally_topics: dict[WindowSize, str],
        conflicts_topic: str,
        dead_letters: DeadLetters,
        make_reconciler: Callable[[], Reconciler],
    ) -> None:
        self._ledger = ledger
        self._tallies = tallies
        self._conflicts = conflicts
        self._tally_topics = tally_topics
        self._conflicts_topic = conflicts_topic
        self._dead_letters = dead_letters
        self._make_reconciler = make_reconciler
        self._reconcilers: dict[int, Reconciler] = {}
        self._generation = -1
        self._coming: dict[int, dict[bytes, bytes]] = {}

    async def step(self, events: Sequence[EventT], outbox: Outbox) -> None:
        """Work on one batch; everything it caused is confirmed when this returns."""
        self._coming.clear()
        traces: dict[str, bytes] = {}
        for event in events:
            message = event.message
            try:
                claims = codec.decode_claims(message.value or b"")
            except MessageError as error:
                await self._dead_letters.put_aside(outbox, event, "reconcile", error)
                continue
            front = claims.front or ""
            if self._reconciler(message.partition).put(claims):
                self._coming.setdefault(message.partition, {})[_entry_key(front, claims.article_id)] = message.value
                _measure_latency(message.timestamp)
            if trace := dict(message.headers or {}).get(TRACE):
                traces[front] = trace
        await outbox.confirm()
        for partition in sorted({event.message.partition for event in events}):
            await self._publish_changes(partition, traces, outbox)
            await self._store(partition, outbox)
        self._show_watermark()

    def _reconciler(self, partition: int) -> Reconciler:
        """Find the partition's ledgers, read again from the entries after a rebalance."""
        if self._generation != self._ledger.generation:
            self._reconcilers.clear()
            self._generation = self._ledger.generation
        if partition not in self._reconcilers:
            reconciler = self._make_reconciler()
            for value in self._ledger.entries(partition).values():
                reconciler.put(codec.decode_claims(value))
            reconciler.take_changed()  # what was published of these is in the tables
            self._reconcilers[partition] = reconciler
        return self._reconcilers[partition]

    async def _publish_changes(self, partition: int, traces: dict[str, bytes], outbox: Outbox) -> None:
        reconciler = self._reconciler(partition)
        published: list[tuple[WindowedTable, str, bytes | None]] = []
        for window in reconciler.take_changed():
            trace = traces.get(window.front)
            published += await self._publish_window(partition, reconciler, window, trace, outbox)
            if window.size == "P1D":
                published += await self._publish_conflicts(partition, reconciler, window, trace, outbox)
        published += await self._publish_tombstones(partition, reconciler, outbox)
        await outbox.confirm()
        for table, key, value in published:
            await table.put(outbox, partition, key, value)
        await outbox.confirm()

    async def _publish_window(
        self, partition: int, reconciler: Reconciler, window: WindowKey, trace: bytes | None, outbox: Outbox
    ) -> list[tuple[WindowedTable, str, bytes | None]]:
        """Publish the tallies of a window that differ from those published before."""
        table, topic = self._tallies[window.size], self._tally_topics[window.size]
        before = table.window(partition, WindowId(window.front, window.day))
        now = reconciler.tallies(window)
        changes: list[tuple[WindowedTable, str, bytes | None]] = []
        for key, tally in now.items():
            old = codec.decode_tally(before[key]) if key in before else None
            if old is not None and msgspec.structs.replace(old, revision=0) == tally:
                continue
            value = codec.encode(msgspec.structs.replace(tally, revision=old.revision + 1 if old else 1))
            await outbox.send(topic, key.encode(), value, headers=_tally_headers(topic, tally, value, trace))
            TALLIES.labels(window.size).inc()
            changes.append((table, key, value))
        for key in sorted(before.keys() - now.keys()):
            await outbox.send(topic, key.encode(), None, headers=headers(topic, f"{key}/gone", None, trace))
            TALLIES.labels(window.size).inc()
            changes.append((table, key, None))
        return changes

    async def _publish_conflicts(
        self, partition: int, reconciler: Reconciler, window: WindowKey, trace: bytes | None, outbox: Outbox
    ) -> list[tuple[WindowedTable, str, bytes | None]]:
        """Publish the contradictions of a day if they are others than before; an empty list says: settled."""
        entries = self._entries(partition, window.front)
        report = conflict_report(window.front, window.day, reconciler.day(window.front, window.day), entries)
        before = self._conflicts.window(partition, WindowId(window.front, window.day)).get(report.key)
        old = codec.decode_conflicts(before) if before else None
        if report.conflicts == (old.conflicts if old else ()):
            return []
        value = codec.encode(msgspec.structs.replace(report, revision=old.revision + 1 if old else 1))
        await outbox.send(
            self._conflicts_topic,
            report.key.encode(),
            value,
            headers=headers("drone.conflicts.v1", _identity(report.key, value), report.as_of, trace),
        )
        CONFLICTS.inc()
        return [(self._conflicts, report.key, value)]

    async def _publish_tombstones(
        self, partition: int, reconciler: Reconciler, outbox: Outbox
    ) -> list[tuple[WindowedTable, str, bytes | None]]:
        """Publish that windows past the retention are gone; event time decides, see `Reconciler.horizon`."""
        changes: list[tuple[WindowedTable, str, bytes | None]] = []
        for front in reconciler.fronts():
            horizon = reconciler.horizon(front)
            if horizon is None:
                continue
            for size, table in self._tallies.items():
                topic = self._tally_topics[size]
                for key in table.older_than(partition, front, horizon):
                    await outbox.send(topic, key.encode(), None, headers=headers(topic, f"{key}/gone", None))
                    TALLIES.labels(size).inc()
                    changes.append((table, key, None))
            changes += [(self._conflicts, key, None) for key in self._conflicts.older_than(partition, front, horizon)]
        return changes

    def _entries(self, partition: int, front: str) -> Callable[[str], ArticleClaims | None]:
        """Look up entries, those of the batch in work before those stored."""

        def find(article_id: str) -> ArticleClaims | None:
            key = _entry_key(front, article_id)
            value = self._coming.get(partition, {}).get(key) or self._ledger.get(partition, key)
            return codec.decode_claims(value) if value else None

        return find

    async def _store(self, partition: int, outbox: Outbox) -> None:
        """Write the entries that came, and delete those of articles past the retention."""
        for key, value in self._coming.get(partition, {}).items():
            await self._ledger.put(outbox, partition, key, value)
        for front, articles in self._reconciler(partition).expire().items():
            for article_id in articles:
                await self._ledger.put(outbox, partition, _entry_key(front, article_id), None)
                CLAIMS_DROPPED.labels("retention").inc()
        await outbox.confirm()

    def _show_watermark(self) -> None:
        times = [
            time.timestamp()
            for reconciler in self._reconcilers.values()
            for front in reconciler.fronts()
            if (time := reconciler.watermark(front)) is not None
        ]
        if times:
            WATERMARK.set(max(times))


def _entry_key(front: str, article_id: str) -> bytes:
    return f"{front}|{article_id}".encode()


def _identity(key: str, value: bytes) -> str:
    return f"{key}/{hashlib.sha256(value).hexdigest()[:16]}"


def _tally_headers(topic: str, tally: Tally, value: bytes, trace: bytes | None) -> Headers:
    return headers(topic, _identity(tally.key, value), tally.as_of, trace)


def _measure_latency(timestamp: float | None) -> None:
    if timestamp:
        END_TO_END_SECONDS.observe(max(0.0, time.time() - timestamp))
