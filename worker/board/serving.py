"""The life of the board: bind, follow the topics, serve until stopped."""

from __future__ import annotations

import asyncio
import signal
import socket
from typing import TYPE_CHECKING

from aiohttp import web

from worker.board.follow import Follower
from worker.board.hub import Hub
from worker.board.server import HOST, application
from worker.connection import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from worker.settings import Settings

_GOODBYE_SECONDS = 0.5


async def serve(settings: Settings, port: int, ready: Callable[[str], None]) -> None:
    """Serve the board until SIGTERM or Ctrl-C.

    Args:
        settings: brokers and names of topics.
        port: on loopback; 0 takes a free one.
        ready: is told the address as soon as the page can be opened.

    Raises:
        ConfigurationError: the port is taken, or a topic is missing.
        UnavailableError: the brokers do not answer.
    """
    listening = _bind(port)
    hub = Hub()
    follower = Follower(settings, hub)
    runner = web.AppRunner(
        application(follower, hub, settings.zone), access_log=None, shutdown_timeout=_GOODBYE_SECONDS
    )
    await runner.setup()
    following = asyncio.create_task(follower.run())
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    waiting = asyncio.create_task(stopping.wait())
    try:
        await web.SockSite(runner, listening).start()
        ready(f"http://{HOST}:{listening.getsockname()[1]}/")
        await asyncio.wait({following, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if following.done():
            following.result()  # tells of its failure
    finally:
        for task in (following, waiting):
            task.cancel()
        await asyncio.gather(following, waiting, return_exceptions=True)
        await runner.cleanup()


def _bind(port: int) -> socket.socket:
    """Take the port before anything else starts."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        raise ConfigurationError(f"can't listen on {HOST}:{port} ({error.strerror}); choose another --port") from None
    return listening
