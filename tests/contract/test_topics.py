"""The table of topics says what the program creates, writes and expects."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, get_args

import pytest

from tests.contract import catalogue
from tests.contract.catalogue import VERSIONS, current, topics, validator
from worker import codec, tracing
from worker.codec import MessageError, Reason
from worker.settings import load
from worker.stream import envelope
from worker.stream.dead_letters import DeadLetters
from worker.topics import TopicSpec, specs
from worker.tracing import Trace

SPECS = {spec.name: spec for spec in specs(load({}))}
DAY_MS = 24 * 60 * 60 * 1000


def test_the_table_names_every_topic_and_no_other() -> None:
    assert topics().keys() == SPECS.keys()


@pytest.mark.parametrize("spec", SPECS.values(), ids=list(SPECS))
def test_topic_is_created_as_the_table_says(spec: TopicSpec) -> None:
    topic = topics()[spec.name]
    assert (topic["role"], topic["owner"], topic["cleanup"]) == (spec.role, spec.owner, spec.cleanup)
    assert {**topic.get("config", {}), **_retention(topic)} == spec.config


@pytest.mark.parametrize("spec", [spec for spec in SPECS.values() if spec.owner != "internal"], ids=lambda s: s.name)
def test_topic_can_be_renamed_by_its_setting(spec: TopicSpec) -> None:
    renamed = load({}, **{topics()[spec.name]["setting"]: "other.name"})
    assert [other.name for other in specs(renamed) if other.role == spec.role] == ["other.name"]


@pytest.mark.parametrize("name", topics())
def test_topic_says_what_readers_need(name: str) -> None:
    topic = topics()[name]
    known = {"role", "owner", "key", "value", "cleanup", "retention", "config"}
    if topic["owner"] != "internal":
        known |= {"setting", "null_value", "headers", "producers", "consumers", "required_headers", "optional_headers"}
        assert topic["producers"]
        assert topic["consumers"]
    assert topic.keys() <= known
    assert all(topic[field] for field in ("role", "owner", "key", "value", "cleanup"))
    assert ("retention" in topic) == (topic["cleanup"] == "delete")


def test_every_message_is_on_a_topic() -> None:
    assert {current(message) for message in catalogue.MESSAGES} <= set(VERSIONS)


@pytest.mark.parametrize(
    "name", [name for name, topic in topics().items() if "ce_id" in topic.get("required_headers", ())]
)
@pytest.mark.parametrize("time", [None, datetime(2025, 5, 21, 9, 10, tzinfo=UTC)])
@pytest.mark.parametrize("trace", [None, Trace(b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", b"rojo=1")])
def test_published_messages_carry_the_headers_of_the_table(
    name: str, time: datetime | None, trace: Trace | None
) -> None:
    topic = topics()[name]
    written = dict(envelope.headers(name, "id", time, trace))
    assert set(topic["required_headers"]) <= written.keys()
    assert written.keys() <= {*topic["required_headers"], *topic["optional_headers"]}
    if time is not None and trace is not None:
        assert written.keys() == {*topic["required_headers"], *topic["optional_headers"]}
        assert written["ce_time"] == b"2025-05-21T09:10:00Z"


def test_withdrawals_read_the_header_of_the_table() -> None:
    assert codec.VERSION_HEADER in topics()["news.article.v1"]["optional_headers"]
    assert {tracing.PARENT, tracing.STATE} <= set(topics()["news.article.v1"]["optional_headers"])


def test_headers_of_dead_letters_are_named_alike_in_table_and_schema() -> None:
    topic = topics()["drone.dead-letters.v1"]
    schema = catalogue.schema(topic["headers"])
    assert sorted(topic["required_headers"]) == sorted(schema["required"])
    assert {*topic["required_headers"], *topic["optional_headers"]} == schema["properties"].keys()


class _Sent:
    """Keeps what a dead letter's writer hands over; nothing of it is sent."""

    def __init__(self) -> None:
        self.headers: list[tuple[str, bytes]] = []

    async def send(self, _topic: str, _key: object, _value: object, *, headers: Any, **_: object) -> None:
        self.headers = headers


@pytest.mark.parametrize("reason", get_args(Reason))
@pytest.mark.parametrize("stage", ["intake", "reconcile"])
@pytest.mark.parametrize("original", [[], [("x-crawler", b"eu-2")], {"x-crawler": b"\xff\xfe"}, [("x", b"y" * 70_000)]])
def test_dead_letters_carry_the_headers_of_the_schema(reason: Reason, stage: str, original: Any) -> None:
    message = SimpleNamespace(
        topic="news.article.v1", partition=2, offset=90_417, key=b"a", value=b"{", headers=original, timestamp=0.0
    )
    sent, event = _Sent(), SimpleNamespace(message=message)
    dead_letters = DeadLetters("drone.dead-letters.v1")
    error = MessageError(reason, "neither title nor body has text")
    asyncio.run(dead_letters.put_aside(sent, event, stage, error))  # type: ignore[arg-type]
    headers = {name: value.decode("utf-8", "replace") for name, value in sent.headers}
    validator(current("drone.dead-letter-headers")).validate(headers)
    assert headers["__connect.errors.exception.class.name"] == reason
    assert headers["__connect.errors.stage"] == stage


def _retention(topic: dict[str, Any]) -> dict[str, str]:
    match topic.get("retention"):
        case None:
            return {}
        case "for ever":
            return {"retention.ms": "-1"}
        case days:
            return {"retention.ms": str(int(days.removesuffix(" d")) * DAY_MS)}
