"""Start, stop and refusal: codes, one clear line, in bounded time."""

from __future__ import annotations

import asyncio
import signal
import socket
import time
from collections.abc import Callable

import pytest
from aiokafka.admin import NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from tests.brokers import needs
from tests.stream.pages import refusal
from tests.stream.workers import Message, World
from worker.broker import Broker
from worker.connection import admin

pytestmark = pytest.mark.broker


async def test_pages_tell_of_start_readiness_and_life(world: World) -> None:
    worker = world.start()
    await worker.ready()
    assert worker.page("/livez")[0] == 200
    assert worker.page("/startupz")[0] == 200
    assert worker.page("/elsewhere")[0] == 404
    assert "dronetally_ready 1.0" in worker.page("/metrics")[1]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_the_worker_cleanly(world: World, number: signal.Signals) -> None:
    worker = world.start()
    await worker.ready()
    started = time.monotonic()
    code, errors = worker.end(number)
    assert code == 0, errors
    assert time.monotonic() - started < 25
    assert "Traceback" not in errors


@pytest.mark.parametrize("when", [0.8, 1.1, 1.4, 2.0, 3.0])
async def test_a_signal_ends_the_worker_before_it_is_ready(world: World, when: float) -> None:
    worker = world.start()
    time.sleep(when)  # noqa: ASYNC251 (nothing else runs in this loop)
    started = time.monotonic()
    code, errors = worker.end(signal.SIGTERM)
    assert code == 0, errors
    assert "Traceback" not in errors
    assert time.monotonic() - started < 10, errors


async def test_a_signal_ends_the_worker_while_it_waits_for_a_silent_broker(make_world: Callable[..., World]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        worker = make_world().start(DRONETALLY_BOOTSTRAP_SERVERS=f"127.0.0.1:{silent.getsockname()[1]}")
        time.sleep(4)  # noqa: ASYNC251 (nothing else runs in this loop)
        started = time.monotonic()
        code, errors = worker.end(signal.SIGTERM)
    assert code == 0, errors
    assert time.monotonic() - started < 5, errors


async def test_no_broker_is_one_line_and_code_69(make_world: Callable[..., World]) -> None:
    world = make_world()
    started = time.monotonic()
    worker = world.start(DRONETALLY_BOOTSTRAP_SERVERS="127.0.0.1:1")
    code, line = refusal(worker)
    assert (code, "no broker answers at 127.0.0.1:1" in line) == (69, True), line
    assert time.monotonic() - started < 15


async def test_missing_topics_are_one_line_and_code_78(kafka: Broker, make_world: Callable[..., World]) -> None:
    needs(kafka, "refusing unknown topics")
    code, line = refusal(make_world().start())
    assert code == 78, line
    assert "is missing" in line
    assert "topics apply" in line


async def test_a_wrong_number_of_partitions_is_one_line_and_code_78(make_world: Callable[..., World]) -> None:
    world = make_world()
    async with admin(world.settings) as client:
        await client.create_topics([NewTopic(world.settings.claims_topic, 7, 1)])
    await world_topics(world)
    code, line = refusal(world.start())
    assert code == 78, line
    assert "has 7 partitions, needs 4" in line


async def test_a_taken_port_is_one_line_and_code_78(world: World) -> None:
    first = world.start()
    await first.ready()
    code, line = refusal(world.start(DRONETALLY_HTTP_PORT=str(first.port)))
    assert (code, f":{first.port}" in line) == (78, True), line


async def test_a_wrong_setting_is_one_line_and_code_78(make_world: Callable[..., World]) -> None:
    code, line = refusal(make_world().start(DRONETALLY_ZONE="Europe/Nowhere"))
    assert (code, "DRONETALLY_ZONE" in line) == (78, True), line


async def world_topics(world: World) -> None:
    """Create the topics that are missing, although one does not fit."""
    from worker import topics

    async with admin(world.settings) as client:
        await topics.create_missing(client, await topics.examine(client, world.settings), 1)


@pytest.mark.parametrize("watched", [True, False])
async def test_who_reads_metrics_regularly_reads_what_ended_the_worker(world: World, watched: bool) -> None:
    worker = world.start()
    await worker.ready()
    letters = ConfigResource(ConfigResourceType.TOPIC, world.settings.dead_letters_topic, {"max.message.bytes": "10"})
    async with admin(world.settings) as client:
        await client.alter_configs([letters])
    if watched:
        assert worker.page("/metrics")[0] == 200
    await world.send([Message(b"poison", b"no article")])
    if watched:
        await asyncio.sleep(8)  # between two scrapes
        assert worker.process.poll() is None
        assert worker.page("/readyz")[0] == 503
        found = worker.page("/metrics")[1]
        assert f'publish_errors_total{{error="MessageSizeTooLargeError",topic="{letters.name}"}} 1.0' in found
    assert await asyncio.to_thread(worker.process.wait, 12) == 69
