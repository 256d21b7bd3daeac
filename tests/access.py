"""Access rules of a guarded test broker, for tests of least privilege.

Kafka's numbers for kinds of resources and operations; aiokafka has the requests but no call for them.
"""

from __future__ import annotations

import asyncio
from typing import Literal

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.protocol.admin import CreateAclsRequest, DescribeAclsRequest

from tests.brokers import Client

Resource = Literal["topic", "group", "cluster", "transactional id"]
Operation = Literal[
    "all", "read", "write", "create", "delete", "alter", "describe", "describe configs", "alter configs"
]

_RESOURCES: dict[Resource, int] = {"topic": 2, "group": 3, "cluster": 4, "transactional id": 5}
_OPERATIONS: dict[Operation, int] = {
    "all": 2,
    "read": 3,
    "write": 4,
    "create": 5,
    "delete": 6,
    "alter": 7,
    "describe": 8,
    "describe configs": 10,
    "alter configs": 11,
}
_LITERAL, _PREFIXED = 3, 4
_ALLOW = 3


async def allow(
    client: Client, user: str, resource: Resource, name: str, *operations: Operation, prefix: bool = False
) -> None:
    """Let the user do this with the resource of that name, or with all whose names begin so; the cluster's is
    `kafka-cluster`. `client` reaches the broker as its super user or over its internal listener. Returns when the
    rules are in force."""
    admin = AIOKafkaAdminClient(**client)
    await admin.start()
    try:
        for operation in operations:
            rule = (
                _RESOURCES[resource],
                name,
                _PREFIXED if prefix else _LITERAL,
                f"User:{user}",
                "*",
                _OPERATIONS[operation],
                _ALLOW,
            )
            made = await admin._send_request(CreateAclsRequest(*rule))
            ((code, message),) = made.creation_responses
            assert code == 0, message
            async with asyncio.timeout(10):
                while not (await admin._send_request(DescribeAclsRequest(*rule))).resources:
                    await asyncio.sleep(0.05)
    finally:
        await admin.close()
