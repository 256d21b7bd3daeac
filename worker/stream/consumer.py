"""faust's consumer, made to lose nothing while partitions are assigned, to know how long they are its, to spare memory.

Records that were on their way while partitions move are dropped, and every partition is then set back to its committed
offset. Three things go wrong there:

- A partition without a committed offset has none to be set back to: faust leaves it behind the dropped records, says
  "ready", and they are read only after the next restart. That is what every partition of a new group looks like.
- Partitions flow while they are set back one after the other, each with a question to the brokers, and only then are
  the agents' queues emptied: what came from the first and was not yet taken is gone. Its offset is committed by the
  records behind it, for faust takes a jump in the offsets it reads for records compacted away.
- A fetch that was under way when partitions moved may bring the first records of changelogs that a recovery has just
  set back, before it sets the flow going: they are dropped, their offsets are behind us, and the recovery waits for
  them for ever. faust's own event for the end of a fetch is never cleared. What would be dropped is given back.

It also hands the records of changelogs over by the batch, see `worker.stream.recovery`.
"""

from __future__ import annotations

import asyncio
import contextlib
import weakref
from collections.abc import AsyncIterator
from typing import Any

from aiokafka.errors import KafkaError, NoError, UnknownMemberIdError
from aiokafka.protocol.commit import OffsetCommitRequest
from aiokafka.protocol.group import HeartbeatRequest, JoinGroupRequest, SyncGroupRequest
from aiokafka.structs import TopicPartition
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, Consumer

from worker.stream.lease import Lease
from worker.stream.patience import until_answered

# Answers by which what we have is ours. "Rebalance in progress" is none: who takes too long to join again is put out.
_MEMBER = (HeartbeatRequest, SyncGroupRequest)

_NAMELESS = (HeartbeatRequest, OffsetCommitRequest)
"""What aiokafka sends without the name of the instance: to a member whose name is taken, brokers say "unknown" then."""
_AS_MEMBER = (JoinGroupRequest, SyncGroupRequest, *_NAMELESS)
_FENCED_INSTANCE_ID = 82
"""What brokers answer to the name of a static member with the id of another; aiokafka has no error for it."""

_LARGE_BYTES = 64 * 1024
_HELD_BYTES = 16 * 1024 * 1024
"""Messages larger than the one are waited for while those in work come to more than the other: faust bounds its queues
by the number of messages alone, and a few hundred of 10 MB would end the worker, again after every restart."""

_ALONE_BYTES = 1024 * 1024
"""While a message larger than this is in work nothing else is fetched, or the copies that aiokafka makes of the next
one between socket and record would lie beside those that it makes of this one between record and socket, on its way to
the dead letters: articles are smaller. A fetch brings no two of them, for brokers exceed 1 MiB only for one message."""

_PAUSE = 0.01
_FAREWELL = 5.0
"""Seconds for leaving the group; a member that only falls silent is put out after its session."""


class LeasingThread(AIOKafkaConsumerThread):  # type: ignore[misc]
    """Renews the consumer's lease with each assignment and each heart-beat that the brokers confirm."""

    paused = False
    """Whether nothing is fetched for the sake of a very large message."""

    async def on_start(self) -> None:
        """Start aiokafka's consumer and listen to what its group coordinator answers."""
        await super().on_start()
        coordinator, lease = self._consumer._coordinator, self.consumer.lease
        ask = coordinator._send_req

        async def renewing(request: Any) -> Any:
            if not isinstance(request, _AS_MEMBER):
                return await ask(request)
            self._require_name()
            asked_at = lease.now()
            response = await ask(request)
            errors = _errors(response)
            if _FENCED_INSTANCE_ID in errors:
                self.consumer.name_taken()
            elif UnknownMemberIdError.errno in errors and isinstance(request, _NAMELESS):
                self.consumer.member_forgotten()
            self._require_name()
            if isinstance(request, _MEMBER) and errors == {NoError.errno}:
                lease.renew(asked_at)
            return response

        coordinator._send_req = renewing

    def _require_name(self) -> None:
        """Keep aiokafka from the group once another worker has our name: joining again would put that one out.

        Raises:
            UnknownMemberIdError: aiokafka, and faust, take it in every place for a membership that has ended.
        """
        if self.consumer.fenced:
            raise UnknownMemberIdError

    async def _fetch_records(self, consumer: Any, *arguments: Any, **named: Any) -> Any:
        """Take what was fetched, and give it back if it would be dropped, for the flow was stopped meanwhile.

        Behind a very large message fetch nothing before `fetch_on`. No turn of the loop comes between the taking and
        what follows: no other place is set, and no other fetch sent.
        """
        records = await super()._fetch_records(consumer, *arguments, **named)
        if not self.consumer.flow_active:
            for tp in records.keys() & consumer.assignment():
                consumer.seek(tp, records[tp][0].offset)
            return {}
        if any(len(record.value or b"") > _ALONE_BYTES for fetched in records.values() for record in fetched):
            consumer.pause(*consumer.assignment())
            self.paused = True
        return records

    def fetch_on(self) -> None:
        """Fetch again, if that was paused; to be called from any thread."""
        with contextlib.suppress(RuntimeError):  # its loop is closed: nothing is fetched any more
            self.thread_loop.call_soon_threadsafe(self._fetch_on)

    def _fetch_on(self) -> None:
        self.paused = False
        if self._consumer is not None:
            self._consumer.resume(*self._consumer.paused())

    async def on_thread_stop(self) -> None:
        """Leave the group if the brokers answer; without them the thread ends all the same, or nobody could stop."""
        with contextlib.suppress(asyncio.CancelledError, TimeoutError, KafkaError):
            async with asyncio.timeout(_FAREWELL):
                await super().on_thread_stop()


class RewindingConsumer(Consumer):  # type: ignore[misc]
    """Sets partitions without a committed offset back to their beginning, and delivers nothing meanwhile.

    `lease` says how long what is assigned is surely ours, `leaving` that it is about to move, `fenced` that another
    worker has taken our name in the group.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.lease = Lease(self.app.conf.broker_session_timeout)
        self.leaving = False
        self.fenced = False
        self._large: weakref.WeakSet[Any] = weakref.WeakSet()

    async def getmany(self, timeout: float) -> AsyncIterator[tuple[Any, Any]]:  # noqa: ASYNC109 (faust's name)
        """Read on; before a large message wait until those in work leave room, behind a very large one for its end.

        What is waited with when partitions move is let go of, as faust does: it is read again.
        """
        alone = False
        try:
            async for tp, message in super().getmany(timeout):
                size = len(message.value or b"")
                if size > _LARGE_BYTES and not self._is_changelog_tp(tp):
                    if not await self._held_at_most(_HELD_BYTES - size):
                        return
                    self._large.add(message)
                    alone = alone or size > _ALONE_BYTES
                yield tp, message
                del message  # else the last large one would be kept beside the next
            if alone:
                await self._held_at_most(0)
        finally:
            if self._thread.paused:
                self._thread.fetch_on()

    async def _held_at_most(self, room: int) -> bool:
        """Wait until the large messages in work come to no more than so many bytes; False if partitions moved."""
        generation = self.app.consumer_generation_id
        while (held := self._in_work(generation)) and held > room:
            await asyncio.sleep(_PAUSE)
            if not self.flow_active or self.app.consumer_generation_id != generation:
                return False
        return True

    def member_forgotten(self) -> None:
        """Find out why the brokers no longer know us: the session has run out, or another worker has our name.

        aiokafka's heart-beats and commits do not name the instance, so brokers do not tell these apart. But a static
        member whose lease still holds is forgotten only when its name is given to somebody else. aiokafka would join
        again, which takes the name back, and two workers of one name would put each other out for ever.
        """
        if self.app.conf.consumer_group_instance_id and self.lease.held:
            self.name_taken()

    def name_taken(self) -> None:
        """Take note that another worker has our name, and with it what was assigned to us."""
        self.fenced = True
        self.lease.end()

    def _in_work(self, generation: int) -> int:
        """Add up the bytes of large messages that are read and not done with."""
        large = [each for each in self._large if not each.acked and each.generation_id == generation]
        return sum(len(each.value) for each in large)

    async def on_partitions_revoked(self, revoked: set[Any]) -> None:
        """Take note that what is assigned is about to move: a recovery under way must not set batches going again."""
        self.leaving = True
        await super().on_partitions_revoked(revoked)

    async def on_partitions_assigned(self, assigned: set[Any], generation_id: int = 0) -> None:
        """Take note that it has moved."""
        self.leaving = False
        await super().on_partitions_assigned(assigned, generation_id)

    def _new_consumer_thread(self) -> LeasingThread:
        return LeasingThread(self, loop=self.loop, beacon=self.beacon)

    async def _wait_next_records(self, timeout: float) -> tuple[Any, Any]:  # noqa: ASYNC109 (faust's signature)
        """Fetch records; those of changelogs go to their tables at once, faust delivers the others one by one."""
        records, active = await super()._wait_next_records(timeout)
        if records and self.flow_active:
            for tp in [tp for tp in records if self._is_changelog_tp(tp)]:
                read = self._read_offset[tp]
                fetched = [record for record in records.pop(tp) if read is None or record.offset >= read]
                if fetched:
                    self._read_offset[tp] = fetched[-1].offset
                    self.app.tables.recovery.deliver(tp, fetched)
        return records, active

    async def verify_all_partitions_active(self) -> None:
        """Look for nothing: faust would only log what our metrics say, and end the worker.

        Its search for partitions that make no headway asserts that each has a position, which it has not while it is
        being set back: a worker that others join and leave would end so, one time in a few dozen.
        """

    async def perform_seek(self) -> None:
        """Set every partition back to what is next to do; those of changelogs are placed by the recovery.

        The flow is stopped until whoever called resumes it, as all callers do.
        """
        self.stop_flow()
        await until_answered(self._set_back)

    async def _set_back(self) -> None:
        await super().perform_seek()
        untouched = [
            tp for tp in self.assignment() if self._committed_offset[tp] is None and not self._is_changelog_tp(tp)
        ]
        if untouched:
            await self._thread.seek_to_beginning(*(TopicPartition(tp.topic, tp.partition) for tp in untouched))
            for tp in untouched:
                self._read_offset[tp] = None


def _errors(response: Any) -> set[int]:
    """Gather the error codes of an answer: its own, or those of each partition."""
    if hasattr(response, "error_code"):
        return {response.error_code}
    return {error for _, partitions in response.topics for _, error in partitions}
