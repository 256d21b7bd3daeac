"""The worker keeps all state in Kafka: its folder of temporary files may be full, gone, or not to be had."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.recount import counted
from tests.faults.report import Report
from tests.stream.stories import history
from tests.stream.workers import World

pytestmark = pytest.mark.broker

_NOWHERE = """
import runpy, sys, tempfile
tempfile.tempdir = "/proc/nowhere"
sys.argv = ["drone-tally", "worker"]
runpy.run_module("worker", run_name="__main__")
"""


async def test_its_folder_deleted_while_it_runs(world: World, report: Report, tmp_path: Path) -> None:
    messages = history(seed=101, articles=400)
    worker = world.start(TMPDIR=str(tmp_path))
    await worker.ready()
    await world.send(messages[:200])
    held = [name for name in os.listdir(tmp_path) if name.startswith("drone-tally-")]
    for name in held:
        shutil.rmtree(tmp_path / name)
    await world.send(messages[200:])
    code, errors = worker.end(signal.SIGTERM)
    await world.start(TMPDIR=str(tmp_path)).ready()
    bad, cells = await counted(world, messages)
    report(
        "folder of the worker deleted while it runs, then a new worker",
        "0 wrong cells, all from the changelogs; code 0",
        f"{bad} wrong of {cells:,}; code {code}",
        bool(held) and bad == 0 and code == 0 and "Traceback" not in errors,
    )


@pytest.fixture
def full_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in which there is room for nothing more."""
    folder = tmp_path / "full"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"this user may not mount a small folder: {done.stderr.decode().strip()}")
    with contextlib.suppress(OSError), (folder / "everything").open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


async def test_a_full_folder_is_no_matter(world: World, report: Report, full_folder: Path) -> None:
    messages = history(seed=102, articles=200)
    worker = world.start(TMPDIR=str(full_folder))
    await worker.ready()
    await world.send(messages)
    bad, cells = await counted(world, messages)
    code, _ = worker.end(signal.SIGTERM)
    report(
        "folder of the worker full", "0 wrong cells; code 0", f"{bad} wrong of {cells:,}; code {code}", bad + code == 0
    )


async def test_no_folder_at_all_is_refused_in_one_line(world: World, report: Report) -> None:
    worker = world.start(_NOWHERE)
    _, errors = worker.process.communicate(timeout=30)
    line = errors.decode().splitlines()[-1]
    code = worker.process.returncode
    clear = "set TMPDIR" in line and "Traceback" not in errors.decode()
    report("no folder to be had (read-only)", "a clear refusal", f"code {code}: {line}", code == os.EX_CONFIG and clear)
