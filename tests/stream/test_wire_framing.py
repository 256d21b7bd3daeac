"""Values in Confluent's wire framing, written and read by confluent-kafka's own serializers on a real broker."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.json_schema import JSONDeserializer, JSONSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

from tests.cli.programs import run
from tests.contract.catalogue import SCHEMAS
from tests.registry import registry
from tests.stream.workers import Message, World
from worker.registry import register

pytestmark = pytest.mark.broker

NIGHT = {
    "id": "wire-1",
    "title": "",
    "body": "Ukraine's air force said it shot down 41 of 52 drones launched by Russia overnight.",
    "published_at": "2025-06-18T07:30:00Z",
    "source": "wire.example",
    "language": "en",
}


async def test_framed_articles_become_framed_tallies(make_world: Callable[..., World]) -> None:
    with registry() as url, SchemaRegistryClient({"url": url}) as client:
        world = make_world(extra={"DRONETALLY_WIRE_FORMAT": "confluent", "DRONETALLY_SCHEMA_REGISTRY_URL": url})
        await world.make_topics()
        settings = world.settings
        before = await asyncio.to_thread(run, "check", settings=world.environment)
        assert before.returncode == 78
        assert "FAULT  registry    the registry does not know the schema of" in before.stdout
        register(settings)
        after = await asyncio.to_thread(run, "check", settings=world.environment)
        assert after.returncode == 0, after.stdout
        assert f"registry    knows the schemas of {settings.claims_topic}, {settings.day_topic}" in after.stdout
        written = JSONSerializer((SCHEMAS / "news.article" / "1.json").read_text(encoding="utf-8"), client)
        framed = written(NIGHT, SerializationContext(settings.input_topic, MessageField.VALUE))
        plain = json.dumps(NIGHT | {"id": "wire-2", "source": "plain.example"}).encode()
        assert framed is not None
        assert framed[:1] == b"\x00"
        messages = [Message(b"wire-1", framed), Message(b"wire-2", plain)]

        worker = world.start()
        await worker.ready()
        await world.send(messages)
        expected = world.expected(messages)
        assert len(expected) == 8  # a day and seven weeks
        assert await world.settle(expected) == expected

        topics = (settings.claims_topic, settings.day_topic, settings.week_topic)
        for topic in topics:
            assert {record.value[:1] for record in await world.records(topic) if record.value} == {b"\x00"}
        day = (await world.records(settings.day_topic))[-1]
        assert _read(client, settings.day_topic, day.value)["measures"]["intercepted"]["best"] == 41

        await world.send([Message(b"wire-1", None), Message(b"wire-2", None)])
        assert await world.settle({}) == {}
        assert (await world.records(settings.day_topic))[-1].value is None  # a tombstone has no frame


def _read(client: SchemaRegistryClient, topic: str, value: bytes | None) -> Any:
    reader = JSONDeserializer(None, schema_registry_client=client)
    return reader(value, SerializationContext(topic, MessageField.VALUE))
