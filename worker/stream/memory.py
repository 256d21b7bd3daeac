"""Memory given back, or used again, as soon as nobody needs it.

A message of 10 MB is copied half a dozen times between two sockets. What matters is how many of the copies are there at
once, and two things keep more than are needed: aiokafka's readers hold the last answer until the next one is there,
and the C library keeps freed blocks of megabytes for later, in pieces that the next one does not fit into.

The C library also gives each thread a heap of its own, and what is free in one is of no use to the others: what is
fetched in one thread is counted in another, so each keeps as much as it ever had at once.
"""

from __future__ import annotations

import asyncio
import ctypes
import struct
from typing import Any

from aiokafka.conn import AIOKafkaConnection

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Names of glibc's malloc.h."""
_OWN_BLOCK_BYTES = 1024 * 1024
_LENGTH = struct.Struct(">i")


def give_back() -> None:
    """Let this process hold no more than it needs, from now on; where the C library is not glibc only half of it.

    To be called before there are other threads: a heap that one has stays its own.
    """
    AIOKafkaConnection._read = staticmethod(_read)
    if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):
        # By itself the threshold grows to the largest block freed so far, and freed blocks stay with the process.
        mallopt(_MMAP_THRESHOLD, _OWN_BLOCK_BYTES)
        mallopt(_TRIM_THRESHOLD, 2 * _OWN_BLOCK_BYTES)
        mallopt(_ARENA_MAX, 1)


async def _read(connection_of: Any) -> None:
    """Hand every answer to its connection, and keep none while waiting for the next."""
    connection = connection_of()
    if connection is None:
        return
    reader: asyncio.StreamReader = connection._reader
    del connection
    while True:
        (size,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
        answer = [await reader.readexactly(size)]
        connection = connection_of()
        if connection is None:
            return
        connection._handle_frame(answer.pop())
        del connection
