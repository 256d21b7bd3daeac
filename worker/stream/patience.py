"""Brokers that do not answer now, and may later."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from aiokafka.errors import KafkaTimeoutError

log = structlog.get_logger("worker")

PAUSE = 0.5


def passes(error: BaseException) -> bool:
    """Whether the same request may succeed later: nobody answered in time, or a leader is missing."""
    return isinstance(error, (KafkaTimeoutError, TimeoutError)) or bool(getattr(error, "retriable", False))


async def until_answered(ask: Callable[[], Awaitable[None]]) -> None:
    """Ask, again and again while the reason for a failure may pass; whoever no longer wants to wait cancels.

    Raises:
        Exception: what `ask` raised and does not pass.
    """
    while True:
        try:
            return await ask()
        except Exception as error:
            if not passes(error):
                raise
            log.warning("brokers do not answer, asking again", error=type(error).__name__)
        await asyncio.sleep(PAUSE)
