"""The independent count: `drone-tally tally` in a process of its own over the articles that were sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable

from tests.cli.programs import run
from tests.stream.workers import Message, World, as_line
from worker import codec


async def recount(world: World, messages: Iterable[Message]) -> dict[str, bytes]:
    """Return the tallies that the messages come to, as `World.published` returns them."""
    file = b"".join(map(as_line, messages))
    done = await asyncio.to_thread(run, "tally", "-", given=file, settings=world.environment, seconds=600)
    found: dict[str, bytes] = {}
    for line in done.stdout.splitlines():
        tally = codec.decode_tally(line.encode())
        found[f"{tally.window.size} {tally.key}"] = codec.encode(tally)
    return found


def wrong(published: dict[str, bytes], expected: dict[str, bytes]) -> tuple[int, int]:
    """Count the cells that differ, and all cells: a measure of a region, front and window is a cell."""
    theirs, ours = _cells(published), _cells(expected)
    names = {*theirs, *ours}
    return sum(theirs.get(name) != ours.get(name) for name in names), len(names)


def _cells(tallies: dict[str, bytes]) -> dict[tuple[str, str], object]:
    """Take tallies apart: every field is a cell, and of the measures each."""
    found: dict[tuple[str, str], object] = {}
    for key, line in tallies.items():
        fields = json.loads(line)
        found |= {(key, measure): cell for measure, cell in fields.pop("measures").items()}
        found |= {(key, f".{name}"): value for name, value in fields.items()}
    return found


async def counted(world: World, messages: list[Message], seconds: float = 90) -> tuple[int, int]:
    """Wait until the tallies are what the messages come to, and count what is wrong in the end."""
    expected = await recount(world, messages)
    assert expected, "the articles of this test come to nothing"
    return wrong(await world.settle(expected, seconds), expected)
