"""Access rules of a guarded test broker, for tests of least privilege.

Kafka's numbers for kinds of resources and operations; aiokafka has the requests but no call for them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Literal, NamedTuple

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.protocol.admin import CreateAclsRequest, DeleteAclsRequest, DescribeAclsRequest

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


class Right(NamedTuple):
    """What one rule allows: an operation on the resource of that name, or on all whose names begin so."""

    resource: Resource
    name: str
    operation: Operation
    prefix: bool = False


async def grant(client: Client, rights: Mapping[str, Iterable[Right]]) -> None:
    """Give each user, by name, these rights. `client` reaches the broker as its super user or over its internal
    listener. Returns when the rules are in force."""
    async with _admin(client) as admin:
        rules = [_rule(user, *right) for user, own in rights.items() for right in own]
        for rule in rules:
            made = await admin._send_request(CreateAclsRequest(*rule))
            ((code, message),) = made.creation_responses
            assert code == 0, message
        for rule in rules:
            await _until_told(admin, rule, there=True)


async def allow(
    client: Client, user: str, resource: Resource, name: str, *operations: Operation, prefix: bool = False
) -> None:
    """Let the user do this with the resource of that name, or with all whose names begin so; the cluster's is
    `kafka-cluster`. See `grant`."""
    await grant(client, {user: [Right(resource, name, operation, prefix) for operation in operations]})


async def revoke(
    client: Client, user: str, resource: Resource, name: str, *operations: Operation, prefix: bool = False
) -> None:
    """Take back what `allow` gave with the same arguments; returns when the rules are gone."""
    async with _admin(client) as admin:
        for operation in operations:
            rule = _rule(user, resource, name, operation, prefix)
            gone = await admin._send_request(DeleteAclsRequest(*rule))
            ((code, message, matching),) = gone.filter_responses
            assert (code, len(matching)) == (0, 1), message
            await _until_told(admin, rule, there=False)


Rule = tuple[int, str, int, str, str, int, int]


def _rule(user: str, resource: Resource, name: str, operation: Operation, prefix: bool) -> Rule:
    pattern = _PREFIXED if prefix else _LITERAL
    return _RESOURCES[resource], name, pattern, f"User:{user}", "*", _OPERATIONS[operation], _ALLOW


async def _until_told(admin: AIOKafkaAdminClient, rule: Rule, *, there: bool) -> None:
    """Wait until the broker itself has taken the change over from its controller."""
    async with asyncio.timeout(10):
        while bool((await admin._send_request(DescribeAclsRequest(*rule))).resources) is not there:
            await asyncio.sleep(0.05)


@asynccontextmanager
async def _admin(client: Client) -> AsyncIterator[AIOKafkaAdminClient]:
    admin = AIOKafkaAdminClient(**client)
    await admin.start()
    try:
        yield admin
    finally:
        await admin.close()
