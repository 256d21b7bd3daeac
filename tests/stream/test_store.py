"""Entries of a table over rebalances."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from faust.types import TP

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
