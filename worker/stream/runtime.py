"""The life of the worker: checks, start, signals, stop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import tempfile
import time
from typing import TYPE_CHECKING, Any

import structlog
import uvloop
from aiokafka.errors import KafkaError, TopicAuthorizationFailedError

from worker import registry
from worker.connection import ConfigurationError, StartError, UnavailableError, admin
from worker.exits import EXIT_FAILURE, EXIT_OK
from worker.health import Health, Pages
from worker.metrics import AGENT_RESTARTS, tell_build
from worker.pipeline.rehearsal import rehearse
from worker.rights import require_rights
from worker.stream import memory
from worker.stream.ending import beside_signals, end_within
from worker.stream.outbox import PublishError
from worker.stream.topology import Topology, build
from worker.stream.watch import Watch
from worker.topics import TopicState, examine, require_fit
from worker.tracing import tracer

if TYPE_CHECKING:
    import signal
    from collections.abc import Callable

    from worker.settings import Settings

log = structlog.get_logger("worker")

_LAST_READING = 0.8
"""Part of the time to stop in during which an end waits for whoever watches, where that is Prometheus."""
_REGULAR = 60.0
"""Seconds: who read /metrics so long ago will probably do so again."""
_PAUSE = 0.2
_CUT_SHORT = 4.0
"""Seconds for the end of a start that a signal cut short."""


def run(settings: Settings, announce: Callable[[str], None] = lambda _: None) -> int:
    """Run the worker until a signal ends it, and return the exit code.

    Args:
        settings: all settings.
        announce: is told the address of the pages once they are up.

    Raises:
        StartError: it can't start; its text is one line, its `exit_code` the code to end with.
    """
    memory.give_back()
    health = Health()
    tell_build(settings.revision)
    try:
        pages = Pages(health, settings.http_host, settings.http_port)
    except OSError as error:
        raise ConfigurationError(
            f"can't listen on {settings.http_host}:{settings.http_port} ({error.strerror}); set DRONETALLY_HTTP_PORT"
        ) from None
    pages.start()
    announce(f"http://{pages.host}:{pages.port}/metrics")
    try:
        return _run_beside_signals(settings, health, pages)
    finally:
        pages.stop()


def _run_beside_signals(settings: Settings, health: Health, pages: Pages) -> int:
    stopped = asyncio.Event()
    runner = asyncio.Runner(loop_factory=uvloop.new_event_loop)
    loop = runner.get_loop()

    def on_signal(number: signal.Signals) -> None:
        end_within(settings.shutdown_timeout, EXIT_OK)  # first, for the log below may be what stands still
        health.stopping = True
        with contextlib.suppress(RuntimeError):  # closed: it has stopped already
            loop.call_soon_threadsafe(stopped.set)
        log.info("stopping", signal=number.name)

    def work() -> int:
        with runner:
            return runner.run(_run(settings, health, pages, stopped))

    return beside_signals(work, on_signal)


async def _run(settings: Settings, health: Health, pages: Pages, stopped: asyncio.Event) -> int:
    examining = asyncio.create_task(_prepared(settings))
    stopping = asyncio.create_task(stopped.wait())
    await asyncio.wait({examining, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if stopped.is_set():
        examining.cancel()
        await asyncio.gather(examining, return_exceptions=True)
        log.info("stopped")
        return EXIT_OK
    states, frames = examining.result()
    partitions = states[0].wanted_partitions
    log.info("starting", partitions=partitions, zone=settings.zone, pages=f"http://{pages.host}:{pages.port}")
    spans = tracer(settings)
    try:
        with _scratch() as datadir:
            topology = build(settings, partitions, datadir, _identity(settings, pages.port), frames, spans)
            return await _serve(topology, settings, health, stopped)
    except StartError as error:
        if isinstance(error.__cause__, PublishError):
            await _be_read(health, settings, stopped)
        raise
    finally:
        await asyncio.to_thread(spans.close)


def _scratch() -> tempfile.TemporaryDirectory[str]:
    """Make the folder that faust insists on; it may vanish at any time, for nothing of value is kept there."""
    try:
        return tempfile.TemporaryDirectory(prefix="drone-tally-", ignore_cleanup_errors=True)
    except OSError as error:
        raise ConfigurationError(f"no folder for temporary files ({error.strerror or error}); set TMPDIR") from None


async def examined(settings: Settings) -> tuple[TopicState, ...]:
    """Look at everything on the brokers that a worker needs before it begins, and return the topics.

    Raises:
        StartError: something is missing, does not fit, is not allowed, or nobody answers.
    """
    async with admin(settings) as client:
        try:
            states = await examine(client, settings)
            require_fit(states)
            await require_rights(client, settings)
        except (KafkaError, TimeoutError) as error:
            raise UnavailableError(
                f"brokers at {settings.bootstrap_servers} do not answer ({type(error).__name__}); are all of them up?"
            ) from None
        return states


async def _prepared(settings: Settings) -> tuple[tuple[TopicState, ...], dict[str, bytes]]:
    """Look at the brokers, and at the schemas in the registry where there is one; rehearse while they are silent."""
    rehearsal = asyncio.create_task(asyncio.to_thread(rehearse))
    try:
        found = await examined(settings), await asyncio.to_thread(registry.frames, settings)
        await rehearsal
        return found
    finally:
        rehearsal.cancel()


def _identity(settings: Settings, port: int) -> str:
    """Name this worker to faust's assignor, which refuses an assignment made for another name.

    A static member gets its old assignment back after a restart, so its name must not depend on host or port.
    """
    return (
        f"http://{settings.group_instance_id}:1"
        if settings.group_instance_id
        else f"http://{socket.gethostname()}:{port}"
    )


async def _serve(topology: Topology, settings: Settings, health: Health, stopped: asyncio.Event) -> int:
    app = topology.app

    async def finish_batches(*_: Any, **__: Any) -> None:
        """Let no partition go in the middle of a batch; what it acknowledged is committed."""
        await asyncio.gather(*(loop.finish() for loop in topology.loops))
        await app.consumer.commit()

    async def resume_batches(*_: Any, **__: Any) -> None:
        if app.consumer.leaving:  # a recovery that ends after its partitions were revoked says so all the same
            return
        for loop in topology.loops:
            loop.resume()

    app.on_partitions_revoked.connect(finish_batches)
    app.on_rebalance_complete.connect(resume_batches)
    app.finalize()
    watching = asyncio.create_task(Watch(topology, settings, health).run())
    starting = asyncio.create_task(app.start())
    failed = (batches.failed.wait() for batches in topology.loops)
    waits = [app._crashed.wait(), stopped.wait(), _failure_of(starting), *failed]
    ends = {asyncio.create_task(wait) for wait in waits}
    try:
        await asyncio.wait({watching, *ends}, return_when=asyncio.FIRST_COMPLETED)
        return _verdict(topology, watching, starting, stopped)
    except StartError as error:
        health.failed = time.monotonic()
        end_within(settings.shutdown_timeout, error.exit_code, str(error))
        raise
    finally:
        health.stopping = True
        end_within(settings.shutdown_timeout, EXIT_FAILURE)
        if stopped.is_set() and not starting.done():
            # faust may wait for ever for the end of what it was about to begin, and nothing has been done yet.
            end_within(min(_CUT_SHORT, settings.shutdown_timeout), EXIT_OK, shorten=True)
        if not app.crashed and not any(batches.failed.is_set() for batches in topology.loops):
            await asyncio.gather(*(batches.finish() for batches in topology.loops))
            with contextlib.suppress(Exception):
                await app.consumer.commit()
        for task in (watching, starting, *ends):
            task.cancel()
        if app.started:  # faust waits for ever for the end of what never began
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await app.stop()
        await asyncio.gather(watching, starting, *ends, return_exceptions=True)


async def _be_read(health: Health, settings: Settings, stopped: asyncio.Event) -> None:
    """Let who reads /metrics regularly read once more: the count of the write that failed goes with the process.

    Whatever was ours is given back by now, and nobody waits where nobody reads.
    """
    until = health.failed + _LAST_READING * settings.shutdown_timeout
    while 0 < health.metrics_read < health.failed < health.metrics_read + _REGULAR:
        if stopped.is_set() or time.monotonic() > until:
            return
        await asyncio.sleep(_PAUSE)
    await asyncio.sleep(_PAUSE)  # what was read is still on its way


async def _failure_of(starting: asyncio.Task[Any]) -> None:
    """Return when the start has failed; faust calls nothing crashed that never ran."""
    await asyncio.wait({starting})
    if not starting.cancelled() and starting.exception() is None:
        await asyncio.Event().wait()


def _verdict(
    topology: Topology, watching: asyncio.Task[None], starting: asyncio.Task[Any], stopped: asyncio.Event
) -> int:
    failures = [batches.failure for batches in topology.loops if batches.failure is not None]
    reason: BaseException | None = failures[0] if failures else topology.app.crash_reason
    if watching.done():
        reason = reason or watching.exception()
    if starting.done() and not starting.cancelled():
        reason = reason or starting.exception()
    if reason is not None and not stopped.is_set():
        if isinstance(reason, StartError):
            raise reason
        AGENT_RESTARTS.inc()
        log.error("failed", error=type(reason).__name__, exc_info=reason)
        if isinstance(reason, PublishError):
            if isinstance(reason.error, TopicAuthorizationFailedError):
                raise ConfigurationError(
                    f"no right to Write on topic {reason.topic}; grant it (nothing is lost)"
                ) from reason
            raise UnavailableError(
                f"{reason}; nothing is lost, start the worker again when the topic can be written"
            ) from reason
        raise StartError(f"ended by an error: {type(reason).__name__}: {reason}")
    log.info("stopped")
    return EXIT_OK
