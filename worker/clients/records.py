"""Reading topics from their beginning, outside of any consumer group: nobody's offsets move."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError, TopicAuthorizationFailedError, for_code

from worker.connection import ConfigurationError, UnavailableError, admin, client_options, quiet_aiokafka

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiokafka import ConsumerRecord
    from aiokafka.admin import AIOKafkaAdminClient

    from worker.settings import Settings

_FETCH_BYTES = 16 * 1024 * 1024


@asynccontextmanager
async def reader(settings: Settings, topics: Sequence[str]) -> AsyncIterator[AIOKafkaConsumer]:
    """Open a consumer of all partitions of some topics, set to their beginnings.

    Raises:
        ConfigurationError: a topic is missing or may not be read.
        UnavailableError: the brokers do not answer.
    """
    async with admin(settings) as client:
        partitions = [partition for topic in topics for partition in await partitions_of(client, topic)]
    with quiet_aiokafka():
        consumer = AIOKafkaConsumer(
            **client_options(settings),
            group_id=None,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=_FETCH_BYTES,
        )
        try:
            await asyncio.wait_for(consumer.start(), settings.start_timeout)
            consumer.assign(partitions)
            await consumer.seek_to_beginning()
            yield consumer
        except TopicAuthorizationFailedError:
            raise ConfigurationError(f"no right to read {' and '.join(topics)}; grant Read on it") from None
        except BrokenPipeError:  # of our own output, not of a broker: those are Kafka errors
            raise
        except (KafkaError, OSError, TimeoutError) as error:
            raise UnavailableError(
                f"brokers at {settings.bootstrap_servers} do not answer ({type(error).__name__})"
            ) from None
        finally:
            await consumer.stop()


async def partitions_of(client: AIOKafkaAdminClient, topic: str) -> list[TopicPartition]:
    """List the partitions of a topic.

    Raises:
        ConfigurationError: it is missing or may not be described.
    """
    (described,) = await client.describe_topics([topic])
    code = described["error_code"]
    if issubclass(for_code(code), TopicAuthorizationFailedError):
        raise ConfigurationError(f"no right to describe topic {topic}; grant Describe on it")
    if code or not described["partitions"]:
        raise ConfigurationError(f"topic {topic} is missing; create it with `drone-tally topics apply`")
    return sorted(TopicPartition(topic, partition["partition"]) for partition in described["partitions"])


async def records(consumer: AIOKafkaConsumer) -> AsyncIterator[ConsumerRecord]:
    """Yield what stands in the assigned partitions up to their ends as they are at the call."""
    ends: dict[Any, int] = await consumer.end_offsets(list(consumer.assignment()))
    unread = set(ends)
    while True:
        for partition in list(unread):
            if await consumer.position(partition) >= ends[partition]:
                unread.discard(partition)
        if not unread:
            return
        for partition, batch in (await consumer.getmany(*unread, timeout_ms=500)).items():
            for record in batch:
                if record.offset < ends[partition]:
                    yield record
