"""What the running worker tells of itself: heart-beats, lag, commits, recovery, rebalances."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Hashable
from typing import TYPE_CHECKING

import structlog
from aiokafka.client import AIOKafkaClient
from aiokafka.errors import GroupAuthorizationFailedError, KafkaError, TopicAuthorizationFailedError

from worker.connection import ConfigurationError, UnavailableError, client_options
from worker.health import BROKER_SILENCE, Health
from worker.metrics import (
    LAG,
    LAG_PARTITIONS,
    LAST_COMMIT,
    REBALANCE_SECONDS,
    REBALANCES,
    RECOVERY_REMAINING,
    RECOVERY_SECONDS,
    REST,
    TABLE_ENTRIES,
)
from worker.stream import standstill
from worker.stream.standstill import Standstill
from worker.stream.topology import Topology

if TYPE_CHECKING:
    from faust.types import TP

    from worker.settings import Settings

log = structlog.get_logger("worker")

BEAT = 1.0
PROBE = 4.0
PROBE_TIMEOUT = 5.0


class Watch:
    """Observes a running topology into its health and metrics."""

    def __init__(self, topology: Topology, settings: Settings, health: Health) -> None:
        self._app = topology.app
        self._tables = topology.tables
        self._settings = settings
        self._health = health
        self._committed: dict[TP, int] = {}
        self._shown: set[tuple[str, str]] = set()
        self._interrupted_at: float | None = None
        self._recovering_since: float | None = None
        self._rebalances = 0
        self._said: str | None = "starting"
        self._standstill = Standstill()

    async def run(self) -> None:
        """Observe until cancelled."""
        await asyncio.gather(self._beat(), self._probe())

    async def _beat(self) -> None:
        while True:
            self._health.loop_beat = time.monotonic()
            self._raise_group_error()
            self._observe_assignment()
            self._say_readiness()
            self._observe_progress()
            await asyncio.sleep(BEAT)

    async def _probe(self) -> None:
        """Ask the brokers something small; a frozen broker leaves connections open and all else silent."""
        client = AIOKafkaClient(**client_options(self._settings), request_timeout_ms=int(PROBE_TIMEOUT * 1000))
        bootstrapped = False
        try:
            while True:
                try:
                    async with asyncio.timeout(PROBE_TIMEOUT):
                        if not bootstrapped:
                            await client.bootstrap()
                            bootstrapped = True
                        if await client.force_metadata_update():
                            self._health.broker_answer = time.monotonic()
                except (KafkaError, OSError, TimeoutError):
                    pass  # silence is what /readyz tells of; the next try comes soon
                await asyncio.sleep(PROBE)
        finally:
            await client.close()

    def _raise_group_error(self) -> None:
        """Find an error that ended aiokafka's membership of the group; faust polls nothing then, and never sees it.

        Raises:
            StartError: the group can't be joined; nothing but a restart, or another right, helps.
        """
        if getattr(self._app._consumer, "fenced", False):
            raise ConfigurationError(
                f"another worker joined group {self._app.conf.id} as {self._settings.group_instance_id};"
                " give each worker a DRONETALLY_GROUP_INSTANCE_ID of its own"
            )
        thread = getattr(self._app._consumer, "_thread", None)
        coordinator = getattr(getattr(thread, "_consumer", None), "_coordinator", None)
        task = getattr(coordinator, "_coordination_task", None)
        error = getattr(coordinator, "_pending_exception", None)
        if task is not None and task.done() and not task.cancelled():
            error = error or task.exception()
        if isinstance(error, GroupAuthorizationFailedError):
            raise ConfigurationError(f"no right to join group {self._app.conf.id}; grant Read on it")
        if isinstance(error, TopicAuthorizationFailedError):
            raise ConfigurationError(f"no right to read a topic: {error}; grant Read on it")
        if error is not None:
            raise UnavailableError(f"lost the consumer group {self._app.conf.id}: {error}; start the worker again")

    def _observe_assignment(self) -> None:
        app, health, now = self._app, self._health, time.monotonic()
        health.rebalancing = bool(app.rebalancing)
        recovery = app.tables.recovery
        health.recovering = not app.tables.actives_ready or bool(recovery.in_recovery)
        health.assigned = bool(self._assignment())
        if app.rebalancing_count > self._rebalances:
            REBALANCES.inc(app.rebalancing_count - self._rebalances)
            self._rebalances = app.rebalancing_count
        if health.rebalancing and self._interrupted_at is None:
            self._interrupted_at = now
        elif not health.rebalancing and self._interrupted_at is not None:
            REBALANCE_SECONDS.observe(now - self._interrupted_at)
            self._interrupted_at = None
        if health.recovering and self._recovering_since is None:
            self._recovering_since = now
        elif not health.recovering and self._recovering_since is not None:
            RECOVERY_SECONDS.observe(now - self._recovering_since)
            self._recovering_since = None
        if not health.recovering and not health.rebalancing:
            health.started = True
        remaining = recovery.active_remaining() if health.recovering and recovery.started else {}
        left = sum(max(0, each) for each in remaining.values())
        RECOVERY_REMAINING.set(left)
        self._raise_standstill((app.rebalancing_count, health.rebalancing, health.recovering, left))

    def _raise_standstill(self, state: Hashable) -> None:
        """Find that partitions are not got back though the brokers answer.

        Raises:
            StartError: no cause of it is known any more, and nothing but a restart helps.
        """
        health = self._health
        still = self._standstill.observe(
            waiting=health.assigned and (health.rebalancing or health.recovering),
            # Heart-beats confirmed, too: who waits for a slow member, or for a coordinator, has nothing to do but wait.
            answered=time.monotonic() - health.broker_answer < BROKER_SILENCE and self._app.consumer.lease.held,
            state=state,
        )
        if still > standstill.LONGEST:
            raise UnavailableError(
                f"partitions were assigned and nothing moved for {still:.0f} s, though the brokers answer;"
                " start the worker again, and tell us what its log says before"
            )

    def _say_readiness(self) -> None:
        """Log each change of readiness: a person reading the log sees why nothing moves, and since when."""
        why = self._health.not_ready_because()
        if why == self._said:
            return
        self._said = why
        if why is None:
            partitions = sorted({tp.partition for tp in self._assignment() if tp.topic == self._settings.input_topic})
            log.info("ready", partitions=partitions)
        else:
            log.warning("not ready", why=why)

    def _observe_progress(self) -> None:
        lags: dict[tuple[str, str], int] = {}
        for tp in sorted(self._assignment()):
            if tp.topic.endswith("-changelog"):
                continue
            try:
                end = self._app.consumer.highwater(tp)
            except (AssertionError, KeyError, ValueError):  # aiokafka asserts that the partition is still assigned
                continue
            done = self._app.consumer._committed_offset.get(tp)
            if end is None or done is None:
                continue
            if self._committed.get(tp) != done:
                self._committed[tp] = done
                LAST_COMMIT.set_to_current_time()
            add_lag(lags, tp.topic, tp.partition, max(0, end - done))
        for labels, lag in lags.items():
            LAG.labels(*labels).set(lag)
        for labels in self._shown - lags.keys():
            LAG.remove(*labels)
        self._shown = set(lags)
        for name, table in self._tables.items():
            TABLE_ENTRIES.labels(name).set(len(table))

    def _assignment(self) -> set[TP]:
        consumer = self._app._consumer
        if consumer is None:
            return set()
        try:
            return set(consumer.assignment())
        except Exception as error:  # faust's own type for "not started yet" is not exported at one place
            if type(error).__name__ == "ConsumerNotStarted":
                return set()
            raise


def add_lag(lags: dict[tuple[str, str], int], topic: str, partition: int, lag: int) -> None:
    """Take down the lag of one more partition; beyond `LAG_PARTITIONS` of a topic they share a series."""
    own = sum(1 for name, label in lags if name == topic and label != REST) < LAG_PARTITIONS
    labels = (topic, str(partition) if own else REST)
    lags[labels] = lags.get(labels, 0) + lag
