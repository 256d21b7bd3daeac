"""Unreadable messages: kept as they came, with the reason in headers that Kafka Connect's tools read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.codec import MessageError
from worker.metrics import DEAD_LETTERS
from worker.stream.outbox import Headers, Outbox, PublishError
from worker.stream.unpacking import MOST_UNPACKED, Unread

if TYPE_CHECKING:
    from faust.types import EventT

_PREFIX = "__connect.errors."
_TRUNCATED = "dronetally.truncated.bytes"
_CONFIRM_ALONE_BYTES = 512 * 1024
_TRUNCATED_BYTES = 64 * 1024
_MAX_ORIGINAL_HEADERS_BYTES = 64 * 1024


class DeadLetters:
    """Writes to the dead-letter topic."""

    def __init__(self, topic: str) -> None:
        self._topic = topic

    async def put_aside(self, outbox: Outbox, event: EventT, stage: str, error: MessageError) -> None:
        """Send a message aside; the caller confirms the outbox before it acknowledges the source.

        Raises:
            PublishError: the dead-letter topic can't be written.
        """
        message = event.message
        headers = [
            *_original(message.headers),
            (f"{_PREFIX}topic", message.topic.encode()),
            (f"{_PREFIX}partition", b"%d" % message.partition),
            (f"{_PREFIX}offset", b"%d" % message.offset),
            # Not as the letter's own time: an old message would be past the topic's retention at once.
            ("dronetally.sent.ms", b"%d" % int((message.timestamp or 0) * 1000)),
            (f"{_PREFIX}stage", stage.encode()),
            (f"{_PREFIX}exception.class.name", error.reason.encode()),
            (f"{_PREFIX}exception.message", error.detail.encode("utf-8", "replace")),
        ]
        value: bytes | None = message.value
        if isinstance(value, Unread):
            headers.append((_TRUNCATED, b"%d" % MOST_UNPACKED))
        if value is None or len(value) <= _CONFIRM_ALONE_BYTES:
            await outbox.send(self._topic, message.key, value, headers=headers)
        else:
            await self._send_large(outbox, event, value, headers)
        DEAD_LETTERS.labels(error.reason).inc()

    async def _send_large(self, outbox: Outbox, event: EventT, value: bytes, headers: Headers) -> None:
        """Send a message that the brokers may refuse for its size, and then its beginning instead.

        The whole stays where it was read, at the topic, partition and offset that the headers name.
        """
        message = event.message
        await outbox.confirm()
        try:
            await outbox.send(self._topic, message.key, value, headers=headers)
            await outbox.confirm()
        except PublishError as failed:
            if type(failed.error).__name__ not in ("MessageSizeTooLargeError", "RecordListTooLargeError"):
                raise
            headers = [*headers, (_TRUNCATED, b"%d" % len(value))]
            await outbox.send(self._topic, message.key, value[:_TRUNCATED_BYTES], headers=headers)


def _original(headers: object) -> Headers:
    """Take over the message's own headers, unless they alone are larger than a message should be."""
    pairs = list(headers.items()) if isinstance(headers, dict) else list(headers or [])  # type: ignore[call-overload]
    kept = [(str(name), value or b"") for name, value in pairs]
    size = sum(len(name) + len(value) for name, value in kept)
    return kept if size <= _MAX_ORIGINAL_HEADERS_BYTES else [("dronetally.headers.dropped.bytes", b"%d" % size)]
