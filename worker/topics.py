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
_DEAD_LETTER_BYTES = 12 * 1024 * 1024  # a dead letter carries messages that were refused for their size


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


def changelog_topic(settings: Settings, table: str) -> str:
    """Name the changelog topic of a table."""
    return f"{settings.app_id}-{table}-changelog"


def specs(settings: Settings) -> tuple[TopicSpec, ...]:
    """List every topic the worker reads or writes."""
    compact = {"min.cleanable.dirty.ratio": "0.1"}
    return (
        TopicSpec(
            name=settings.input_topic,
            role="articles",
            owner="upstream",
            cleanup="delete",
            config={"retention.ms": "-1"},
        ),
        TopicSpec(
            name=settings.claims_topic,
            role="claims",
            owner="worker",
            cleanup="delete",
            config={"retention.ms": str(30 * _DAY_MS)},
        ),
        TopicSpec(name=settings.day_topic, role="tallies-day", owner="worker", cleanup="compact", config=compact),
        TopicSpec(name=settings.week_topic, role="tallies-week", owner="worker", cleanup="compact", config=compact),
        TopicSpec(
            name=settings.conflicts_topic,
            role="conflicts",
            owner="worker",
            cleanup="delete",
            config={"retention.ms": str(30 * _DAY_MS)},
        ),
        TopicSpec(
            name=settings.dead_letters_topic,
            role="dead-letters",
            owner="worker",
            cleanup="delete",
            config={"retention.ms": str(14 * _DAY_MS), "max.message.bytes": str(_DEAD_LETTER_BYTES)},
        ),
        TopicSpec(
            name=rekeyed_topic(settings),
            role="rekeyed",
            owner="internal",
            cleanup="delete",
            config={"retention.ms": str(7 * _DAY_MS)},
        ),
        *(
            TopicSpec(
                name=changelog_topic(settings, table),
                role=f"changelog-{table}",
                owner="internal",
                cleanup="compact",
                config=compact,
            )
            for table in TABLES
        ),
    )


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
    """Create the topics that do not exist, and list their names.

    Raises:
        StartError: the brokers refuse.
    """
    missing = [state for state in states if state.partitions is None]
    if not missing:
        return []
    new = [
        NewTopic(
            name=state.spec.name,
            num_partitions=state.wanted_partitions,
            replication_factor=replication,
            topic_configs={"cleanup.policy": state.spec.cleanup, **state.spec.config},
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
            raise ConfigurationError(f"topic {state.spec.name} is missing; create it with `drone-tally topics apply`")
    for state in states:
        if state.problem is not None:
            raise ConfigurationError(
                f"topic {state.spec.name} {state.problem} (as many as {states[0].spec.name});"
                " delete it and run `drone-tally topics apply`, or change the input topic and start under a new app_id"
            )
