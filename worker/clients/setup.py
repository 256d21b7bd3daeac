"""Setting the topics up, by somebody with the right to create them; the worker itself has none."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from worker.connection import ConfigurationError, UnavailableError, admin
from worker.topics import create_missing, examine

if TYPE_CHECKING:
    from worker.settings import Settings

_VISIBLE_SECONDS = 10.0


async def apply_topics(settings: Settings, replication: int, with_input: bool) -> list[str]:
    """Create what is missing, wait until the brokers show it, and list the names.

    Nothing is created while something stands in the way: a missing input topic decides how many partitions all others
    need, and a topic with the wrong number can't be mended by adding more.

    Raises:
        StartError: the brokers do not answer or refuse; a topic does not fit.
    """
    async with admin(settings) as client:
        states = await examine(client, settings)
        for state in states:
            if state.partitions is not None and state.problem is not None:
                raise ConfigurationError(
                    f"topic {state.spec.name} {state.problem} (as many as {settings.input_topic}); nothing was created:"
                    " delete that topic and try again, or choose another name or app_id"
                )
            if state.partitions is None and state.spec.owner == "upstream" and not with_input:
                raise ConfigurationError(
                    f"the input topic {state.spec.name} does not exist; nothing was created: its producers create it,"
                    " or `drone-tally topics apply --with-input` does"
                )
        created = await create_missing(client, states, replication)
        # A created topic is known to the controller at once, and to the other brokers a little later.
        deadline = time.monotonic() + _VISIBLE_SECONDS
        while any(state.partitions is None for state in await examine(client, settings)):
            if time.monotonic() > deadline:
                raise UnavailableError(f"topics were created, but are not visible after {_VISIBLE_SECONDS:.0f} s")
            await asyncio.sleep(0.1)
    return created
