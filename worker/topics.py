"""Every topic: its name, partitions and settings; what is missing, and how to create it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import (
    ClusterAuthorizationFailedError,
    KafkaError,
    TopicAlreadyExistsError,
    TopicAuthorizationFailedError,
    for_code,
)

from worker.connection import ConfigurationError, UnavailableError
from worker.model import Struct

if TYPE_CHECKING:
    from worker.settings import Settings

TABLES = ("articles", "ledger", "tallies-day", "tallies-week", "conflicts")
"""The worker's tables; each has a changelog topic."""

_DAY_MS = 24 * 60 * 60 * 1000
_MAX_MESSAGE_BYTES = 12 * 1024 * 1024
"""Articles are refused above 1 MiB, but whole, into the dead letters; what we write ourselves stays far below."""


_IN_STEP = 2
"""So many replicas must have a message before it counts as written, where there are more: one broker may be lost
without a message lost, and one may be restarted without a stop."""


class TopicSpec(Struct, frozen=True):
    """One topic as it should be; `owner` tells who creates it, the worker's operators or the producers upstream."""

    name: str
    role: str
    owner: Literal["upstream", "worker", "internal"]
    cleanup: Literal["delete", "compact"]
    config: dict[str, str] = {}  # noqa: RUF012 (msgspec copies defaults)


class TopicState(Struct, frozen=True):
    """One topic beside its specification; `partitions` None: it does not exist."""

    spec: TopicSpec
    partitions: int | None
    wanted_partitions: int

    @property
    def problem(self) -> str | None:
        """Say in one clause what is wrong, or None."""
        if self.partitions is None:
            return "missing"
        if self.partitions != self.wanted_partitions:
            return f"has {self.partitions} partitions, needs {self.wanted_partitions}"
        return None


def rekeyed_topic(settings: Settings) -> str:
    """Name the internal topic of articles moved to the partition of their id."""
    return f"{settings.app_id}-articles-rekeyed"


def changelog_topic(app_id: str, table: str) -> str:
    """Name the changelog topic of a table, as faust does."""
    return f"{app_id}-{table}-changelog"


def specs(settings: Settings) -> tuple[TopicSpec, ...]:
    """List every topic the worker reads or writes."""
    return (
        _spec(settings.input_topic, "articles", "upstream", days=None),
        _spec(settings.claims_topic, "claims", "worker", days=30),
        _spec(settings.day_topic, "tallies-day", "worker"),
        _spec(settings.week_topic, "tallies-week", "worker"),
        _spec(settings.conflicts_topic, "conflicts", "worker", days=30),
        _spec(settings.dead_letters_topic, "dead-letters", "worker", days=14),
        _spec(rekeyed_topic(settings), "rekeyed", "internal", days=7),
        *(_spec(changelog_topic(settings.app_id, table), f"changelog-{table}", "internal") for table in TABLES),
    )


def _spec(name: str, role: str, owner: Literal["upstream", "worker", "internal"], days: int | None = 0) -> TopicSpec:
    """Specify a topic: kept for so many days, for ever (None), or compacted (0)."""
    config = {"max.message.bytes": str(_MAX_MESSAGE_BYTES)}
    if days == 0:
        return TopicSpec(
            name=name, role=role, owner=owner, cleanup="compact", config={"min.cleanable.dirty.ratio": "0.1", **config}
        )
    retention = "-1" if days is None else str(days * _DAY_MS)
    return TopicSpec(name=name, role=role, owner=owner, cleanup="delete", config={"retention.ms": retention, **config})


async def examine(client: AIOKafkaAdminClient, settings: Settings) -> tuple[TopicState, ...]:
    """Compare the topics there are with those there should be.

    All have as many partitions as the input topic, since state moves between workers by partition; where that does
    not exist yet, as many as the setting says.

    Raises:
        ConfigurationError: a topic may not be described.
    """
    wanted = specs(settings)
    found: dict[str, int | None] = {}
    for described in await client.describe_topics([spec.name for spec in wanted]):
        name, code = described["topic"], described["error_code"]
        error = for_code(code)
        if issubclass(error, TopicAuthorizationFailedError):
            raise ConfigurationError(f"no right to describe topic {name}; grant Describe on it")
        found[name] = len(described["partitions"]) if code == 0 else None
    partitions = found.get(settings.input_topic) or settings.partitions
    return tuple(
        TopicState(spec=spec, partitions=found.get(spec.name), wanted_partitions=partitions) for spec in wanted
    )


async def create_missing(client: AIOKafkaAdminClient, states: tuple[TopicState, ...], replication: int) -> list[str]:
    """Create the topics that do not exist, and list their names; of three replicas and more two must be in step.

    Raises:
        StartError: the brokers refuse.
    """
    missing = [state for state in states if state.partitions is None]
    if not missing:
        return []
    copies = {"min.insync.replicas": str(_IN_STEP)} if replication > _IN_STEP else {}
    new = [
        NewTopic(
            name=state.spec.name,
            num_partitions=state.wanted_partitions,
            replication_factor=replication,
            topic_configs={"cleanup.policy": state.spec.cleanup, **copies, **state.spec.config},
        )
        for state in missing
    ]
    try:
        response: Any = await client.create_topics(new)
    except KafkaError as error:
        raise UnavailableError(f"can't create topics ({type(error).__name__}: {error})") from None
    for name, code, *rest in response.topic_errors:
        refusal = for_code(code)
        if code == 0 or issubclass(refusal, TopicAlreadyExistsError):
            continue
        if issubclass(refusal, (TopicAuthorizationFailedError, ClusterAuthorizationFailedError)):
            raise ConfigurationError(f"no right to create topic {name}; run `topics apply` as a user with Create")
        raise ConfigurationError(f"can't create topic {name}: {(rest and rest[0]) or refusal.__name__}")
    return [state.spec.name for state in missing]


def require_fit(states: tuple[TopicState, ...]) -> None:
    """Refuse to start on topics that do not fit.

    Raises:
        ConfigurationError: one line with the first problem and how to mend it.
    """
    for state in states:
        if state.partitions is None:
            option = " --with-input" if state.spec.owner == "upstream" else ""
            raise ConfigurationError(
                f"topic {state.spec.name} is missing; create it with `drone-tally topics apply{option}`"
            )
    for state in states:
        if state.problem is not None:
            raise ConfigurationError(
                f"topic {state.spec.name} {state.problem} (as many as {states[0].spec.name});"
                " delete it and run `drone-tally topics apply`, or change the input topic and start under a new app_id"
            )
