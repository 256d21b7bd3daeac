"""The board as its users run it, on topics of its own, and the browser they look at it with."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from typing import Any

import orjson
from aiokafka import AIOKafkaProducer

from tests.board.history import claims, records
from tests.cli.programs import environment
from tests.stream.workers import World
from tests.tools import missing
from worker import codec

_BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")


def browser_path() -> str:
    """Where the machine's Chromium is; see `missing` where it has none."""
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    return found or missing("chromium", "apt-get install chromium")


@dataclass
class Board:
    """A running board."""

    process: subprocess.Popen[str]
    address: str

    def ask(self, path: str) -> Any:
        """What it answers."""
        with urllib.request.urlopen(self.address + path, timeout=10) as answer:  # noqa: S310 (our own address)
            return orjson.loads(answer.read())

    def state(self) -> str:
        """How it says that it is."""
        return str(self.ask("api/frame")["status"]["state"])

    async def until(self, state: str, seconds: float = 60) -> None:
        """Wait until it says that it is so."""
        deadline = time.monotonic() + seconds
        while (now := await asyncio.to_thread(self.state)) != state:
            assert time.monotonic() < deadline, f"still {now}, not {state}"
            await asyncio.sleep(0.1)

    def stop(self) -> None:
        """End it."""
        self.process.kill()
        self.process.communicate()


def start_board(settings: dict[str, str]) -> Board:
    """Start a board on a free port, without waiting until it has read everything."""
    process = subprocess.Popen(
        [sys.executable, "-m", "worker", "board", "--port", "0"],
        env=environment(settings),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    return Board(process, process.stdout.readline().split()[-1])


async def fill(world: World, days: int) -> None:
    """Publish so many days of tallies, and the claims behind the newest of them."""
    settings = world.settings
    topics = {"P1D": settings.day_topic, "P7D": settings.week_topic}
    producer = AIOKafkaProducer(bootstrap_servers=world.bootstrap, linger_ms=20, max_batch_size=512 * 1024)
    await producer.start()
    try:
        sent = [await producer.send(topics[size], value, key=key) for size, key, value in records(days)]
        sent += [await producer.send(settings.claims_topic, codec.encode(said), key=key) for key, said in claims()]
        await asyncio.gather(*sent)
    finally:
        await producer.stop()
