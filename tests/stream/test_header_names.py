"""Records whose header names are not UTF-8 are read like all others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from aiokafka.consumer import fetcher
from aiokafka.errors import CorruptRecordException
from aiokafka.record.default_records import DefaultRecordBatchBuilder
from aiokafka.record.memory_records import MemoryRecords

from worker.stream import header_names


@pytest.fixture
def records() -> Iterator[Any]:
    header_names.tolerate()
    yield fetcher.MemoryRecords
    fetcher.MemoryRecords = MemoryRecords


def _batch(compression: int, names: list[bytes]) -> bytes:
    """One record for each header name, all of four bytes."""
    builder = DefaultRecordBatchBuilder(2, compression, 0, -1, -1, -1, 1 << 20)
    for offset, name in enumerate(names):
        builder.append(offset, 1_700_000_000_000 + offset, b"key", b"value %d" % offset, [("name", name), ("x", None)])
    return bytes(builder.build())


def _with_broken_name(batch: bytes) -> bytes:
    assert batch.count(b"\x08name\x08\xff\xff\xff\xff") == 1
    return batch.replace(b"\x08name\x08\xff\xff\xff\xff", b"\x08\xff\xfena\x08\xff\xff\xff\xff")


def _read(records: Any) -> list[tuple[int, bytes, list[tuple[str, bytes | None]]]]:
    found = []
    while records.has_next():
        found += [(record.offset, record.value, list(record.headers)) for record in records.next_batch()]
    return found


def test_only_the_broken_name_reads_differently(records: Any) -> None:
    plain = _batch(0, [b"good", b"\xff" * 4, b"okay"])
    whole = plain + _with_broken_name(plain) + plain
    with pytest.raises((CorruptRecordException, UnicodeDecodeError)):  # with and without the compiled parser
        _read(MemoryRecords(whole))
    good = _read(MemoryRecords(plain))
    broken = list(good)
    broken[1] = (1, b"value 1", [("\\xff\\xfena", b"\xff" * 4), ("x", None)])
    assert _read(records(whole)) == good + broken + good


def test_what_is_really_corrupt_stays_so(records: Any) -> None:
    plain = _batch(0, [b"good", b"okay"])
    broken = plain.replace(b"\x08okay", b"\x7fokay")
    assert broken != plain
    with pytest.raises(CorruptRecordException):
        _read(records(broken))


def test_compressed_batches_are_read(records: Any) -> None:
    gzip = _batch(1, [b"good"] * 50)
    assert _read(records(gzip)) == _read(MemoryRecords(gzip))
    assert len(_read(records(gzip))) == 50
