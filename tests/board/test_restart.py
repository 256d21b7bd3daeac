"""A board outlives its brokers: it shows what it knows, says that they are silent, and goes on when they are back."""

from __future__ import annotations

import asyncio
import signal
import time

import pytest
from aiokafka.admin import AIOKafkaAdminClient

from tests.board.history import tallies
from tests.board.stage import Board, start_board
from tests.brokers import kafka_with
from tests.cli.programs import run
from tests.stream.workers import Message, World
from worker.broker import Broker, KafkaOptions
from worker.codec import encode

pytestmark = pytest.mark.broker

TALLIES = [tally for tally in tallies(days=2) if tally.window.size == "P1D"]


async def shown(board: Board, count: int) -> None:
    """Wait until so many tallies are there."""
    deadline = time.monotonic() + 60
    while (now := (await asyncio.to_thread(board.ask, "api/frame"))["tallies"]) != count:
        assert time.monotonic() < deadline, f"{now} tallies"
        await asyncio.sleep(0.2)


async def test_brokers_are_killed_and_come_back() -> None:
    with kafka_with(KafkaOptions()) as kafka:
        world = World(kafka.bootstrap, partitions=1)
        await world.make_topics()
        first, second = TALLIES[:10], TALLIES[10:20]
        await world.send([Message(each.key.encode(), encode(each)) for each in first], world.settings.day_topic)
        board = start_board(world.environment)
        try:
            await board.until("live")
            await shown(board, 10)
            kafka.nodes[0].kill()
            await board.until("silent")
            assert board.ask("api/frame")["tallies"] == 10
            await asyncio.to_thread(kafka.nodes[0].start)
            await board.until("live")
            await world.send([Message(each.key.encode(), encode(each)) for each in second], world.settings.day_topic)
            await shown(board, 20)
        finally:
            board.stop()


async def test_topics_made_anew_are_read_anew(kafka: Broker) -> None:
    world = World(kafka.bootstrap, partitions=1)
    await world.make_topics()
    topic = world.settings.day_topic
    await world.send([Message(each.key.encode(), encode(each)) for each in TALLIES[:10]], topic)
    board = start_board(world.environment)
    try:
        await board.until("live")
        admin = AIOKafkaAdminClient(bootstrap_servers=kafka.bootstrap)
        await admin.start()
        await admin.delete_topics([topic])
        await admin.close()
        await asyncio.sleep(1)
        await world.make_topics()
        await world.send([Message(each.key.encode(), encode(each)) for each in TALLIES[10:13]], topic)
        await shown(board, 3)
        board.process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(board.process.wait, 10) == 0
    finally:
        board.stop()


def test_without_brokers_or_topics_it_says_so_and_ends(kafka: Broker) -> None:
    nowhere = run("board", "--port", "0", settings={"DRONETALLY_BOOTSTRAP_SERVERS": "127.0.0.1:1"})
    assert nowhere.returncode == 69
    assert "no broker answers" in nowhere.stderr.splitlines()[-1]
    bare = World(kafka.bootstrap)
    empty = run("board", "--port", "0", settings=bare.environment)
    assert empty.returncode == 78
    assert "topics apply" in empty.stderr.splitlines()[-1]


def test_a_port_that_is_taken_is_told_in_one_line(kafka: Broker) -> None:
    port = kafka.bootstrap.rpartition(":")[2]
    taken = run("board", "--port", port, settings={"DRONETALLY_BOOTSTRAP_SERVERS": kafka.bootstrap})
    assert taken.returncode == 78
    assert taken.stderr.count("\n") == 1
    assert "choose another --port" in taken.stderr
