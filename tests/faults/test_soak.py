"""Half an hour at a steady pace: memory and file descriptors stay level.

Memory is judged once the worker has warmed up: once it holds every article and has held at once whatever it may hold.
It fetches ahead, up to a bound, when it lags; what that took is free afterwards, but stays with the process. A machine
that is busy with other things makes a worker lag at any time, and the first time would look like a leak. So a backlog
comes behind the first round, as after every stop, and then ten minutes at the pace, for the heap to come to rest.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

import orjson
import pytest

from tests.faults.recount import counted
from tests.faults.report import Report
from tests.faults.scale import LONG, amount
from tests.stream.pages import all_read, memory_mb, open_files
from tests.stream.stories import history
from tests.stream.workers import Message, World

pytestmark = [pytest.mark.broker, pytest.mark.timeout(3600)]

RATE = 300
"""Messages a second."""
_VERSIONS = 2
"""What an article's version grows by from round to round; within one there are as many."""


async def test_half_an_hour_at_a_steady_pace(world: World, report: Report) -> None:
    seconds, warm = amount(10, 1800), amount(3, 600)
    articles = history(seed=91, articles=amount(1_000, 20_000))
    worker = world.start()
    await worker.ready()
    behind = amount(2, 3) * len(articles)
    for first, end in ((0, len(articles)), (len(articles), behind)):  # the state, and then a backlog on top of it
        await world.send(_sent(articles, number) for number in range(first, end))
        assert await all_read(worker, 600, more=end) < 600
    started, sent, samples = time.monotonic(), behind, []
    while (passed := time.monotonic() - started) < seconds:
        await world.send(_sent(articles, sent + n) for n in range(RATE))
        sent += RATE
        if passed >= warm:
            samples.append((passed / 3600, memory_mb(worker), open_files(worker)))
        await asyncio.sleep(max(0.0, started + (sent - behind) / RATE - time.monotonic()))
    lag = await all_read(worker, 120)
    # Older editions count no more, but for what withdrew an article for good in the first round.
    told = [*range(min(sent, len(articles))), *range(max(0, sent - 2 * len(articles)), sent)]
    bad, cells = await counted(world, [_sent(articles, number) for number in told])
    slope = _slope([(hours, memory) for hours, memory, _ in samples])
    files = [count for _, _, count in samples]
    report(
        f"{sent - behind:,} messages at {RATE}/s for {seconds / 60:.1f} minutes behind {behind:,} at once, each"
        " round of articles in new versions",
        f"memory < 1 MB/h after warm-up (a round, a backlog and {warm / 60:g} minutes; long form); file descriptors"
        " flat; lag 0; 0 wrong cells",
        f"{f'{slope:+.1f} MB/h' if LONG else 'memory not judged'}; descriptors {min(files)} to {max(files)};"
        f" lag 0 after {lag:.0f} s;"
        f" {bad} wrong of {cells:,}",
        (slope < 1 or not LONG) and max(files) - min(files) <= 4 and lag < 120 and bad == 0,
    )


def _sent(articles: Sequence[Message], number: int) -> Message:
    """The message of a number: after each round all articles come again, in newer versions."""
    rounds, position = divmod(number, len(articles))
    message = articles[position]
    try:
        article = orjson.loads(message.value or b"")
    except orjson.JSONDecodeError:
        return message
    newer = orjson.dumps({**article, "version": article["version"] + _VERSIONS * rounds})
    return Message(message.key, newer, headers=message.headers)


def _slope(points: list[tuple[float, float]]) -> float:
    """Fit a line through the points and return its slope."""
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)
