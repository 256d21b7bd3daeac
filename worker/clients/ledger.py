"""The worker's ledger as it stands on the brokers: what each article says about a front, the newest entry of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.clients.records import reader, records
from worker.topics import changelog_topic

if TYPE_CHECKING:
    from worker.settings import Settings


async def entries(settings: Settings, front: str) -> list[bytes]:
    """Read all entries of one front.

    Raises:
        ConfigurationError: the topic is missing or may not be read.
        UnavailableError: the brokers do not answer.
    """
    found: dict[bytes, bytes] = {}
    prefix = f"{front}|".encode()
    async with reader(settings, [changelog_topic(settings.app_id, "ledger")]) as consumer:
        async for record in records(consumer):
            if record.key is None or not record.key.startswith(prefix):
                continue
            if record.value is None:
                found.pop(record.key, None)
            else:
                found[record.key] = record.value
    return list(found.values())
