"""Entries of a table over rebalances."""

from __future__ import annotations

import asyncio
from collections import Counter
from types import SimpleNamespace
from typing import Any

from faust.types import TP
from mode.utils.locks import Event

from worker.stream.recovery import SwiftRecovery
from worker.stream.store import PartitionedStore

CHANGELOG = "app-ledger-changelog"


def event(partition: int, offset: int, key: bytes, value: bytes | None, topic: str = CHANGELOG) -> Any:
    return SimpleNamespace(
        message=SimpleNamespace(topic=topic, partition=partition, offset=offset, key=key, value=value)
    )


def store() -> PartitionedStore:
    table: Any = SimpleNamespace(changelog_topic_name=CHANGELOG, name="ledger")
    made: PartitionedStore = PartitionedStore("partitioned://local", SimpleNamespace(), table)
    return made


def apply(to: PartitionedStore, *events: Any) -> None:
    to.apply_changelog_batch(events, bytes, bytes)


async def test_a_partition_that_comes_back_is_read_from_its_beginning() -> None:
    kept = store()
    zero, one = TP(CHANGELOG, 0), TP(CHANGELOG, 1)
    await kept.on_rebalance({zero, one}, set(), {zero, one})
    assert kept.persisted_offset(one) == -1
    apply(kept, event(0, 4, b"a", b"1"), event(1, 7, b"b", b"2"))
    assert (kept.persisted_offset(zero), kept.persisted_offset(one)) == (4, 7)
    await kept.on_rebalance({zero}, {one}, set())
    assert kept.partitions == {0: {b"a": b"1"}}
    assert (kept.persisted_offset(zero), kept.persisted_offset(one)) == (4, -1)
    await kept.on_rebalance({zero, one}, set(), {one})
    assert kept.persisted_offset(one) == -1


async def test_records_of_another_table_are_not_taken_over() -> None:
    kept = store()
    apply(kept, event(0, 4, b"a", b"1"), event(0, 99, b"x", b"y", "app-articles-changelog"), event(0, 5, b"a", None))
    assert kept.partitions == {0: {}}
    assert kept.persisted_offset(TP(CHANGELOG, 0)) == 5


def recovery_of(kept: PartitionedStore, highwaters: dict[TP, int]) -> SwiftRecovery:
    """A recovery of one table that has been told how far its changelog goes."""
    tables: Any = SimpleNamespace(standbys_ready=True)
    made: Any = SwiftRecovery.__new__(SwiftRecovery)
    made.tables = tables
    made.tp_to_table = dict.fromkeys(highwaters, SimpleNamespace(data=kept))
    made.active_tps = set(highwaters)
    made.active_highwaters = Counter(highwaters)
    made.active_offsets = Counter(dict.fromkeys(highwaters, -1))
    made._active_events_received_at = {}
    made._standby_events_received_at = {}
    made._processing_times = []
    made.app = SimpleNamespace(in_recovery=True)
    made.in_recovery = True
    made._signal_recovery_end = Event()
    made._set_recovery_ended = lambda: setattr(made, "in_recovery", False)
    recovery: SwiftRecovery = made
    return recovery


async def test_a_recovery_ends_with_the_last_record_of_the_last_partition_and_takes_none_twice() -> None:
    kept = store()
    zero, one, foreign = TP(CHANGELOG, 0), TP(CHANGELOG, 1), TP(CHANGELOG, 2)
    recovery = recovery_of(kept, {zero: 2, one: 7})
    ended = asyncio.create_task(recovery.signal_recovery_end.wait())
    await asyncio.sleep(0)
    first = [event(0, n, b"k%d" % n, b"v").message for n in range(3)]
    recovery.deliver(zero, first[:2])
    recovery.deliver(foreign, [event(2, 0, b"x", b"y").message])  # no partition of ours
    recovery.deliver(one, [event(1, 7, b"a", b"1").message])
    assert recovery.in_recovery
    changed = [event(0, 1, b"k1", b"stale").message, first[2]]
    recovery.deliver(zero, changed)  # what was read already is not read again
    assert not recovery.in_recovery
    assert kept.partitions == {0: {b"k0": b"v", b"k1": b"v", b"k2": b"v"}, 1: {b"a": b"1"}}
    assert (kept.persisted_offset(zero), kept.persisted_offset(one)) == (2, 7)
    await asyncio.wait_for(ended, 1)
    recovery._set_recovery_started()
    assert recovery.in_recovery
    assert not recovery.signal_recovery_end.is_set(), "the next recovery must wait for an end of its own"


async def test_an_end_that_comes_before_anybody_waits_for_it_is_not_lost() -> None:
    kept = store()
    recovery = recovery_of(kept, {TP(CHANGELOG, 0): 0})
    recovery.deliver(TP(CHANGELOG, 0), [event(0, 0, b"k", b"v").message])
    await asyncio.wait_for(recovery.signal_recovery_end.wait(), 1)


async def test_nothing_takes_back_an_end_that_nobody_has_heard_yet() -> None:
    recovery = recovery_of(store(), {TP(CHANGELOG, 0): 0})
    recovery.deliver(TP(CHANGELOG, 0), [event(0, 0, b"k", b"v").message])
    beside = [task for task in recovery._get_tasks() if task.fun.__name__ == "_slurp_changelogs"]
    for task in beside:
        await asyncio.wait_for(task(recovery), 1)
    assert len(beside) == 1
    assert recovery.signal_recovery_end.is_set()
