"""A door between a broker and its clients that a test can shut or slow down; no connection is told."""

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
        self.delay = 0.0
        """Seconds by which what the broker answers comes later; requests pass at once."""
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
        for source, sink, answers in ((reader, back, False), (there, writer, True)):
            task = asyncio.create_task(self._forward(source, sink, answers))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _forward(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, answers: bool) -> None:
        """Pass on what comes; answers are due later, but do not hold up each other."""
        waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(maxsize=10_000)
        passing = asyncio.create_task(self._pass_on(waiting, sink))
        self._tasks.add(passing)
        passing.add_done_callback(self._tasks.discard)
        clock = asyncio.get_running_loop().time
        with contextlib.suppress(OSError):
            while taken := await source.read(65_536):
                if not self._open.is_set():
                    await self._open.wait()
                    if source.at_eof():
                        break
                await waiting.put((clock() + (self.delay if answers else 0.0), taken))
        await waiting.put((0.0, b""))

    async def _pass_on(self, waiting: asyncio.Queue[tuple[float, bytes]], sink: asyncio.StreamWriter) -> None:
        """Write what is due, up to the empty bytes that mean the end."""
        clock = asyncio.get_running_loop().time
        with contextlib.suppress(OSError):
            while (next_one := await waiting.get())[1]:
                due, taken = next_one
                await asyncio.sleep(max(0.0, due - clock()))
                sink.write(taken)
                await sink.drain()
        with contextlib.suppress(OSError):
            await self._open.wait()
            sink.close()
