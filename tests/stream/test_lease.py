"""Under a lease that has run out nothing is written, and nobody waits who has to go."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

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
