"""The play itself: messages go out at a watchable pace, and what the worker publishes comes back."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from aiokafka.errors import KafkaError

from worker import codec
from worker.clients.records import reader
from worker.clients.sending import sender
from worker.codec import MessageError
from worker.connection import UnavailableError

if TYPE_CHECKING:
    from aiokafka import AIOKafkaConsumer, ConsumerRecord

    from worker.demo.crew import Crew
    from worker.demo.scoreboard import Scoreboard
    from worker.demo.script import Script
    from worker.demo.views import View
    from worker.settings import Settings

_REDRAW_SECONDS = 0.25
_COUNTED_SECONDS = 60.0
_QUIET_SECONDS = 3.0


async def play(settings: Settings, script: Script, seconds: float, board: Scoreboard, view: View, crew: Crew) -> None:
    """Send all scenes within so many seconds, and show what comes back until everything is counted.

    Raises:
        StartError: the brokers or the worker fail.
    """
    topics = [settings.day_topic, settings.claims_topic, settings.dead_letters_topic]
    async with reader(settings, topics) as consumer:
        following = asyncio.create_task(_follow(consumer, settings, board, view))
        acting = asyncio.create_task(_act(consumer, settings, script, seconds, view, crew))
        try:
            await asyncio.wait({following, acting}, return_when=asyncio.FIRST_COMPLETED)
            for task in (acting, following):
                if task.done():
                    task.result()  # tells of its failure
        finally:
            for task in (acting, following):
                task.cancel()
            await asyncio.gather(acting, following, return_exceptions=True)
    view.refresh(board)
    view.say(f"all {len(script.scenes)} messages are counted")


async def _act(
    consumer: AIOKafkaConsumer, settings: Settings, script: Script, seconds: float, view: View, crew: Crew
) -> None:
    await _send(settings, script, seconds, view)
    await _until_counted(crew, len(script.scenes), consumer)


async def _send(settings: Settings, script: Script, seconds: float, view: View) -> None:
    pause = seconds / max(1, len(script.scenes))
    started = time.monotonic()
    async with sender(settings, [settings.input_topic]) as out:
        for number, scene in enumerate(script.scenes, 1):
            await asyncio.sleep(max(0.0, started + number * pause - time.monotonic()))
            await out.send(str(number), settings.input_topic, scene.key, scene.value, list(scene.headers.items()))
            await out.confirm()
            view.sent(number, len(script.scenes), scene.announcement)


async def _follow(consumer: AIOKafkaConsumer, settings: Settings, board: Scoreboard, view: View) -> None:
    while True:
        batches = await consumer.getmany(timeout_ms=int(_REDRAW_SECONDS * 1000))
        for records in batches.values():
            for record in records:
                _take(record, settings, board, view)
        view.refresh(board)


def _take(
    record: ConsumerRecord[bytes | None, bytes | None], settings: Settings, board: Scoreboard, view: View
) -> None:
    try:
        if record.topic == settings.claims_topic:
            board.take_claims(codec.decode_claims(record.value or b""))
        elif record.topic == settings.day_topic:
            key = (record.key or b"").decode("utf-8", "replace")
            board.take_tally(key, codec.decode_tally(record.value) if record.value is not None else None)
        else:
            reason = dict(record.headers).get("__connect.errors.exception.class.name", b"unknown")
            view.say(f"dead letter: {reason.decode('utf-8', 'replace')}, kept with its bytes in {record.topic}")
    except MessageError as error:
        view.say(f"{record.topic}: {error}")


async def _until_counted(crew: Crew, messages: int, consumer: AIOKafkaConsumer) -> None:
    """Wait until the worker has nothing left to do, and nothing new was published for a while.

    Both, because the worker's own measure of its lag is a second or two old.
    """
    deadline = time.monotonic() + _COUNTED_SECONDS
    ends, since = await _ends(consumer), time.monotonic()
    while True:
        now = time.monotonic()
        if now > deadline:
            raise UnavailableError(f"the worker has not counted everything within {_COUNTED_SECONDS:.0f} s")
        newest = await _ends(consumer)
        if newest != ends or not await asyncio.to_thread(crew.has_counted, messages) or not await _read(consumer, ends):
            ends, since = newest, now
        elif now - since > _QUIET_SECONDS:
            return
        await asyncio.sleep(0.3)


async def _ends(consumer: AIOKafkaConsumer) -> dict[Any, int]:
    try:
        return dict(await consumer.end_offsets(list(consumer.assignment())))
    except KafkaError as error:
        raise UnavailableError(f"the brokers do not answer ({type(error).__name__})") from None


async def _read(consumer: AIOKafkaConsumer, ends: dict[Any, int]) -> bool:
    """Tell whether everything up to these ends was read here too."""
    return not [partition for partition, end in ends.items() if await consumer.position(partition) < end]
