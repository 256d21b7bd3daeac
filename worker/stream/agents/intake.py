"""First stage: articles in, claims by front out.

State: for each article its newest edition and the fronts it was ever counted on. The record is written and confirmed
before the claims are sent: whoever comes back after a crash, in whatever order, then knows which fronts must hear of a
retraction. The message that brought an edition sends its claims again when it comes again, since the crash may have
come between the two; a copy of it sends nothing.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from worker import codec
from worker.codec import MessageError
from worker.extract import Limit
from worker.metrics import ARTICLES, ARTICLES_CUT, CLAIMS, EXTRACT_SECONDS, LANGUAGES, REKEYED
from worker.model import ArticleClaims
from worker.pipeline.arrivals import Arrival, read, understand
from worker.pipeline.editions import ArticleRecord, compare, remember, split_by_front, told
from worker.stream.dead_letters import DeadLetters
from worker.stream.envelope import headers
from worker.stream.outbox import Outbox
from worker.stream.pace import Pace
from worker.stream.tables import ConfirmedTable
from worker.stream.unpacking import MOST_UNPACKED, Unread
from worker.tracing import UNTRACED, Trace, Tracer, received

if TYPE_CHECKING:
    from faust.types import EventT

_SENT = "dronetally.sent.ms"
"""Header of a forwarded article: the time of the original message, Unix milliseconds."""

_MAX_STAMP_DIGITS = 18

_record_decoder = msgspec.json.Decoder(ArticleRecord)


class Intake:
    """Reads articles, decides which edition counts, extracts, and tells each front."""

    def __init__(
        self,
        articles: ConfirmedTable,
        dead_letters: DeadLetters,
        claims_topic: str,
        rekeyed_topic: str,
        partition_of: Callable[[bytes], int],
        future_tolerance: timedelta,
        tracer: Tracer = UNTRACED,
    ) -> None:
        self._articles = articles
        self._dead_letters = dead_letters
        self._claims_topic = claims_topic
        self._rekeyed_topic = rekeyed_topic
        self._partition_of = partition_of
        self._future_tolerance = future_tolerance
        self._tracer = tracer

    async def step(self, events: Sequence[EventT], outbox: Outbox) -> None:
        """Work on one batch; everything it caused is confirmed when this returns."""
        telling: list[tuple[ArticleClaims, Trace | None]] = []
        pace = Pace()
        for event in events:
            await pace.breathe()
            try:
                with self._span(event) as trace:
                    telling += [(claims, trace) for claims in await self._take_in(event, outbox)]
            except MessageError as error:
                await self._dead_letters.put_aside(outbox, event, "intake", error)
                ARTICLES.labels("dead").inc()
        await outbox.confirm()
        for claims, trace in telling:
            await self._tell(claims, trace, outbox)
        await outbox.confirm()

    async def _take_in(self, event: EventT, outbox: Outbox) -> tuple[ArticleClaims, ...]:
        message = event.message
        arrival = self._read(event)
        key = arrival.article_id.encode()
        home = self._partition_of(key)
        if message.partition != home:
            # Keyed otherwise, or by another partitioner: all editions of an article must meet in one place.
            await outbox.send(
                self._rekeyed_topic,
                key,
                message.value,
                partition=home,
                # With its own time the copy could be past the topic's retention before anybody reads it.
                headers=[*_headers(event).items(), (_SENT, b"%d" % int((message.timestamp or 0) * 1000))],
            )
            REKEYED.inc()
            return ()
        stored = self._articles.get(home, key)
        try:
            record = _record_decoder.decode(stored) if stored is not None else None
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            raise self._articles.unreadable(key) from None
        verdict = compare(record, arrival.edition)
        by = f"{'r' if message.topic == self._rekeyed_topic else 'i'}{message.offset}"
        if verdict == "older" or (verdict == "equal" and told(record, by)):
            ARTICLES.labels("unchanged").inc()
            return ()
        cut: set[Limit] = set()
        claims = _understand(arrival, cut)
        changed = remember(record, claims, by)
        if changed != record:
            await self._articles.put(outbox, home, key, codec.encode(changed))
        _count(arrival, claims, cut, repeated=verdict == "equal")
        return split_by_front(claims, changed.fronts)

    def _span(self, event: EventT) -> AbstractContextManager[Trace | None]:
        message, trace = event.message, received(_headers(event))
        place = {"messaging.destination.name": message.topic, "messaging.kafka.offset": message.offset}
        return self._tracer.span("intake", [trace] if trace else [], **place)

    def _read(self, event: EventT) -> Arrival:
        message = event.message
        if isinstance(message.value, Unread):
            raise MessageError("too_large", f"in a batch that unpacks to more than {MOST_UNPACKED} bytes")
        rekeyed = message.topic == self._rekeyed_topic
        # Repeated names included, but not what was added here: a message at the limits must not grow over them.
        codec.check_headers(
            [(str(name), value) for name, value in message.headers or () if not (rekeyed and name == _SENT)]
        )
        stamp = message.timestamp or 0.0
        if rekeyed:
            stamp = _forwarded_stamp(_headers(event))
        now = time.time()
        # A message can't have been sent after it was read; a forged time must not open the future.
        sent = datetime.fromtimestamp(min(stamp, now) if stamp > 0 else now, UTC)
        return read(message.key, message.value, _headers(event), sent, self._future_tolerance)

    async def _tell(self, claims: ArticleClaims, trace: Trace | None, outbox: Outbox) -> None:
        front, edition = claims.front or "", claims.edition
        identity = (
            f"{claims.article_id}/{front}/{edition.version if edition else 0}/{edition.digest if edition else ''}"
        )
        await outbox.send(
            self._claims_topic,
            front.encode(),
            codec.encode(claims),
            headers=headers("drone.claims.v1", identity, claims.stated_at, trace),
        )


def _understand(arrival: Arrival, cut: set[Limit]) -> ArticleClaims:
    started = time.perf_counter()
    try:
        return understand(arrival, cut)
    except Exception as error:
        # Whatever text breaks the extractor must not stop the stream; it is put aside and can be replayed.
        raise MessageError("internal_error", f"extraction failed: {type(error).__name__}") from error
    finally:
        EXTRACT_SECONDS.observe(time.perf_counter() - started)


def _count(arrival: Arrival, claims: ArticleClaims, cut: set[Limit], *, repeated: bool) -> None:
    if repeated:
        ARTICLES.labels("unchanged").inc()
        return
    if arrival.article is None:
        ARTICLES.labels("withdrawn").inc()
        return
    ARTICLES.labels("relevant" if claims.relevant else "irrelevant").inc()
    LANGUAGES.labels(claims.language).inc()
    for measure, count in Counter(claim.measure for claim in claims.claims).items():
        CLAIMS.labels(measure, claims.language).inc(count)
    for limit in cut:
        ARTICLES_CUT.labels(limit).inc()


def _forwarded_stamp(headers: dict[str, bytes]) -> float:
    stated = headers.get(_SENT, b"0")
    if not stated.isdigit() or len(stated) > _MAX_STAMP_DIGITS:
        raise MessageError("bad_headers", f"{_SENT} is not a time in milliseconds")
    return int(stated) / 1000


def _headers(event: EventT) -> dict[str, bytes]:
    return {str(name): value or b"" for name, value in dict(event.message.headers or {}).items()}
