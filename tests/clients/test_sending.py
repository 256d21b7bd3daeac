"""Sending waits for the brokers: what is on its way is bounded in number and in bytes."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiokafka.errors import KafkaTimeoutError, MessageSizeTooLargeError

from worker.clients.sending import Sender


class Slow:
    """Takes every message at once and confirms none until told; a stand-in for what aiokafka keeps in memory."""

    def __init__(self) -> None:
        self.waiting: list[asyncio.Future[None]] = []

    async def send(self, *_: Any, **__: Any) -> asyncio.Future[None]:
        self.waiting.append(asyncio.get_running_loop().create_future())
        return self.waiting[-1]

    def confirm_all(self) -> None:
        for future in self.waiting:
            if not future.done():
                future.set_result(None)


@pytest.mark.parametrize(("value", "most"), [(b"x", 5_000), (b"x" * 1024 * 1024, 64)])
async def test_no_more_is_on_its_way_than_allowed(value: bytes, most: int) -> None:
    slow = Slow()
    sender = Sender(slow)

    async def send_all() -> None:
        for number in range(most + 10):
            await sender.send(str(number), "topic", None, value)
        await sender.confirm()

    sending = asyncio.create_task(send_all())
    while len(slow.waiting) < most:
        await asyncio.sleep(0)
    for _ in range(100):
        await asyncio.sleep(0)
    assert len(slow.waiting) == most  # the next one waits for a confirmation
    assert sender.confirmed == 0
    slow.confirm_all()
    while len(slow.waiting) < most + 10:
        await asyncio.sleep(0)
    slow.confirm_all()
    await sending
    assert sender.confirmed == most + 10


async def test_what_was_taken_is_known_before_the_end() -> None:
    slow = Slow()
    sender = Sender(slow)
    for number in range(3):
        await sender.send(str(number), "topic", None, b"x")
    slow.waiting[1].set_result(None)
    await asyncio.sleep(0)
    assert sender.confirmed == 1
    slow.waiting[0].set_exception(MessageSizeTooLargeError())
    await asyncio.sleep(0)
    assert sender.refused == ["0: larger than the topic takes"]
    slow.confirm_all()
    await sender.confirm()
    assert sender.confirmed == 2


async def test_what_stops_every_message_stops_the_next_one() -> None:
    slow = Slow()
    sender = Sender(slow)
    await sender.send("0", "topic", None, b"x")
    slow.waiting[0].set_exception(KafkaTimeoutError())
    await asyncio.sleep(0)
    with pytest.raises(KafkaTimeoutError):
        await sender.send("1", "topic", None, b"x")
    assert len(slow.waiting) == 1, "nothing is handed over behind it"
    with pytest.raises(KafkaTimeoutError):
        await sender.confirm()
