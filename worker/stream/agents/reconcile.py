"""Second stage: claims by front in, changed tallies and conflicts out.

State: one entry for each article and front (the message as it came, packed), and what was last published of each
window. The order of writing makes a crash harmless: first the record of what will be published, then the tallies and
tombstones, then the end of the tombstones' own records, last the entry that caused it all. So every key a consumer may
hold is on record, and the messages that come again after a crash, in whatever batches, amend it or delete it.

The record may then be ahead of the topic. It names the last message of the batch that wrote it, also where that batch
was about to publish a tombstone: a batch of later messages began only when that one was finished, so what it finds
recorded is published, and is not published again.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from worker import codec
from worker.codec import MessageError
from worker.metrics import CLAIMS_DROPPED, CONFLICTS, END_TO_END_SECONDS, TALLIES, WATERMARK
from worker.model import ArticleClaims, Tally, WindowSize
from worker.pipeline.conflicts import conflict_report
from worker.pipeline.reconciler import Reconciler, WindowKey
from worker.stream.dead_letters import DeadLetters
from worker.stream.envelope import headers
from worker.stream.outbox import Headers, Outbox
from worker.stream.pace import Pace
from worker.stream.tables import ConfirmedTable
from worker.stream.windowed_table import WindowedTable, WindowId
from worker.tracing import UNTRACED, Trace, Tracer, received

if TYPE_CHECKING:
    from faust.types import EventT

_TYPES: Final[Mapping[WindowSize, str]] = {"P1D": "drone.tallies.day.v1", "P7D": "drone.tallies.week.v1"}
"""What a tally is, for readers of events, whatever its topic is called."""

_ANY: Final = 2**63 - 1
"""Later than any message: whether what was recorded was published is not known."""


@dataclass(frozen=True)
class _Change:
    """One key to publish and record; without a value it goes, without headers only from the record."""

    table: WindowedTable
    topic: str
    key: str
    value: bytes | None
    headers: Headers | None
    count: Callable[[], None] = lambda: None


class _Recorded(NamedTuple):
    """What was published of a key, or was about to be when its batch ended: `last` is that batch's last message."""

    value: bytes
    last: int

    @classmethod
    def read(cls, entry: bytes) -> _Recorded:
        """Read it from its table; older workers did not note the message.

        Raises:
            MessageError: it is not what a worker has written.
        """
        last, _, value = (b"%d" % _ANY, b"", entry) if entry.startswith(b"{") else entry.partition(b" ")
        if not last.isdigit() or len(last) > len(str(_ANY)):
            raise MessageError("bad_claims", "not an entry of a table of what was published")
        return cls(value, int(last))

    def written(self) -> bytes:
        """Make of it what stands in the table."""
        return b"%d %s" % (self.last, self.value)


class _Stretch(NamedTuple):
    """The offsets of the first and last message of a batch in one partition."""

    first: int
    last: int


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
        partition_of: Callable[[bytes], int],
        make_reconciler: Callable[[], Reconciler],
        tracer: Tracer = UNTRACED,
    ) -> None:
        self._ledger = ledger
        self._tallies = tallies
        self._conflicts = conflicts
        self._tally_topics = tally_topics
        self._conflicts_topic = conflicts_topic
        self._dead_letters = dead_letters
        self._partition_of = partition_of
        self._make_reconciler = make_reconciler
        self._tracer = tracer
        self._reconcilers: dict[int, Reconciler] = {}
        self._generation = -1
        self._coming: dict[int, dict[bytes, bytes]] = {}
        self._looked: set[int] = set()

    async def step(self, events: Sequence[EventT], outbox: Outbox) -> None:
        """Work on one batch; everything it caused is confirmed when this returns."""
        self._coming.clear()
        traces: dict[str, list[Trace]] = {}
        pace = Pace()
        for event in events:
            await pace.breathe()
            message = event.message
            try:
                claims = codec.decode_claims(message.value or b"")
                self._require_home(claims.front or "", message.partition)
            except MessageError as error:
                await self._dead_letters.put_aside(outbox, event, "reconcile", error)
                continue
            front = claims.front or ""
            if (await self._reconciler(message.partition)).put(claims):
                coming = self._coming.setdefault(message.partition, {})
                coming[_entry_key(front, claims.article_id)] = codec.pack(message.value)
                _measure_latency(message.timestamp)
            if trace := received(dict(message.headers or {})):
                traces.setdefault(front, []).append(trace)
        await outbox.confirm()
        with ExitStack() as spans:
            passed = {
                front: spans.enter_context(self._tracer.span("reconcile", came_from, **{"dronetally.front": front}))
                for front, came_from in traces.items()
            }
            for partition in sorted({event.message.partition for event in events}):
                offsets = [event.message.offset for event in events if event.message.partition == partition]
                await self._publish_changes(partition, _Stretch(min(offsets), max(offsets)), passed, outbox)
                await self._store(partition, outbox)
        self._show_watermark()

    def _require_home(self, front: str, partition: int) -> None:
        """Refuse claims that came by another partition than their front's: a second ledger would publish over it."""
        if partition != self._partition_of(front.encode()):
            raise MessageError("bad_claims", "not on the partition of its front")

    async def _reconciler(self, partition: int) -> Reconciler:
        """Find the partition's ledgers, read again from the entries after a rebalance."""
        while self._generation != (generation := self._ledger.generation) or partition not in self._reconcilers:
            if self._generation != generation:
                self._reconcilers.clear()
                self._looked.clear()
                self._generation = generation
            built = await self._built(partition)
            if self._ledger.generation == generation:
                self._reconcilers[partition] = built
        return self._reconcilers[partition]

    async def _built(self, partition: int) -> Reconciler:
        reconciler = self._make_reconciler()
        pace = Pace()
        for key, value in tuple(self._ledger.entries(partition).items()):
            try:
                reconciler.put(codec.decode_entry(value))
            except MessageError:
                raise self._ledger.unreadable(key) from None
            await pace.breathe()
        reconciler.take_changed()  # what was published of these is in the tables
        return reconciler

    async def _publish_changes(
        self, partition: int, batch: _Stretch, traces: Mapping[str, Trace | None], outbox: Outbox
    ) -> None:
        reconciler = await self._reconciler(partition)
        pace = Pace()
        changes: list[_Change] = []
        for window in sorted({*reconciler.take_changed(), *self._unfinished(partition, batch.first)}):
            await pace.breathe()
            trace = traces.get(window.front)
            changes += self._tally_changes(partition, reconciler, window, batch, trace)
            if window.size == "P1D":
                changes += self._conflict_changes(partition, reconciler, window, batch, trace)
        changes += self._past_retention(partition, reconciler)
        for change in changes:
            value = change.value
            if value is None:  # of a tombstone, too, it must be known that it may be out: what it took may come back
                entry = change.table.get(partition, change.key)
                value = change.table.read(change.key, entry, _Recorded.read).value if entry else None
            if value is not None:
                await change.table.put(outbox, partition, change.key, _Recorded(value, batch.last).written())
        await outbox.confirm()
        for change in changes:
            if change.headers is not None:
                await outbox.send(change.topic, change.key.encode(), change.value, headers=change.headers)
                change.count()
        await outbox.confirm()
        for change in changes:
            if change.value is None:
                await change.table.put(outbox, partition, change.key, None)
        await outbox.confirm()

    def _unfinished(self, partition: int, first: int) -> set[WindowKey]:
        """Find, once after the entries were read, the windows that a batch may have left published otherwise than read.

        What is said again may come to less than what was published: in a longer batch, article and withdrawal cancel
        each other, and no window is changed by them.
        """
        if partition in self._looked:
            return set()
        self._looked.add(partition)
        found: set[WindowKey] = set()
        reconciler = self._reconcilers[partition]
        horizons = {front: reconciler.horizon(front) for front in reconciler.fronts()}
        for size, table in self._tallies.items():
            for front, day in table.windows(partition):
                if front not in horizons or ((horizon := horizons[front]) is not None and day < horizon):
                    continue
                entries = table.window(partition, WindowId(front, day)).items()
                if any(first <= table.read(key, entry, _Recorded.read).last < _ANY for key, entry in entries):
                    found.add(WindowKey(front=front, size=size, day=day))
        return found

    def _tally_changes(
        self, partition: int, reconciler: Reconciler, window: WindowKey, batch: _Stretch, trace: Trace | None
    ) -> list[_Change]:
        """Find the tallies of a window that differ from those recorded, or may not have been published as recorded."""
        table, topic = self._tallies[window.size], self._tally_topics[window.size]
        before = table.window(partition, WindowId(window.front, window.day))
        now = reconciler.tallies(window)
        count = TALLIES.labels(window.size).inc
        changes: list[_Change] = []
        for key, tally in now.items():
            recorded = table.read(key, before[key], _Recorded.read) if key in before else None
            old = table.read(key, recorded.value, codec.decode_tally) if recorded else None
            if recorded and old and msgspec.structs.replace(old, revision=0) == tally:
                if recorded.last < batch.first:
                    continue
                value = recorded.value
            else:
                value = codec.encode(msgspec.structs.replace(tally, revision=old.revision + 1 if old else 1))
            changes.append(_Change(table, topic, key, value, _tally_headers(tally, value, trace), count))
        changes += [
            _Change(table, topic, key, None, headers(_TYPES[window.size], f"{key}/gone", None, trace), count)
            for key in sorted(before.keys() - now.keys())
        ]
        return changes

    def _conflict_changes(
        self, partition: int, reconciler: Reconciler, window: WindowKey, batch: _Stretch, trace: Trace | None
    ) -> list[_Change]:
        """Report the contradictions and slips of a day if they are others than before; empty lists say: settled."""
        entries = self._entries(partition, window.front)
        report = conflict_report(window.front, window.day, reconciler.day(window.front, window.day), entries)
        table, key = self._conflicts, report.key
        before = table.window(partition, WindowId(window.front, window.day)).get(key)
        recorded = table.read(key, before, _Recorded.read) if before is not None else None
        old = table.read(key, recorded.value, codec.decode_conflicts) if recorded else None
        if (report.conflicts, report.slips) == ((old.conflicts, old.slips) if old else ((), ())):
            if recorded is None or recorded.last < batch.first:
                return []
            value = recorded.value
        else:
            value = codec.encode(msgspec.structs.replace(report, revision=old.revision + 1 if old else 1))
        identity = headers("drone.conflicts.v1", _identity(key, value), report.as_of, trace)
        return [_Change(table, self._conflicts_topic, key, value, identity, CONFLICTS.inc)]

    def _past_retention(self, partition: int, reconciler: Reconciler) -> list[_Change]:
        """Find the windows past the retention; event time decides, see `Reconciler.horizon`."""
        changes: list[_Change] = []
        for front in reconciler.fronts():
            horizon = reconciler.horizon(front)
            if horizon is None:
                continue
            for size, table in self._tallies.items():
                topic, count = self._tally_topics[size], TALLIES.labels(size).inc
                changes += [
                    _Change(table, topic, key, None, headers(_TYPES[size], f"{key}/gone", None), count)
                    for key in table.older_than(partition, front, horizon)
                ]
            changes += [
                _Change(self._conflicts, "", key, None, None)
                for key in self._conflicts.older_than(partition, front, horizon)
            ]
        return changes

    def _entries(self, partition: int, front: str) -> Callable[[str], ArticleClaims | None]:
        """Look up entries, those of the batch in work before those stored."""

        def find(article_id: str) -> ArticleClaims | None:
            key = _entry_key(front, article_id)
            value = self._coming.get(partition, {}).get(key) or self._ledger.get(partition, key)
            return codec.decode_entry(value) if value else None

        return find

    async def _store(self, partition: int, outbox: Outbox) -> None:
        """Write the entries that came, and delete those of articles past the retention."""
        for key, value in self._coming.get(partition, {}).items():
            await self._ledger.put(outbox, partition, key, value)
        for front, articles in (await self._reconciler(partition)).expire().items():
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


def _tally_headers(tally: Tally, value: bytes, trace: Trace | None) -> Headers:
    return headers(_TYPES[tally.window.size], _identity(tally.key, value), tally.as_of, trace)


def _measure_latency(timestamp: float | None) -> None:
    if timestamp:
        END_TO_END_SECONDS.observe(max(0.0, time.time() - timestamp))
