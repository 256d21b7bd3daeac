"""Reads the topics from their beginning and goes on reading: tallies, claims and conflicts, then articles.

Nothing is committed and nothing kept between runs. If the brokers go away what is known stays on the page; if a topic
was made anew, everything is read again and takes the place of the old in one step.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING, Any

from aiokafka.errors import KafkaError

from worker.board.evidence import Evidence
from worker.board.hub import Hub
from worker.board.standing import Place, Standing
from worker.clients.records import reader
from worker.codec import MessageError, decode_article, decode_claims, decode_conflicts
from worker.connection import ConfigurationError, StartError, UnavailableError
from worker.stream import fetched

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiokafka import AIOKafkaConsumer, ConsumerRecord

    from worker.settings import Settings

ARTICLES = 100_000
"""How many of the newest messages of each partition of the input topic are looked through for sentences."""
_POLL_MS = 100
_AT_ONCE = 500
_PROBE_SECONDS = 2.0
_ANSWER_SECONDS = 5.0
_PAUSE_SECONDS = 2.0

log = logging.getLogger(__name__)


class Store:
    """What one reading of the topics has found."""

    def __init__(self) -> None:
        self.standing = Standing()
        self.evidence = Evidence()
        self.unreadable: Counter[str] = Counter()


class _MadeAnewError(RuntimeError):
    """A topic is shorter than what was read of it."""


class Follower:
    """Follows the topics for as long as it runs; `store` is what the page shows.

    Args:
        settings: brokers and names of topics.
        hub: is told of what changes.
    """

    def __init__(self, settings: Settings, hub: Hub) -> None:
        self.store = Store()
        self._settings = settings
        self._hub = hub
        self._state = "reading"
        self._remaining = 0
        self._since = _now()

    def status(self) -> dict[str, Any]:
        """Tell how things stand: `reading` (with how many messages are left), `live` or `silent`, and since when."""
        return {
            "state": self._state,
            "since": self._since,
            "remaining": self._remaining,
            "unreadable": dict(self.store.unreadable),
        }

    async def run(self) -> None:
        """Follow until cancelled.

        Raises:
            StartError: the brokers could not be reached, or a topic is missing, at the very start.
        """
        fetched.tolerate()
        store = self.store
        while True:
            try:
                await self._session(store)
            except (ExceptionGroup, StartError, KafkaError, OSError) as failure:
                why = _first(failure)
                if not isinstance(why, StartError | KafkaError | OSError | _MadeAnewError):
                    raise
                if self._state == "reading" and isinstance(why, StartError):
                    raise why from None
                log.warning("everything is read again: %s", why)
            self._become("silent")
            await asyncio.sleep(_PAUSE_SECONDS)
            store = Store()

    async def _session(self, store: Store) -> None:
        settings = self._settings
        topics = [settings.claims_topic, settings.conflicts_topic, settings.week_topic, settings.day_topic]
        async with reader(settings, topics) as consumer, asyncio.TaskGroup() as tasks:
            caught_up = asyncio.Event()
            tasks.create_task(self._read(consumer, store, caught_up))
            tasks.create_task(self._watch(consumer, caught_up))
            tasks.create_task(self._read_articles(store, caught_up))

    async def _read(self, consumer: AIOKafkaConsumer, store: Store, caught_up: asyncio.Event) -> None:
        ends: dict[Any, int] = dict(await consumer.end_offsets(list(consumer.assignment())))
        takers, last = self._takers(store), dict.fromkeys(ends, -1)
        while True:
            batches = await consumer.getmany(timeout_ms=_POLL_MS, max_records=_AT_ONCE)
            for partition, records in batches.items():
                if records[0].offset <= last[partition]:
                    raise _MadeAnewError(f"topic {partition.topic} begins again")
                last[partition] = records[-1].offset
            changed = {place for records in batches.values() for place in map(takers, records) if place is not None}
            if not caught_up.is_set():
                left = [end - await consumer.position(partition) for partition, end in ends.items()]
                self._remaining = sum(max(0, number) for number in left)
                if self._remaining == 0:
                    self._take_over(store)
                    caught_up.set()
                elif batches:
                    self._hub.tell(status=self.status())
            if store is self.store:
                self._hub.tell(changed) if changed else None
            await asyncio.sleep(0)  # pages want an answer while much is read

    def _take_over(self, store: Store) -> None:
        self.store = store
        self._become("live")
        self._hub.tell(everything=True)
        log.info("read everything: %d tallies", len(store.standing))

    async def _watch(self, consumer: AIOKafkaConsumer, caught_up: asyncio.Event) -> None:
        """Ask the brokers every few seconds whether they are there: a consumer alone waits for them in silence."""
        await caught_up.wait()
        while True:
            await asyncio.sleep(_PROBE_SECONDS)
            try:
                async with asyncio.timeout(_ANSWER_SECONDS):
                    ends = await consumer.end_offsets(list(consumer.assignment()))
            except (KafkaError, OSError, TimeoutError):
                self._become("silent")
                continue
            for partition, end in ends.items():
                if end < await consumer.position(partition):
                    raise _MadeAnewError(f"topic {partition.topic} is shorter than what was read of it")
            self._become("live")

    async def _read_articles(self, store: Store, caught_up: asyncio.Event) -> None:
        """Look through the newest articles for the sentences of the claims that are known, and for their addresses."""
        await caught_up.wait()
        while True:
            try:
                async with reader(self._settings, [self._settings.input_topic]) as consumer:
                    await self._quote(consumer, store)
            except ConfigurationError as why:
                log.warning("no sentences around the words of claims, and no links: %s", why)
                return
            except (UnavailableError, KafkaError, OSError):
                await asyncio.sleep(_PAUSE_SECONDS)

    async def _quote(self, consumer: AIOKafkaConsumer, store: Store) -> None:
        partitions = list(consumer.assignment())
        begins, ends = await consumer.beginning_offsets(partitions), await consumer.end_offsets(partitions)
        for partition in partitions:
            consumer.seek(partition, max(begins[partition], ends[partition] - ARTICLES))
        told = False
        while True:
            batches = await consumer.getmany(timeout_ms=_POLL_MS, max_records=_AT_ONCE)
            for record in chain.from_iterable(batches.values()):
                if record.value is not None:
                    with suppress(MessageError):  # the dead letters tell of it
                        store.evidence.put_article(decode_article(record.value))
            if not told and not batches:
                told = True  # what stood there before
                self._hub.tell(everything=True)
            await asyncio.sleep(0)

    def _takers(self, store: Store) -> Callable[[ConsumerRecord], Place | None]:
        settings, standing, evidence = self._settings, store.standing, store.evidence

        def take(record: ConsumerRecord) -> Place | None:
            try:
                if record.topic == settings.day_topic:
                    return standing.put("P1D", record.key, record.value)
                if record.topic == settings.week_topic:
                    return standing.put("P7D", record.key, record.value)
                if record.value is None:
                    return None
                if record.topic == settings.claims_topic:
                    evidence.put_claims(decode_claims(record.value), record.value)
                else:
                    evidence.put_conflicts(decode_conflicts(record.value))
            except MessageError as refused:
                store.unreadable[refused.reason] += 1
                log.warning("%s/%d/%d: %s", record.topic, record.partition, record.offset, refused)
            return None

        return take

    def _become(self, state: str) -> None:
        if state != self._state:
            self._state, self._since = state, _now()
            self._hub.tell(status=self.status())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _first(failure: BaseException) -> BaseException:
    """The first of several failures."""
    return _first(failure.exceptions[0]) if isinstance(failure, BaseExceptionGroup) else failure
