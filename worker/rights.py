"""What the brokers allow this user, asked without reading or writing anything.

A metadata request of version 8 (Kafka 2.3 and newer) tells for each topic the operations its sender may perform.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiokafka.errors import IncompatibleBrokerVersion
from aiokafka.protocol.api import Request, RequestStruct, Response
from aiokafka.protocol.types import Array, Boolean, Int16, Int32, Schema, String

from worker.connection import ConfigurationError
from worker.topics import specs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiokafka.admin import AIOKafkaAdminClient

    from worker.settings import Settings

READ, WRITE = 3, 4
"""Kafka's numbers; whoever may do one of them may describe the topic too."""

_NAMES = {READ: "Read", WRITE: "Write"}
_NEEDED = {
    "articles": frozenset({READ}),
    **dict.fromkeys(("tallies-day", "tallies-week", "conflicts", "dead-letters"), frozenset({WRITE})),
}
"""By role; the claims, re-keyed articles and changelogs, which are not listed, are written and read."""

_NOT_TOLD = -(2**31)


class _MetadataResponseV8(Response):  # type: ignore[misc]
    API_KEY = 3
    API_VERSION = 8
    SCHEMA = Schema(
        ("throttle_time_ms", Int32),
        ("brokers", Array(("node_id", Int32), ("host", String()), ("port", Int32), ("rack", String()))),
        ("cluster_id", String()),
        ("controller_id", Int32),
        (
            "topics",
            Array(
                ("error_code", Int16),
                ("topic", String()),
                ("is_internal", Boolean),
                (
                    "partitions",
                    Array(
                        ("error_code", Int16),
                        ("partition", Int32),
                        ("leader", Int32),
                        ("leader_epoch", Int32),
                        ("replicas", Array(Int32)),
                        ("isr", Array(Int32)),
                        ("offline_replicas", Array(Int32)),
                    ),
                ),
                ("authorized_operations", Int32),
            ),
        ),
        ("cluster_authorized_operations", Int32),
    )


class _MetadataRequestV8(RequestStruct):  # type: ignore[misc]
    API_KEY = 3
    API_VERSION = 8
    RESPONSE_TYPE = _MetadataResponseV8
    SCHEMA = Schema(
        ("topics", Array(String())),
        ("allow_auto_topic_creation", Boolean),
        ("include_cluster_authorized_operations", Boolean),
        ("include_topic_authorized_operations", Boolean),
    )


class _RightsRequest(Request[_MetadataRequestV8]):  # type: ignore[misc]
    API_KEY = 3

    def __init__(self, topics: Sequence[str]) -> None:
        self._topics = list(topics)

    def build(self, request_struct_class: type[_MetadataRequestV8]) -> _MetadataRequestV8:
        return request_struct_class(self._topics, False, False, True)


def needed_rights(settings: Settings) -> dict[str, frozenset[int]]:
    """List by topic what the worker does with it."""
    return {spec.name: _NEEDED.get(spec.role, frozenset({READ, WRITE})) for spec in specs(settings)}


async def missing_rights(client: AIOKafkaAdminClient, settings: Settings) -> dict[str, frozenset[int]] | None:
    """List by topic the needed operations that are not allowed; None where the brokers do not tell.

    Args:
        client: logged in as the worker.
        settings: the names of the topics, all of which exist.
    """
    needed = needed_rights(settings)
    try:
        answer: Any = await client._send_request(_RightsRequest(list(needed)))
    except (IncompatibleBrokerVersion, NotImplementedError):  # the latter is what aiokafka raises for too old brokers
        return None
    missing: dict[str, frozenset[int]] = {}
    for _error, topic, _internal, _partitions, operations in answer.topics:
        if operations == _NOT_TOLD:
            return None
        lacking = frozenset(operation for operation in needed[topic] if not operations & (1 << operation))
        if lacking:
            missing[topic] = lacking
    return missing


async def require_rights(client: AIOKafkaAdminClient, settings: Settings) -> bool:
    """Refuse to go on without the rights that the worker needs, and tell whether the brokers said so.

    Raises:
        ConfigurationError: one line with the first topic and what is missing there.
    """
    missing = await missing_rights(client, settings)
    if missing:
        name, lacking = min(missing.items())
        operations = " and ".join(_NAMES[operation] for operation in sorted(lacking))
        more = f" (and rights on {len(missing) - 1} more topics)" if len(missing) > 1 else ""
        raise ConfigurationError(f"no right to {operations} on topic {name}{more}; grant it")
    return missing is not None
