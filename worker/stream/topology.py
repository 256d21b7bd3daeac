"""The whole picture, top to bottom: which topics flow through which agents into which tables.

    news.article.v1 ─┬─▶ intake ──▶ drone.claims.v1 ──▶ reconcile ──▶ drone.tallies.day.v1, .week.v1
       ▲             │   articles                       ledger         drone.conflicts.v1
       └─ rekeyed ◀──┘                                  tallies-day, tallies-week, conflicts
                         drone.dead-letters.v1 ◀── whatever a stage can't read

Built by a function, so that nothing exists, and nothing is read from the environment, until somebody asks for it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

import faust
from aiokafka.partitioner import murmur2
from faust.app.base import BootStrategy
from faust.auth import OAuthCredentials
from mode import CrashingSupervisor

from worker import gazetteer, topics
from worker.connection import tls_context
from worker.model import WindowSize
from worker.oauth import tokens_for
from worker.pipeline.reconciler import Reconciler
from worker.settings import Settings
from worker.stream import fetched, recovery
from worker.stream.agents.intake import Intake
from worker.stream.agents.reconcile import Reconcile
from worker.stream.batches import BatchLoop
from worker.stream.consumer import RewindingConsumer
from worker.stream.dead_letters import DeadLetters
from worker.stream.producer import LeasedProducer
from worker.stream.tables import ConfirmedTable
from worker.stream.windowed_table import WindowedTable
from worker.tracing import UNTRACED, Tracer

_NOT_READ = "DRONETALLY_FAUST_READS_NOTHING_"  # faust takes BROKER_URL, WEB_PORT and more from bare variables
_MAX_MESSAGE_BYTES = 16 * 1024 * 1024
_POLL_RECORDS = 2_000
"""Records parsed at a time of what was fetched. Without a limit it is all: a mebibyte of each partition holds tens of
thousands of tiny messages, and as objects they take ten times that."""
_BATCH_BYTES = 512 * 1024
"""What may go to one partition with one request: the next waits for its answer, so with 16 KiB, the default, brokers
that answer late would let through a dozen articles' claims each time."""


NO_FRAMES: Final[Mapping[str, bytes]] = MappingProxyType({})


@dataclass(frozen=True)
class Topology:
    """The faust app with its agents, and what the rest of the worker watches."""

    app: faust.App
    loops: tuple[BatchLoop, ...]
    tables: dict[str, ConfirmedTable]


def build(
    settings: Settings,
    partitions: int,
    datadir: str,
    canonical_url: str,
    frames: Mapping[str, bytes] = NO_FRAMES,
    tracer: Tracer = UNTRACED,
) -> Topology:
    """Put the worker together.

    Args:
        settings: all settings.
        partitions: of the input topic and, as checked before, of all others.
        datadir: a folder faust insists on; nothing of value is kept there.
        canonical_url: tells workers of one group apart.
        tracer: makes spans of what the agents do.
        frames: what stands before the values of topics that are published with a schema registry's framing.
    """
    fetched.tolerate()
    app = _app(settings, partitions, datadir, canonical_url)
    app.frames = frames
    recovery.install(app)
    tables = {name: ConfirmedTable(app, name, partitions) for name in topics.TABLES}
    dead_letters = DeadLetters(settings.dead_letters_topic)
    home = functools.partial(partition_of, partitions=partitions)
    sizes: dict[WindowSize, str] = {"P1D": settings.day_topic, "P7D": settings.week_topic}

    intake = Intake(
        articles=tables["articles"],
        dead_letters=dead_letters,
        claims_topic=settings.claims_topic,
        rekeyed_topic=topics.rekeyed_topic(settings),
        partition_of=home,
        future_tolerance=settings.future_tolerance,
        tracer=tracer,
    )
    reconcile = Reconcile(
        ledger=tables["ledger"],
        tallies={"P1D": WindowedTable(tables["tallies-day"]), "P7D": WindowedTable(tables["tallies-week"])},
        conflicts=WindowedTable(tables["conflicts"]),
        tally_topics=sizes,
        conflicts_topic=settings.conflicts_topic,
        dead_letters=dead_letters,
        partition_of=home,
        make_reconciler=_reconcilers(settings),
        tracer=tracer,
    )
    articles = [settings.input_topic, topics.rekeyed_topic(settings)]
    own = [table for name, table in tables.items() if name != "articles"]
    loops = (
        _agent(app, settings, "intake", articles, intake.step, [tables["articles"]]),
        _agent(app, settings, "reconcile", [settings.claims_topic], reconcile.step, own),
    )
    return Topology(app=app, loops=loops, tables=tables)


def partition_of(key: bytes, partitions: int) -> int:
    """Find the partition of a key as Java's, and aiokafka's, default partitioner does."""
    found: int = (murmur2(key) & 0x7FFFFFFF) % partitions
    return found


def _reconcilers(settings: Settings) -> Callable[[], Reconciler]:
    return lambda: Reconciler(
        zone=ZoneInfo(settings.zone),
        region_name=gazetteer.name,
        final_after=settings.final_after,
        retention=settings.retention,
    )


def _agent(
    app: faust.App, settings: Settings, name: str, sources: list[str], step: Any, tables: list[ConfirmedTable]
) -> BatchLoop:
    def forget() -> None:
        for table in tables:
            table.forget()

    loop = BatchLoop(app, step, settings.batch_size, settings.batch_wait, forget)

    async def run(stream: Any) -> None:
        await loop.run(stream)

    run.__name__ = run.__qualname__ = name  # what faust's messages call it
    # "raw", or faust decodes values as JSON before the agent can guard it.
    source = app.topic(*sources, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw")
    app.agent(source, name=name)(run)
    return loop


class _NoWeb(BootStrategy):  # type: ignore[misc]
    """faust's own pages list tables and routes on every interface; ours are in `worker.health`."""

    enable_web = False
    enable_sensors = False


class _App(faust.App):  # type: ignore[misc]
    BootStrategy = _NoWeb

    def _new_transport(self) -> Any:
        transport = super()._new_transport()
        transport.Consumer = RewindingConsumer
        transport.Producer = LeasedProducer
        return transport


def _app(settings: Settings, partitions: int, datadir: str, canonical_url: str) -> faust.App:
    return _App(
        settings.app_id,
        env_prefix=_NOT_READ,
        broker=[f"kafka://{server.strip()}" for server in settings.bootstrap_servers.split(",")],
        broker_credentials=_credentials(settings),
        broker_client_id=settings.app_id,
        broker_commit_interval=settings.commit_interval,
        broker_heartbeat_interval=min(3.0, settings.session_timeout / 3),
        broker_session_timeout=settings.session_timeout,
        broker_request_timeout=max(90.0, settings.session_timeout * 2),
        broker_rebalance_timeout=max(60.0, settings.session_timeout),
        broker_max_poll_interval=1800.0,
        broker_max_poll_records=_POLL_RECORDS,
        consumer_auto_offset_reset="earliest",
        **({"consumer_group_instance_id": settings.group_instance_id} if settings.group_instance_id else {}),
        producer_acks=-1,
        producer_linger=0.0,  # batches are confirmed as a whole: whoever lingers waits for nothing
        producer_compression_type=None if settings.compression == "none" else settings.compression,
        producer_request_timeout=settings.session_timeout / 2,  # the other half of a lease, see `worker.stream.lease`
        producer_max_request_size=_MAX_MESSAGE_BYTES,
        producer_max_batch_size=_BATCH_BYTES,
        stream_wait_empty=False,
        stream_buffer_maxsize=settings.batch_size,  # for each stream; messages may be large
        stream_recovery_delay=0.0,
        store="memory://",
        table_standby_replicas=0,
        topic_partitions=partitions,
        topic_allow_declare=False,
        topic_disable_leader=True,
        agent_supervisor=CrashingSupervisor,
        processing_guarantee="at_least_once",
        datadir=datadir,
        canonical_url=canonical_url,
        web_enabled=False,
        web_tables_enabled=False,
        web_router_enabled=False,
        autodiscover=False,
        loghandlers=[],
        timezone=ZoneInfo("UTC"),
    )


def _credentials(settings: Settings) -> faust.types.auth.CredentialsT | None:
    context = tls_context(settings)
    if settings.security_protocol.startswith("SASL"):
        if settings.sasl_mechanism == "OAUTHBEARER":
            return OAuthCredentials(oauth_cb=tokens_for(settings), ssl_context=context)
        password = settings.sasl_password
        return faust.SASLCredentials(
            username=settings.sasl_username,
            password=password.get_secret_value() if password else None,
            ssl_context=context,
            mechanism=settings.sasl_mechanism,
        )
    return faust.SSLCredentials(context) if context is not None else None
