"""A door between a broker and its clients that a test can shut: nothing passes, and no connection is told."""

from __future__ import annotations

import asyncio
import contextlib
from types import TracebackType
from typing import Self

from worker.broker.ports import LOOPBACK


class Proxy:
    """Forwards what comes in at one port of this machine to another, while it is open.

    What comes in while it is shut waits and is delivered afterwards, unless the client has given the connection up.
    """

    def __init__(self, port: int, target: int) -> None:
        self._port = port
        self._target = target
        self._open = asyncio.Event()
        self._open.set()
        self._tasks: set[asyncio.Task[None]] = set()

    def shut(self) -> None:
        """Let nothing pass any more."""
        self._open.clear()

    def open(self) -> None:
        """Let everything pass again, what waited first."""
        self._open.set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, LOOPBACK, self._port)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._open.wait()
        try:
            there, back = await asyncio.open_connection(LOOPBACK, self._target)
        except OSError:
            writer.close()
            return
        for source, sink in ((reader, back), (there, writer)):
            task = asyncio.create_task(self._forward(source, sink))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _forward(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while taken := await source.read(65_536):
                if not self._open.is_set():
                    await self._open.wait()
                    if source.at_eof():
                        break
                sink.write(taken)
                await sink.drain()
        with contextlib.suppress(OSError):
            await self._open.wait()
            sink.close()
