"""What the brokers allow this user, asked without reading or writing anything.

A metadata request of version 8 (Kafka 2.3 and newer) tells for each topic the operations its sender may perform.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiokafka.client import AIOKafkaClient
from aiokafka.errors import IncompatibleBrokerVersion
from aiokafka.protocol.api import Request, RequestStruct, Response
from aiokafka.protocol.types import Array, Boolean, Int16, Int32, Schema, String

from worker.connection import client_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.settings import Settings

READ, WRITE, DESCRIBE = 3, 4, 8
NAMES = {READ: "Read", WRITE: "Write", DESCRIBE: "Describe"}
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


async def missing_rights(settings: Settings, wanted: dict[str, frozenset[int]]) -> dict[str, frozenset[int]] | None:
    """List by topic the wanted operations that are not allowed; None where the brokers do not tell.

    Args:
        settings: how to reach the brokers.
        wanted: the operations needed, by name of a topic that exists.
    """
    client = AIOKafkaClient(**client_options(settings), request_timeout_ms=int(settings.start_timeout * 1000))
    await client.bootstrap()
    try:
        node = client.get_random_node()
        if node is None or not await client.ready(node):
            return None
        answer: Any = await client.send(node, _RightsRequest(list(wanted)))
    except (IncompatibleBrokerVersion, NotImplementedError):  # the latter is what aiokafka raises for too old brokers
        return None
    finally:
        await client.close()
    missing: dict[str, frozenset[int]] = {}
    for _error, topic, _internal, _partitions, operations in answer.topics:
        if operations == _NOT_TOLD:
            return None
        lacking = frozenset(operation for operation in wanted[topic] if not operations & (1 << operation))
        if lacking:
            missing[topic] = lacking
    return missing
