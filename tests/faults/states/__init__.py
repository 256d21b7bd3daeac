"""What workers of each format of state left on Kafka: all topics of one group, as recorded, to be played back.

`python -m tests.faults.states NAME` records what the worker leaves now, once its format has changed; WORKER names the
folder of another revision to record.
"""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path

from aiokafka import AIOKafkaConsumer, TopicPartition

from tests.stream.workers import Message, World, article
from worker import topics

_FOLDER = Path(__file__).parent
PARTITIONS = 1
"""Offsets are part of the state, and must come out as they were."""


def names() -> list[str]:
    """Name the recordings there are."""
    return sorted(file.name.partition(".")[0] for file in _FOLDER.glob("*.jsonl.gz"))


def _file(name: str) -> Path:
    return _FOLDER / f"{name}.jsonl.gz"


def told() -> list[Message]:
    """What the recorded workers had read: an edit, a contradiction, a withdrawal, a copy, one without a count."""
    said = "Russia launched {} drones at Ukraine overnight, the air force said, and {} of them were shot down."
    one = article("one", said.format(40, 30), published_at="2025-06-04T07:00:00Z", source="wire.example")
    return [
        one,
        article("two", said.format(52, 41), published_at="2025-06-05T07:00:00Z", source="daily.example"),
        article("bread", "The council met about bread.", published_at="2025-06-05T08:00:00Z", source="daily.example"),
        article("one", said.format(44, 31), published_at="2025-06-04T09:00:00Z", source="wire.example", version=1),
        article("gone", said.format(99, 98), published_at="2025-06-05T06:00:00Z", source="wire.example"),
        one,
        Message(b"gone", None),
        article("other", said.format(48, 41), published_at="2025-06-05T09:00:00Z", source="visti.example"),
    ]


def told_later() -> list[Message]:
    """What those read who go on: news for each day, an edit and a withdrawal of what was there."""
    said = "Russia launched {} drones at Ukraine overnight, the air force said, and {} of them were shot down."
    return [
        article("three", said.format(45, 32), published_at="2025-06-04T11:00:00Z", source="daily.example"),
        article("two", said.format(53, 41), published_at="2025-06-05T11:00:00Z", source="daily.example", version=1),
        Message(b"other", None),
        article("four", said.format(20, 19), published_at="2025-06-05T06:00:00Z", source="wire.example"),
    ]


def _roles(world: World) -> dict[str, str]:
    """Name the topics of a world by their part in it, which is the same in every world."""
    return {spec.role: spec.name for spec in topics.specs(world.settings)}


def _written(part: bytes | None) -> str | None:
    """Write bytes so that people can read what is text."""
    if part is None:
        return None
    try:
        return f"text:{part.decode()}"
    except UnicodeDecodeError:
        return f"base64:{base64.b64encode(part).decode()}"


def _read(part: str | None) -> bytes | None:
    if part is None:
        return None
    kind, _, content = part.partition(":")
    return content.encode() if kind == "text" else base64.b64decode(content)


async def record(world: World, name: str) -> None:
    """Write all records of a world's topics, one a line."""
    lines = []
    for role, name in _roles(world).items():
        for found in await world.records(name):
            kept: dict[str, object] = {"topic": role, "offset": found.offset}
            kept |= {"key": _written(found.key), "value": _written(found.value)}
            if found.headers and role == "claims":
                kept["headers"] = {header: _written(content) for header, content in found.headers}
            lines.append(json.dumps(kept, ensure_ascii=False))
    _file(name).write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))


async def play(world: World, name: str) -> None:
    """Write the records of a recording to a world's topics, and commit them as read by its group."""
    roles, messages = _roles(world), dict[str, list[Message]]()
    for line in gzip.decompress(_file(name).read_bytes()).splitlines():
        given = json.loads(line)
        headers = tuple((name, _read(content) or b"") for name, content in given.get("headers", {}).items())
        sent = messages.setdefault(given["topic"], [])
        assert given["offset"] == len(sent), "a recording has no gaps"
        sent.append(Message(_read(given["key"]), _read(given["value"]), headers, partition=0))
    for role, sent in messages.items():
        await world.send(sent, roles[role])
    consumer = AIOKafkaConsumer(
        bootstrap_servers=world.bootstrap, group_id=world.settings.app_id, enable_auto_commit=False
    )
    await consumer.start()
    try:
        read = {
            TopicPartition(roles[role], 0): len(messages[role]) for role in ("articles", "claims") if role in messages
        }
        consumer.assign(list(read))
        await consumer.commit(read)
    finally:
        await consumer.stop()
