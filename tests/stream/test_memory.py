"""How the C library keeps the worker's memory: all threads use one heap."""

from __future__ import annotations

import asyncio
import ctypes
import time
from pathlib import Path

import pytest

from tests.stream.workers import World, article

pytestmark = [
    pytest.mark.broker,
    pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_info"), reason="not glibc"),
]

_TELLS_ITS_HEAPS = """
import asyncio, ctypes, os, runpy, sys
from worker.stream.watch import Watch
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
libc.malloc_info.argtypes, libc.fclose.argtypes = [ctypes.c_int, ctypes.c_void_p], [ctypes.c_void_p]
here = os.environ["HERE"]
def tell():
    file = libc.fopen(f"{here}/unfinished".encode(), b"w")
    libc.malloc_info(0, file)
    libc.fclose(file)
    os.replace(f"{here}/unfinished", f"{here}/heaps")
async def telling():
    while True:
        tell()
        await asyncio.sleep(0.2)
observe = Watch.run
async def run(self):
    await asyncio.gather(observe(self), telling())
Watch.run = run
sys.argv = ["drone-tally", "worker"]
runpy.run_module("worker", run_name="__main__")
"""


async def test_all_threads_share_one_heap(world: World, tmp_path: Path) -> None:
    worker = world.start(_TELLS_ITS_HEAPS, HERE=str(tmp_path))
    await worker.ready()
    said = "Russia launched 40 drones at Ukraine overnight, the air force said."
    await world.send(article(f"n{number}", said, published_at="2025-06-04T07:00:00Z") for number in range(500))
    deadline = time.monotonic() + 30
    while worker.metric('dronetally_articles_total{outcome="relevant"}') < 500:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.2)
    (tmp_path / "heaps").unlink()
    while not (heaps := tmp_path / "heaps").exists():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.2)
    assert heaps.read_text(encoding="ascii").count("<heap nr=") == 1
