"""What was fetched is read within bounds, whatever the names of its headers are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from aiokafka.consumer import fetcher
from aiokafka.errors import CorruptRecordException
from aiokafka.record.default_records import DefaultRecordBatchBuilder
from aiokafka.record.memory_records import MemoryRecords

from worker.stream import fetched
from worker.stream.unpacking import MOST_UNPACKED, Unread

MIB = 1024 * 1024
CODECS = {"gzip": 1, "snappy": 2, "lz4": 3, "zstd": 4}


@pytest.fixture
def records() -> Iterator[Any]:
    results = fetcher.FetchResult
    fetched.tolerate()
    yield fetcher.MemoryRecords
    fetcher.MemoryRecords, fetcher.FetchResult = MemoryRecords, results


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


def _large(compression: int, values: list[bytes], headers: int = 1) -> bytes:
    builder = DefaultRecordBatchBuilder(2, compression, 0, -1, -1, -1, 1 << 30)
    for offset, value in enumerate(values):
        key = None if offset % 2 else b"key"
        builder.append(offset, 1_700_000_000_000 + offset, key, value, [("", b"")] * headers)
    return bytes(builder.build())


@pytest.mark.parametrize("codec", CODECS)
def test_what_would_unpack_to_more_than_memory_is_not_unpacked(records: Any, codec: str) -> None:
    batch = _large(CODECS[codec], [bytes(6 * MIB)] * 3)
    assert len(batch) < MIB
    found = list(records(batch).next_batch())
    assert [(record.offset, record.key, record.value, record.timestamp) for record in found] == [
        (offset, None, b"", 1_700_000_000_002) for offset in range(3)
    ]
    assert all(isinstance(record.value, Unread) for record in found)


@pytest.mark.parametrize("codec", ["none", *CODECS])
def test_large_batches_within_the_bound_are_read_as_aiokafka_reads_them(records: Any, codec: str) -> None:
    batch = _large(CODECS.get(codec, 0), [b"x" * (MOST_UNPACKED // 2), b"", b"y" * (MOST_UNPACKED // 2 - 1024)])
    ours, theirs = (
        [(r.offset, r.timestamp, r.timestamp_type, r.key, r.value, list(r.headers)) for r in read(batch).next_batch()]
        for read in (records, MemoryRecords)
    )
    assert ours == theirs
    assert len(ours) == 3


def test_of_too_many_headers_only_some_are_read(records: Any) -> None:
    batch = _large(4, [b"value", b"other"], headers=600_000)
    assert [(value, len(headers)) for _, value, headers in _read(records(batch))] == [(b"value", 33), (b"other", 33)]


def test_a_large_batch_that_is_corrupt_stays_so(records: Any) -> None:
    plain = _large(0, [b"x" * MIB, b"y" * MIB])
    for broken in (plain[:-1], plain.replace(b"\x80\x80\x80\x01x", b"\xfe\xff\xff\x7fx")):
        length = (len(broken) - 12).to_bytes(4, "big")
        with pytest.raises(CorruptRecordException):
            _read(records(broken[:8] + length + broken[12:]))
