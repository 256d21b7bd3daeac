"""A worker as its users run it: a process of its own, with topics of its own, on the session's broker."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from zoneinfo import ZoneInfo

import msgspec
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.structs import ConsumerRecord

from worker import codec, gazetteer, topics
from worker.broker.ports import free_ports
from worker.codec import MessageError
from worker.connection import admin
from worker.pipeline.arrivals import read
from worker.pipeline.reconciler import Reconciler
from worker.pipeline.whole import Whole
from worker.settings import Settings, load

_LOG_BYTES = 1024 * 1024
"""What a worker may log before the test reads it: at the end of the pipe it would stand still."""


@dataclass(frozen=True)
class Message:
    """One message of the input topic; `partition` None lets the key decide."""

    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...] = ()
    partition: int | None = None
    timestamp_ms: int | None = None


def article(article_id: str, body: str, **fields: Any) -> Message:
    """An article keyed by its id, as contracts ask."""
    value = codec.to_json({"id": article_id, "title": "", "body": body, **fields})
    return Message(article_id.encode(), value)


def as_line(message: Message) -> bytes:
    """Write a message as files of articles have it."""
    if message.value is not None:
        return message.value + b"\n"
    version = dict(message.headers).get("version")
    withdrawal = {"id": (message.key or b"").decode(), "withdrawn": True}
    return codec.to_json(withdrawal | ({"version": int(version)} if version else {})) + b"\n"


@dataclass
class World:
    """Topics of one test and the workers on them."""

    bootstrap: str
    partitions: int = 4
    extra: Mapping[str, str] = field(default_factory=dict)
    name: str = field(default_factory=lambda: f"t{uuid.uuid4().hex[:8]}")
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """The settings as a user would set them."""
        names = ("input", "claims", "day", "week", "conflicts", "dead_letters")
        return {
            "DRONETALLY_BOOTSTRAP_SERVERS": self.bootstrap,
            "DRONETALLY_APP_ID": self.name,
            "DRONETALLY_PARTITIONS": str(self.partitions),
            "DRONETALLY_SESSION_TIMEOUT": "6",
            "DRONETALLY_HTTP_PORT": "0",
            **{f"DRONETALLY_{name.upper()}_TOPIC": f"{self.name}.{name}" for name in names},
            **self.extra,
        }

    @property
    def settings(self) -> Settings:
        """The same, read."""
        return load(self.environment)

    async def make_topics(self) -> None:
        """Create all topics."""
        async with admin(self.settings) as client:
            states = await topics.examine(client, self.settings)
            await topics.create_missing(client, states, self.settings.replication)
            async with asyncio.timeout(20):  # the brokers answer before every one of them knows the topics
                while any(state.problem for state in await topics.examine(client, self.settings)):
                    await asyncio.sleep(0.2)

    def start(self, program: str = "", **extra: str) -> Worker:
        """Start one more worker, or the Python `program` that runs one under some condition."""
        (port,) = free_ports(1)
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("DRONETALLY_")},
            **self.environment,
            "DRONETALLY_HTTP_PORT": str(port),
            **extra,
        }
        process = subprocess.Popen(
            [sys.executable, *(("-c", program) if program else ("-m", "worker", "worker"))],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
            pipesize=_LOG_BYTES,
        )
        self.running.append(process)
        return Worker(process, port)

    def stop(self) -> None:
        """End what still runs, by process id."""
        for process in self.running:
            if process.poll() is None:
                process.kill()
            if process.stderr is not None and not process.stderr.closed:
                process.communicate()

    async def send(self, messages: Iterable[Message], topic: str | None = None, compression: str | None = None) -> None:
        """Write messages to a topic, by default that of the articles."""
        producer = AIOKafkaProducer(
            bootstrap_servers=self.bootstrap,
            acks="all",
            max_request_size=12 * 1024 * 1024,
            linger_ms=5,
            compression_type=compression,
        )
        await producer.start()
        try:
            sends = [
                await producer.send(
                    topic or self.settings.input_topic,
                    message.value,
                    key=message.key,
                    partition=message.partition,
                    headers=list(message.headers),
                    timestamp_ms=message.timestamp_ms,
                )
                for message in messages
            ]
            await asyncio.gather(*sends)
        finally:
            await producer.stop()

    async def records(self, topic: str) -> list[ConsumerRecord[bytes, bytes]]:
        """Everything a topic holds now, in the order of each partition."""
        consumer = AIOKafkaConsumer(bootstrap_servers=self.bootstrap, enable_auto_commit=False)
        await consumer.start()
        try:
            parts = [TopicPartition(topic, number) for number in range(self.partitions)]
            consumer.assign(parts)
            await consumer.seek_to_beginning(*parts)
            ends = await consumer.end_offsets(parts)
            found: list[ConsumerRecord[bytes, bytes]] = []
            async with asyncio.timeout(60):
                while any([await consumer.position(part) < ends[part] for part in parts]):
                    for batch in (await consumer.getmany(timeout_ms=300)).values():
                        found += batch
            return found
        finally:
            await consumer.stop()

    async def published(self) -> dict[str, bytes]:
        """The tallies that a consumer keeping the last message of each key has now, revision set to 0."""
        last: dict[str, bytes] = {}
        for size, topic in (("P1D", self.settings.day_topic), ("P7D", self.settings.week_topic)):
            for record in await self.records(topic):
                key = f"{size} {record.key.decode()}"
                if record.value is None:
                    last.pop(key, None)
                else:
                    last[key] = codec.encode(msgspec.structs.replace(codec.decode_tally(record.value), revision=0))
        return last

    def expected(self, messages: Iterable[Message]) -> dict[str, bytes]:
        """The tallies that all these messages come to, computed in memory, in the order given."""
        settings = self.settings
        reconciler = Reconciler(ZoneInfo(settings.zone), gazetteer.name, settings.final_after, settings.retention)
        whole = Whole(reconciler)
        for message in messages:
            try:
                arrival = read(
                    message.key, message.value, dict(message.headers), datetime.now(UTC), settings.future_tolerance
                )
            except MessageError:
                continue
            whole.take_in(arrival)
        return {f"{tally.window.size} {tally.key}": codec.encode(tally) for tally in whole.tallies(("P1D", "P7D"))}

    async def settle(self, expected: dict[str, bytes], seconds: float = 60) -> dict[str, bytes]:
        """Wait until what is published is what is expected, and return what is published in the end."""
        deadline = time.monotonic() + seconds
        while (published := await self.published()) != expected and time.monotonic() < deadline:
            await asyncio.sleep(1)
        return published


@dataclass
class Worker:
    """One worker process and its pages."""

    process: subprocess.Popen[bytes]
    port: int

    def page(self, path: str) -> tuple[int, str]:
        """Ask one of its pages; 0 if nobody listens yet."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()
        except (URLError, OSError):
            return 0, ""

    async def ready(self, seconds: float = 40) -> None:
        """Wait until it says that it is ready."""
        deadline = time.monotonic() + seconds
        while (answer := self.page("/readyz"))[0] != 200:
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.process.kill()
                raise AssertionError(f"not ready: {answer}; {self.process.communicate()[1].decode()[-3000:]}")
            await asyncio.sleep(0.2)

    def metric(self, line_start: str) -> float:
        """Read one sample of /metrics; 0 if it has none."""
        for line in self.page("/metrics")[1].splitlines():
            if line.startswith(line_start):
                return float(line.rsplit(" ", 1)[1])
        return 0.0

    def end(self, number: signal.Signals, seconds: float = 30) -> tuple[int, str]:
        """Send a signal, and return the exit code and what it wrote to stderr."""
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=seconds)
        return self.process.returncode, errors.decode()


def repository() -> Path:
    """The root of the project."""
    return Path(__file__).parents[2]
