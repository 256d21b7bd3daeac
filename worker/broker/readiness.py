"""Does a broker answer? Asked with a real metadata request, through the client library the worker uses."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from worker.broker.interface import BrokerError

ASK_SECONDS = 5.0


def brokers_known(bootstrap: str, client: Mapping[str, Any] | None = None) -> int:
    """How many brokers the metadata of these bootstrap servers names.

    `client` holds further options of aiokafka's clients (security). KafkaError, OSError or TimeoutError without an
    answer within five seconds. May be called with or without a running event loop.
    """

    async def ask() -> int:
        admin = AIOKafkaAdminClient(
            bootstrap_servers=bootstrap, request_timeout_ms=int(ASK_SECONDS * 1000), **(client or {})
        )
        async with asyncio.timeout(ASK_SECONDS):
            try:
                await admin.start()
                return len((await admin.describe_cluster())["brokers"])
            finally:
                await admin.close()

    with ThreadPoolExecutor(max_workers=1) as apart:
        return apart.submit(asyncio.run, ask()).result()


def wait_for_brokers(
    address: str,
    *,
    brokers: int,
    seconds: float,
    started: Callable[[], bool] = lambda: True,
    ended: Callable[[], bool] = lambda: False,
) -> None:
    """Return as soon as the server at "host:port" answers and knows so many brokers.

    One address may answer while another is still to be opened, and may turn out to be taken: `started` says that all
    are open. BrokerError after so many seconds, or at once when `ended` says that there is nothing left to wait for.
    """
    deadline = time.monotonic() + seconds
    reason = "it does not listen"
    while not ended():
        if time.monotonic() > deadline:
            raise BrokerError(f"{address} was not ready within {seconds:.0f} s: {reason}")
        if listens(address):
            try:
                known = brokers_known(address)
            except (KafkaError, OSError, TimeoutError) as error:
                reason = f"{type(error).__name__}: {error}"
            else:
                if known >= brokers and started():
                    return
                reason = "it has not started whole" if known >= brokers else f"it knows {known} of {brokers} brokers"
        time.sleep(0.1)
    raise BrokerError(f"{address} ended before it was ready")


def listens(address: str) -> bool:
    """Whether something accepts connections at "host:port"; asked first, since the client logs every failure."""
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=1).close()
    except OSError:
        return False
    return True
