"""The life of the worker: checks, start, signals, stop, and a watchdog that ends it in any case."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
import tempfile
import threading
from typing import TYPE_CHECKING, Any

import structlog
import uvloop

from worker.connection import ConfigurationError, StartError, UnavailableError, admin
from worker.health import Health, Pages
from worker.metrics import AGENT_RESTARTS
from worker.stream.outbox import PublishError
from worker.stream.topology import Topology, build
from worker.stream.watch import Watch
from worker.topics import examine, require_fit

if TYPE_CHECKING:
    from collections.abc import Callable

    from worker.settings import Settings

log = structlog.get_logger("worker")

EXIT_OK = 0
EXIT_FAILURE = 1


def run(settings: Settings, announce: Callable[[str], None] = lambda _: None) -> int:
    """Run the worker until a signal ends it, and return the exit code.

    Args:
        settings: all settings.
        announce: is told the address of the pages once they are up.

    Raises:
        StartError: it can't start; its text is one line, its `exit_code` the code to end with.
    """
    health = Health()
    try:
        pages = Pages(health, settings.http_host, settings.http_port)
    except OSError as error:
        raise ConfigurationError(
            f"can't listen on {settings.http_host}:{settings.http_port} ({error.strerror}); set DRONETALLY_HTTP_PORT"
        ) from None
    pages.start()
    announce(f"http://{pages.host}:{pages.port}/metrics")
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(_run(settings, health, pages))
    finally:
        pages.stop()


async def _run(settings: Settings, health: Health, pages: Pages) -> int:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _on_signal, number, stopped, health, settings.shutdown_timeout)
    async with admin(settings) as client:
        states = await examine(client, settings)
        require_fit(states)
    partitions = states[0].wanted_partitions
    log.info("starting", partitions=partitions, zone=settings.zone, pages=f"http://{pages.host}:{pages.port}")
    with tempfile.TemporaryDirectory(prefix="drone-tally-") as datadir:
        url = f"http://{socket.gethostname()}:{pages.port}"
        topology = build(settings, partitions, datadir, url)
        return await _serve(topology, settings, health, stopped)


async def _serve(topology: Topology, settings: Settings, health: Health, stopped: asyncio.Event) -> int:
    app = topology.app

    async def finish_batches(*_: Any, **__: Any) -> None:
        """Let no partition go in the middle of a batch, nor uncommitted."""
        for loop in topology.loops:
            await loop.idle()
        await app.consumer.commit()

    app.on_partitions_revoked.connect(finish_batches)
    app.finalize()
    watching = asyncio.create_task(Watch(topology, settings, health).run())
    starting = asyncio.create_task(app.start())
    crashed = asyncio.create_task(app._crashed.wait())
    ended = asyncio.create_task(stopped.wait())
    try:
        await asyncio.wait({watching, crashed, ended}, return_when=asyncio.FIRST_COMPLETED)
        if watching.done():
            watching.result()
        return _verdict(app, stopped)
    finally:
        health.stopping = True
        _watchdog(settings.shutdown_timeout, EXIT_FAILURE)
        if not app.crashed:
            for batches in topology.loops:
                await batches.idle()
            with contextlib.suppress(Exception):
                await app.consumer.commit()
        for task in (watching, crashed, ended, starting):
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await app.stop()
        await asyncio.gather(watching, crashed, ended, starting, return_exceptions=True)


def _verdict(app: Any, stopped: asyncio.Event) -> int:
    if app.crashed and not stopped.is_set():
        AGENT_RESTARTS.inc()
        reason = app.crash_reason
        if isinstance(reason, PublishError):
            raise UnavailableError(f"{reason}; nothing is lost, start the worker again when the topic can be written")
        raise StartError(f"ended by an error: {type(reason).__name__}: {reason}")
    log.info("stopped")
    return EXIT_OK


def _on_signal(number: int, stopped: asyncio.Event, health: Health, timeout: float) -> None:
    log.info("stopping", signal=signal.Signals(number).name)
    health.stopping = True
    _watchdog(timeout, EXIT_OK)
    stopped.set()


_watchdogs: list[threading.Thread] = []


def _watchdog(timeout: float, code: int) -> None:
    """End the process after `timeout` seconds whatever still runs: all state is in Kafka, it can wait."""
    if _watchdogs:
        return

    def end() -> None:
        threading.Event().wait(timeout)
        print("drone-tally: shutdown took too long, ending now; uncommitted batches will come again", file=sys.stderr)
        os._exit(code)

    thread = threading.Thread(target=end, name="watchdog", daemon=True)
    _watchdogs.append(thread)
    thread.start()
