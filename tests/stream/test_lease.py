"""Under a lease that has run out nothing is written, and nobody waits who has to go."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka.errors import NoError, UnknownMemberIdError
from aiokafka.protocol.commit import OffsetCommitRequest
from aiokafka.protocol.group import HeartbeatRequest, JoinGroupRequest, SyncGroupRequest
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread

from worker.stream.consumer import LeasingThread, RewindingConsumer
from worker.stream.lease import Lease
from worker.stream.outbox import Outbox, StaleBatchError


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


def test_a_lease_lasts_half_a_session_from_before_the_question() -> None:
    clock = Clock()
    lease = Lease(session_timeout=30, now=clock)
    assert not lease.held  # nothing was ever confirmed
    asked_at = lease.now()
    clock.time += 4  # the answer takes its time
    lease.renew(asked_at)
    clock.time = asked_at + 14.9
    assert lease.held
    clock.time = asked_at + 15
    assert not lease.held


def test_a_lease_that_was_taken_back_is_not_held_until_it_is_renewed() -> None:
    clock = Clock()
    lease = Lease(session_timeout=30, now=clock)
    lease.renew(lease.now())
    lease.end()
    assert not lease.held
    lease.renew(lease.now())
    assert lease.held


def test_an_older_confirmation_that_comes_late_shortens_nothing() -> None:
    clock = Clock()
    lease = Lease(session_timeout=30, now=clock)
    lease.renew(100)
    lease.renew(90)
    clock.time = 114
    assert lease.held


async def test_a_batch_waits_for_the_lease_and_goes_on() -> None:
    clock, app = Clock(), _app()
    lease = Lease(session_timeout=30, now=clock)
    waiting = asyncio.create_task(Outbox(app, lease).require_ours())
    await asyncio.sleep(0.15)
    assert not waiting.done()
    lease.renew(lease.now())
    await asyncio.wait_for(waiting, 5)


async def test_a_batch_without_lease_gives_up_when_partitions_move() -> None:
    app, leaving = _app(), asyncio.Event()
    lease = Lease(session_timeout=30, now=Clock())
    waiting = asyncio.create_task(Outbox(app, lease, leaving.is_set).require_ours())
    await asyncio.sleep(0.15)
    assert not waiting.done()
    leaving.set()
    with pytest.raises(StaleBatchError):
        await asyncio.wait_for(waiting, 5)


async def test_a_batch_of_an_earlier_assignment_gives_up_whatever_the_lease() -> None:
    app = _app()
    lease = Lease(session_timeout=30, now=Clock())
    lease.renew(lease.now())
    outbox = Outbox(app, lease)
    await outbox.require_ours()
    app.consumer_generation_id = 2
    with pytest.raises(StaleBatchError):
        await outbox.require_ours()


def _app() -> Any:
    return SimpleNamespace(consumer_generation_id=1)


_JOIN = JoinGroupRequest("group", 1, 1, "", "worker-0", "consumer", [])
_SYNC = SyncGroupRequest("group", 1, "member", "worker-0", [])
_BEAT = HeartbeatRequest("group", 1, "member")
_COMMIT = OffsetCommitRequest("group", 1, "member", -1, [])


@pytest.mark.parametrize(
    ("request_", "answer"),
    [
        (_BEAT, SimpleNamespace(error_code=UnknownMemberIdError.errno)),
        (_COMMIT, SimpleNamespace(topics=[("in", [(0, NoError.errno), (1, UnknownMemberIdError.errno)])])),
        (_JOIN, SimpleNamespace(error_code=82)),
        (_SYNC, SimpleNamespace(error_code=82)),
    ],
    ids=["heart-beat", "commit", "join", "sync"],
)
async def test_a_member_whose_name_is_taken_asks_for_nothing_more(
    monkeypatch: pytest.MonkeyPatch, request_: Any, answer: Any
) -> None:
    asked: list[Any] = []

    async def ask(request: Any) -> Any:
        asked.append(request)
        return answer

    async def on_start(_: Any) -> None:
        """Nothing is connected here."""

    monkeypatch.setattr(AIOKafkaConsumerThread, "on_start", on_start)
    consumer: Any = RewindingConsumer.__new__(RewindingConsumer)
    consumer.app = SimpleNamespace(conf=SimpleNamespace(consumer_group_instance_id="worker-0"))
    consumer.lease, consumer.fenced = Lease(session_timeout=30), False
    consumer.lease.renew(consumer.lease.now())
    thread: Any = LeasingThread.__new__(LeasingThread)
    coordinator = SimpleNamespace(_send_req=ask)
    thread.consumer, thread._consumer = consumer, SimpleNamespace(_coordinator=coordinator)
    await thread.on_start()
    with pytest.raises(UnknownMemberIdError):
        await coordinator._send_req(request_)
    assert consumer.fenced
    assert not consumer.lease.held
    answer = SimpleNamespace(error_code=NoError.errno)
    for request in (_JOIN, _SYNC, _BEAT, _COMMIT):
        with pytest.raises(UnknownMemberIdError):
            await coordinator._send_req(request)
    assert asked == [request_]
    assert not consumer.lease.held
