"""Settings and topics of the demo: the defaults on a broker of its own, names of their own on somebody else's."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from worker.broker.ports import free_ports
from worker.clients.setup import apply_topics
from worker.connection import admin
from worker.topics import specs

if TYPE_CHECKING:
    from worker.settings import Settings

_TOPICS = ("input_topic", "claims_topic", "day_topic", "week_topic", "conflicts_topic", "dead_letters_topic")
_PARTITIONS = 2  # enough to show that work is shared, few enough to start quickly


def overrides_for(bootstrap: str, external: Settings | None) -> dict[str, object]:
    """List the settings that the demo needs to differ.

    Args:
        bootstrap: where the brokers are.
        external: the user's own settings where the brokers are the user's; nothing of theirs may be touched.
    """
    (port,) = free_ports(1)
    chosen: dict[str, object] = {
        "bootstrap_servers": bootstrap,
        "partitions": _PARTITIONS,
        "http_host": "127.0.0.1",
        "http_port": port,
        "log_format": "json",
        "session_timeout": 10,
    }
    if external is not None:
        run = f"drone-tally-demo-{int(time.time())}"
        chosen |= {name: f"{run}.{getattr(external, name)}" for name in _TOPICS} | {"app_id": run}
    return chosen


async def set_stage(settings: Settings) -> None:
    """Create all topics, the input too."""
    await apply_topics(settings, settings.replication, with_input=True)


async def clear_stage(settings: Settings) -> None:
    """Delete all topics of these settings; only for names that nobody else uses."""
    async with admin(settings) as client:
        await client.delete_topics([spec.name for spec in specs(settings)])
