"""Sending messages that are confirmed by the brokers before anything is reported as sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError, TopicAuthorizationFailedError

from worker.clients.records import partitions_of
from worker.connection import ConfigurationError, UnavailableError, admin, client_options, quiet_aiokafka

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.settings import Settings

MAX_MESSAGE_BYTES = 16 * 1024 * 1024
_IN_FLIGHT = 5_000
_IN_FLIGHT_BYTES = 64 * 1024 * 1024


class Sender:
    """Sends messages and remembers which are not confirmed yet.

    `confirmed` counts what the brokers have taken so far; `refused` lists what they would not take.
    """

    def __init__(self, producer: AIOKafkaProducer) -> None:
        self._producer = producer
        self._pending: set[asyncio.Future[Any]] = set()
        self._pending_bytes = 0
        self._failure: BaseException | None = None
        self.confirmed = 0
        self.refused: list[str] = []

    async def send(
        self,
        label: str,
        topic: str,
        key: bytes | None,
        value: bytes | None,
        headers: Sequence[tuple[str, bytes]] = (),
        timestamp_ms: int | None = None,
    ) -> None:
        """Hand over one message, and wait while too many are on their way; `label` names it in `refused`.

        Raises:
            KafkaError: what stops every message, now or one that was sent before.
        """
        self._raise_failure()
        try:
            future = await self._producer.send(topic, value, key=key, headers=list(headers), timestamp_ms=timestamp_ms)
        except MessageSizeTooLargeError:
            self.refused.append(f"{label}: larger than {MAX_MESSAGE_BYTES} bytes")
            return
        size = len(value or b"")
        self._pending.add(future)
        self._pending_bytes += size
        # Not at the end alone: at a low rate that is hours away, and brokers may be gone meanwhile.
        future.add_done_callback(lambda done: self._take_note(label, size, done))
        if len(self._pending) >= _IN_FLIGHT or self._pending_bytes >= _IN_FLIGHT_BYTES:
            await self.confirm()

    async def confirm(self) -> None:
        """Wait until the brokers have taken or refused everything sent so far.

        Raises:
            KafkaError: what stops every message, such as missing rights or brokers that do not answer.
        """
        if self._pending:
            await asyncio.wait(self._pending)
        self._raise_failure()

    def _take_note(self, label: str, size: int, done: asyncio.Future[Any]) -> None:
        self._pending.discard(done)
        self._pending_bytes -= size
        error = KafkaError("not sent") if done.cancelled() else done.exception()
        if error is None:
            self.confirmed += 1
        elif isinstance(error, MessageSizeTooLargeError):
            self.refused.append(f"{label}: larger than the topic takes")
        elif self._failure is None:
            self._failure = error

    def _raise_failure(self) -> None:
        if self._failure is not None:
            raise self._failure


@asynccontextmanager
async def sender(settings: Settings, topics: Sequence[str]) -> AsyncIterator[Sender]:
    """Open a producer that waits for all replicas; what was sent is confirmed when the block ends.

    Raises:
        ConfigurationError: a topic is missing or may not be written.
        UnavailableError: the brokers do not answer.
    """
    async with admin(settings) as client:
        for topic in topics:
            await partitions_of(client, topic)
    with quiet_aiokafka():
        producer = AIOKafkaProducer(
            **client_options(settings), acks="all", linger_ms=5, max_request_size=MAX_MESSAGE_BYTES
        )
        try:
            await asyncio.wait_for(producer.start(), settings.start_timeout)
            opened = Sender(producer)
            yield opened
            await opened.confirm()
        except TopicAuthorizationFailedError:
            raise ConfigurationError(f"no right to write {' and '.join(topics)}; grant Write on it") from None
        except BrokenPipeError:  # of our own output, not of a broker: those are Kafka errors
            raise
        except (KafkaError, OSError, TimeoutError) as error:
            raise UnavailableError(
                f"brokers at {settings.bootstrap_servers} did not take everything ({type(error).__name__});"
                " sending all of it again does no harm"
            ) from None
        finally:
            await producer.stop()
