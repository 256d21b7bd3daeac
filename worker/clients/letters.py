"""Dead letters as they stand on their topic: what their headers tell, and how they go back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from aiokafka import TopicPartition

from worker.clients.records import reader, records
from worker.clients.sending import sender
from worker.connection import StartError
from worker.logs import printable
from worker.topics import rekeyed_topic

if TYPE_CHECKING:
    from aiokafka import ConsumerRecord

    from worker.settings import Settings

PREFIX = "__connect.errors."
OWN = "dronetally."
SENT = "dronetally.sent.ms"
TRUNCATED = "dronetally.truncated.bytes"
HEADERS_DROPPED = "dronetally.headers.dropped.bytes"
_MS_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Letter:
    """One dead letter, put aside at `time`.

    `value` is the original message, `headers` are all of its headers, those that tell the reason too.
    """

    partition: int
    offset: int
    time: datetime
    key: bytes | None
    value: bytes | None
    size: int
    headers: tuple[tuple[str, bytes], ...]

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands on the dead-letter topic: partition and offset."""
        return self.partition, self.offset

    @property
    def sent_at_ms(self) -> int | None:
        """When the original message was sent, in milliseconds of Unix time."""
        told = self._header(SENT)
        return int(told) if told.isdecimal() and len(told) < _MS_DIGITS else None

    @property
    def reason(self) -> str:
        """The named reason it was refused for."""
        return self._told("exception.class.name") or "unknown"

    @property
    def detail(self) -> str:
        """The rule it broke."""
        return self._told("exception.message")

    @property
    def source_topic(self) -> str:
        """The topic it was read from."""
        return self._told("topic")

    @property
    def source(self) -> str:
        """Topic, partition and offset it was read from."""
        return f"{self.source_topic}/{self._told('partition')}/{self._told('offset')}"

    def _told(self, name: str) -> str:
        return self._header(PREFIX + name)

    def _header(self, name: str) -> str:
        # The last one: the worker appends its own after whatever headers a message came with.
        for header, value in reversed(self.headers):
            if header == name:
                return value.decode("utf-8", "replace")
        return ""

    def without_value(self) -> Letter:
        """Leave out the bytes, for lists."""
        return replace(self, value=None)

    def described(self) -> dict[str, object]:
        """Describe it for programs."""
        return {
            "partition": self.partition,
            "offset": self.offset,
            "reason": self.reason,
            "detail": self.detail,
            "source_topic": self.source_topic,
            "source_partition": self._told("partition"),
            "source_offset": self._told("offset"),
            "stage": self._told("stage"),
            "size": self.size,
            "sent_at_ms": self.sent_at_ms,
            "time": f"{self.time:%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z",
        }

    def original_headers(self) -> list[tuple[str, bytes]]:
        """List the headers the message came with, without those that tell the reason."""
        return [(name, value) for name, value in self.headers if not name.startswith((PREFIX, OWN))]

    def not_replayable_because(self, settings: Settings) -> str | None:
        """Say why it can't go back, or None."""
        names = {name for name, _ in self.headers}
        if TRUNCATED in names:
            return f"only its beginning was kept; the whole is at {self.source}"
        if HEADERS_DROPPED in names:
            return f"its headers were not kept; the whole is at {self.source}"
        if self.source_topic not in destinations(settings):
            return f"it came from {self.source_topic or 'nowhere'}, which is none of the worker's topics"
        return None


def destinations(settings: Settings) -> dict[str, str]:
    """Tell where letters of each source topic go back to: a header must not choose any other topic."""
    return {
        settings.input_topic: settings.input_topic,
        rekeyed_topic(settings): settings.input_topic,  # intake moves it to the right partition again
        settings.claims_topic: settings.claims_topic,
    }


async def letters(settings: Settings) -> AsyncIterator[Letter]:
    """Yield all dead letters there are now."""
    async with reader(settings, [settings.dead_letters_topic]) as consumer:
        async for record in records(consumer):
            yield letter_of(record)


async def letter_at(settings: Settings, partition: int, offset: int) -> Letter:
    """Find one dead letter.

    Raises:
        StartError: there is none at that place.
    """
    topic = settings.dead_letters_topic
    nothing = StartError(f"no dead letter at partition {partition}, offset {offset}")
    async with reader(settings, [topic]) as consumer:
        place = TopicPartition(topic, partition)
        if place not in consumer.assignment():
            raise nothing
        begin, end = (await consumer.beginning_offsets([place]))[place], (await consumer.end_offsets([place]))[place]
        if not begin <= offset < end:
            raise nothing
        consumer.assign([place])
        consumer.seek(place, offset)
        async with asyncio.timeout(settings.start_timeout):
            letter = letter_of(await consumer.getone(place))
    if letter.offset != offset:
        raise nothing
    return letter


async def replay_letters(settings: Settings, places: set[tuple[int, int]]) -> int:
    """Send the letters at these places back, and count those that arrived."""
    back = destinations(settings)
    async with sender(settings, sorted(set(back.values()))) as out:
        async for letter in letters(settings):
            if letter.place in places:
                await out.send(
                    f"{letter.partition}:{letter.offset}",
                    back[letter.source_topic],
                    letter.key,
                    letter.value,
                    letter.original_headers(),
                    timestamp_ms=None if letter.reason == "future_date" else letter.sent_at_ms,
                )
    return out.confirmed


def letter_of(record: ConsumerRecord[Any, Any]) -> Letter:
    """Read a record of the dead-letter topic."""
    return Letter(
        partition=record.partition,
        offset=record.offset,
        time=datetime.fromtimestamp(max(0, record.timestamp) / 1000, UTC),
        key=record.key,
        value=record.value,
        size=len(record.value or b""),
        headers=tuple((name, value or b"") for name, value in record.headers),
    )


def escaped(content: bytes | None) -> str:
    """Write bytes for a terminal: valid text as it is, all else as escapes."""
    if content is None:
        return "null"
    return printable(content.decode("utf-8", "backslashreplace"))
