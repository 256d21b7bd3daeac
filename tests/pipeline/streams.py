"""The order in which the stream writes, without a stream: what is durable, what a crash forgets, what comes again.

Each group of writes is confirmed together: within a group any part of it may be there after a crash. The groups follow
each other as the agents of the worker have them: records before claims; what will be published, then the tallies and
tombstones themselves, then the tombstones' own records, then the entries that caused it all, then the offset. So every
key that a consumer may hold is on record, and a batch that comes again, longer or shorter, finds it there. Each record
names the last message of its batch: a batch that begins behind it knows that what it finds there is published.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

import msgspec

from tests.acceptance.histories import Message, entries
from worker.model import ArticleClaims, ConflictReport, Tally, WindowSize
from worker.pipeline.conflicts import conflict_report
from worker.pipeline.editions import ArticleRecord, compare, remember, split_by_front, told
from worker.pipeline.reconciler import Reconciler, WindowKey

Name = tuple[WindowSize, str]
Write = Callable[[], object]


def said(message: Message) -> ArticleClaims:
    """What a message says over all fronts."""
    about = entries(message)
    claims = tuple(claim for front, entry in about.items() if front for claim in entry.claims)
    return msgspec.structs.replace(about[""], claims=claims, relevant=bool(claims))


def reconciler(zone: str = "Europe/Kyiv", final_hours: float = 72, retention_days: int | None = None) -> Reconciler:
    retention = None if retention_days is None else timedelta(days=retention_days)
    return Reconciler(ZoneInfo(zone), str, timedelta(hours=final_hours), retention)


def tell(book: Reconciler, records: dict[str, ArticleRecord], message: Message) -> bool:
    """Take in one message as the stream does; whether anything came of it."""
    claims = said(message)
    assert claims.edition is not None
    record = records.get(claims.article_id)
    if compare(record, claims.edition) != "newer":
        return False
    record = records[claims.article_id] = remember(record, claims)
    news = [book.put(entry) for entry in split_by_front(claims, record.fronts)]
    return any(news)


def play(messages: Iterable[Message], book: Reconciler) -> Reconciler:
    """Take in messages in the order given."""
    records: dict[str, ArticleRecord] = {}
    for message in messages:
        tell(book, records, message)
    return book


def tallies(book: Reconciler) -> dict[Name, Tally]:
    """All tallies of all windows."""
    return {(window.size, key): t for window in book.all_windows() for key, t in book.tallies(window).items()}


class CrashError(Exception):
    """The process ended between two writes."""


class Changes:
    """What a batch of messages writes, by group."""

    def __init__(self, first: int, last: int) -> None:
        self.first = first
        self.last = last
        self.announced: list[Write] = []
        self.sent: list[Write] = []
        self.forgotten: list[Write] = []


class World:
    """Topics and tables that outlive the worker, and the worker's memory, which does not."""

    def __init__(self, messages: list[Message], make: Callable[[], Reconciler], crashes: set[int], seed: int) -> None:
        self.messages = messages
        self.make = make
        self.crashes = crashes
        self.dice = random.Random(seed)
        self.writes = 0
        self.read = self.claims_read = 0
        self.records: dict[str, ArticleRecord] = {}
        self.claims: list[ArticleClaims] = []
        self.ledger: dict[tuple[str, str], ArticleClaims] = {}
        self.table: dict[Name, Tally] = {}
        self.conflicts: dict[str, ConflictReport] = {}
        self.until: dict[Name | str, int] = {}  # by record: the last message of the batch that wrote it
        self.published: dict[Name, Tally] = {}
        self.reported: dict[str, ConflictReport] = {}
        self.reports: list[ConflictReport] = []
        self.log: list[tuple[Name, Tally | None]] = []
        self.batches: list[tuple[int, int]] = []  # after each that none went beyond: how far in claims and log
        self.reached = 0  # the last claims that a batch was begun with, though it may have crashed
        self.crashed: list[int] = []  # how far in the log
        self.book: Reconciler | None = None

    def run(self, restarts: float = 0) -> World:
        """Read everything; with a probability of `restarts` each batch is followed by a change of workers."""
        while self.read < len(self.messages) or self.claims_read < len(self.claims):
            try:
                self.intake(self.dice.randint(1, 4))
                if self.dice.random() < 0.7 or self.read == len(self.messages):
                    self.reconcile(self.dice.randint(1, 5))
                    if self.claims_read == self.reached:
                        self.batches.append((self.claims_read, len(self.log)))
                if self.dice.random() < restarts:
                    self.book = None
            except CrashError:
                self.book = None
                self.crashed.append(len(self.log))
        return self

    def confirm(self, writes: list[Write]) -> None:
        self.dice.shuffle(writes)
        for write in writes:
            self.writes += 1
            if self.writes in self.crashes:
                raise CrashError
            write()

    def intake(self, size: int) -> None:
        batch = self.messages[self.read : self.read + size]
        records, telling = dict(self.records), list[ArticleClaims]()
        for offset, message in enumerate(batch, self.read):
            claims = said(message)
            assert claims.edition is not None
            record = records.get(claims.article_id)
            verdict = compare(record, claims.edition)
            if verdict == "older" or (verdict == "equal" and told(record, f"i{offset}")):
                continue
            record = records[claims.article_id] = remember(record, claims, f"i{offset}")
            telling += split_by_front(claims, record.fronts)
        changed = {name: record for name, record in records.items() if self.records.get(name) != record}
        self.confirm([partial(self.records.__setitem__, *change) for change in changed.items()])
        for claims in telling:  # one partition: sends to it keep their order
            self.confirm([partial(self.claims.append, claims)])
        self.confirm([partial(setattr, self, "read", self.read + len(batch))])

    def reconcile(self, size: int) -> None:
        batch = self.claims[self.claims_read : self.claims_read + size]
        if not batch:
            return
        book = self.book
        if book is None:
            book = self.book = self.make()
            for entry in self.ledger.values():
                book.put(entry)
            book.take_changed()
        coming: dict[tuple[str, str], ArticleClaims] = {}
        for claims in batch:
            if book.put(claims):
                coming[claims.front or "", claims.article_id] = claims
        self.reached = max(self.reached, self.claims_read + len(batch))
        changes = Changes(self.claims_read, self.claims_read + len(batch) - 1)
        for window in book.take_changed():
            self._window(book, window, changes)
            if window.size == "P1D":
                self._day(book, window, coming, changes)
        self._tombstones(book, changes)
        self.confirm(changes.announced)
        self.confirm(changes.sent)
        self.confirm(changes.forgotten)
        self.confirm([partial(self.ledger.__setitem__, *entry) for entry in coming.items()])
        gone = [(front, article) for front, articles in book.expire().items() for article in articles]
        self.confirm([partial(self.ledger.pop, name, None) for name in gone])
        self.confirm([partial(setattr, self, "claims_read", self.claims_read + len(batch))])

    def _window(self, book: Reconciler, window: WindowKey, changes: Changes) -> None:
        before = {
            name: tally
            for name, tally in self.table.items()
            if (name[0], tally.front, tally.window.date) == (window.size, window.front, window.day)
        }
        now = {(window.size, key): tally for key, tally in book.tallies(window).items()}
        for name, tally in now.items():
            old = before.get(name)
            if old is None or msgspec.structs.replace(old, revision=0) != tally:
                new = msgspec.structs.replace(tally, revision=old.revision + 1 if old else 1)
                changes.announced.append(partial(self._record, name, new, changes.last))
                changes.sent.append(partial(self._publish, name, new))
            elif self.until[name] >= changes.first:  # on record, but perhaps the crash came before it was published
                changes.announced.append(partial(self._record, name, old, changes.last))
                changes.sent.append(partial(self._publish, name, old))
        for name in before.keys() - now.keys():
            self._withdraw(name, changes)

    def _tombstones(self, book: Reconciler, changes: Changes) -> None:
        for name, tally in self.table.items():
            horizon = book.horizon(tally.front)
            if horizon is not None and tally.window.date < horizon:
                self._withdraw(name, changes)

    def _withdraw(self, name: Name, changes: Changes) -> None:
        changes.announced.append(partial(self._record, name, self.table[name], changes.last))
        changes.sent.append(partial(self._publish, name, None))
        changes.forgotten.append(partial(self.table.pop, name, None))

    def _record(self, name: Name, tally: Tally, last: int) -> None:
        """One write: the value and the message it is of."""
        self.table[name] = tally
        self.until[name] = last

    def _record_report(self, report: ConflictReport, last: int) -> None:
        self.conflicts[report.key] = report
        self.until[report.key] = last

    def _publish(self, name: Name, tally: Tally | None) -> None:
        self.log.append((name, tally))
        if tally is None:
            self.published.pop(name, None)
        else:
            self.published[name] = tally

    def _day(
        self, book: Reconciler, window: WindowKey, coming: dict[tuple[str, str], ArticleClaims], changes: Changes
    ) -> None:
        def find(article_id: str) -> ArticleClaims | None:
            return coming.get((window.front, article_id)) or self.ledger.get((window.front, article_id))

        report = conflict_report(window.front, window.day, book.day(window.front, window.day), find)
        old = self.conflicts.get(report.key)
        if (report.conflicts, report.slips) != ((old.conflicts, old.slips) if old else ((), ())):
            changes.announced.append(partial(self._record_report, report, changes.last))
            changes.sent.append(partial(self._report, report))
        elif old is not None and self.until[report.key] >= changes.first:
            changes.announced.append(partial(self._record_report, old, changes.last))
            changes.sent.append(partial(self._report, old))

    def _report(self, report: ConflictReport) -> None:
        self.reported[report.key] = report
        self.reports.append(report)
