"""Compressed batches taken apart within bounds: a few kilobytes that anybody may write can unpack to gigabytes.

aiokafka unpacks a batch whole, makes objects of all headers of a record, and reads up to two thousand records at a
time, however large. Here a batch unpacks to so many bytes or to none, and of a record with too many headers only as
many are read as show that they are too many.
"""

from __future__ import annotations

import gzip
import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import cramjam
from aiokafka.errors import CorruptRecordException
from aiokafka.record.default_records import DefaultRecordBatch
from aiokafka.record.util import decode_varint

from worker.codec import MAX_HEADERS

MOST_UNPACKED: Final = 16 * 1024 * 1024
"""Bytes: as large as any message may be that a worker writes."""
OVERHEAD: Final = 61
"""Bytes of a batch before its records."""
_ATTRIBUTES_AT, _MAX_TIMESTAMP_AT = 22, 35
_USUAL_RATIO = 16
_LEAST_ROOM = 64 * 1024
_XERIAL = b"\x82SNAPPY\x00"
_XERIAL_HEADER = 16


class TooLargeError(ValueError):
    """A batch unpacks to more than `MOST_UNPACKED`."""


class Unread(bytes):
    """Stands where the value of a message would, in a batch that is not unpacked."""


class Record(NamedTuple):
    """A record as aiokafka's parsers return it."""

    offset: int
    timestamp: int
    timestamp_type: int
    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, bytes | None]]
    checksum: None = None


def unpacked(raw: memoryview) -> bytes | bytearray:
    """Return a compressed batch as it would stand uncompressed; its checksum is no longer right.

    Raises:
        TooLargeError: it would have more than `MOST_UNPACKED` bytes, or can't be unpacked.
    """
    header = bytearray(raw[:OVERHEAD])
    codec = header[_ATTRIBUTES_AT] & DefaultRecordBatch.CODEC_MASK
    header[_ATTRIBUTES_AT] &= ~DefaultRecordBatch.CODEC_MASK
    if codec == DefaultRecordBatch.CODEC_ZSTD:
        return _into_room(cramjam.zstd.decompress_into, header, raw[OVERHEAD:])
    if codec == DefaultRecordBatch.CODEC_LZ4:
        return _into_room(cramjam.lz4.decompress_into, header, raw[OVERHEAD:])
    unpack = _gzip if codec == DefaultRecordBatch.CODEC_GZIP else _snappy
    return b"".join((header, *unpack(bytes(raw[OVERHEAD:]))))


def stand_ins(batch: Any, raw: memoryview) -> Iterator[Record]:
    """One record for each offset of a batch that is not unpacked."""
    (timestamp,) = struct.unpack_from(">q", raw, _MAX_TIMESTAMP_AT)
    for offset in range(batch.base_offset, batch.next_offset):
        yield Record(offset, timestamp, batch.timestamp_type, None, Unread(), [])


def parsed(batch: Any, raw: memoryview) -> Iterator[Record]:
    """Read the records of an uncompressed batch: names of headers may be any bytes, and more headers than needed go.

    Raises:
        CorruptRecordException: it holds something else than records.
    """
    count = struct.unpack_from(">i", raw, OVERHEAD - 4)[0]
    at, content = OVERHEAD, memoryview(raw)
    try:
        for _ in range(count):
            length, at = decode_varint(content, at)
            end = at + length
            if not at < end <= len(content):
                raise CorruptRecordException(f"a record of {length} bytes")
            yield _record(batch, content, at + 1, end)  # behind its attributes, which nobody uses
            at = end
    except (IndexError, ValueError):
        raise CorruptRecordException("a record that ends too early, or a number that does not end") from None
    if at != len(content):
        raise CorruptRecordException(f"{len(content) - at} bytes behind the last record")


def _record(batch: Any, raw: memoryview, at: int, end: int) -> Record:
    since, at = decode_varint(raw, at)
    behind, at = decode_varint(raw, at)
    key, at = _bytes(raw, at, end)
    value, at = _bytes(raw, at, end)
    several, at = decode_varint(raw, at)
    headers: list[tuple[str, bytes | None]] = []
    for _ in range(min(several, MAX_HEADERS + 1)):
        name, at = _bytes(raw, at, end)
        content, at = _bytes(raw, at, end)
        headers.append(((name or b"").decode("utf-8", "backslashreplace"), content))
    if several < 0 or (at != end and several <= MAX_HEADERS + 1):
        raise CorruptRecordException(f"a record that ends at {at}, not at {end}")
    kind = batch.timestamp_type
    stamp = batch.max_timestamp if kind == 1 else batch.first_timestamp + since
    return Record(batch.base_offset + behind, stamp, kind, key, value, headers)


def _bytes(raw: memoryview, at: int, end: int) -> tuple[bytes | None, int]:
    length, at = decode_varint(raw, at)
    if length < 0:
        return None, at
    if at + length > end:
        raise CorruptRecordException("something that is longer than its record")
    return bytes(raw[at : at + length]), at + length


def _into_room(decompress_into: Any, header: bytearray, packed: memoryview) -> bytearray:
    """Unpack behind the header, into as much room as is usual, or else into as much as there may be."""
    usual = min(_LEAST_ROOM + _USUAL_RATIO * len(packed), MOST_UNPACKED)
    for size in (usual, MOST_UNPACKED):
        room = bytearray(OVERHEAD + size)
        room[:OVERHEAD] = header
        try:
            with memoryview(room)[OVERHEAD:] as place:
                found = decompress_into(bytes(packed), place)
        except cramjam.DecompressionError as error:
            if size == MOST_UNPACKED:
                raise TooLargeError from error
        else:
            del room[OVERHEAD + found :]
            return room
    raise TooLargeError


def _gzip(packed: bytes) -> list[bytes]:
    with gzip.GzipFile(fileobj=io.BytesIO(packed)) as file:
        try:
            found = file.read(MOST_UNPACKED + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise TooLargeError from error
    if len(found) > MOST_UNPACKED:
        raise TooLargeError
    return [found]


def _snappy(packed: bytes) -> list[bytes]:
    """Unpack the blocks in which Java's clients write, or the one of all others; each begins with its size."""
    blocks = [packed]
    if packed.startswith(_XERIAL):
        blocks, at = [], _XERIAL_HEADER
        while at < len(packed):
            length = int.from_bytes(packed[at : at + 4], "big")
            blocks.append(packed[at + 4 : at + 4 + length])
            at += 4 + length
    try:
        if sum(cramjam.snappy.decompress_raw_len(block) for block in blocks) > MOST_UNPACKED:
            raise TooLargeError
        return [bytes(cramjam.snappy.decompress_raw(block)) for block in blocks]
    except cramjam.DecompressionError as error:
        raise TooLargeError from error
