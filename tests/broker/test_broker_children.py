"""Child processes: signalled by their ids, and gone with their parent however it ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.brokers import missing
from worker.broker.child import Child
from worker.broker.scratch import ScratchFolder, remove_orphans

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties a child to its parent's life")


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def _gone(pids: list[int], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while any(map(_runs, pids)):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _sleeper(folder: Path) -> Child:
    return Child(["sleep", "60"], log=folder / "log", folder=folder)


@ON_LINUX
def test_a_child_outlives_the_thread_that_started_it(tmp_path: Path) -> None:
    child = _sleeper(tmp_path)
    thread = threading.Thread(target=child.start)
    thread.start()
    thread.join()
    try:
        assert not child.wait(0.5)
    finally:
        child.kill()
    assert child.exit_code == -signal.SIGKILL


def test_stop_wakes_a_paused_child_and_asks_it_first(tmp_path: Path) -> None:
    child = _sleeper(tmp_path)
    child.start()
    child.pause()
    child.stop(grace_seconds=10)
    assert child.exit_code == -signal.SIGTERM
    assert child.pid is None


def test_stop_kills_a_child_that_will_not_hear(tmp_path: Path) -> None:
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    )
    child = Child([sys.executable, "-c", deaf], log=tmp_path / "log", folder=tmp_path)
    child.start()
    while "deaf" not in child.last_words():
        assert not child.wait(0.05)
    child.stop(grace_seconds=0.2)
    assert child.exit_code == -signal.SIGKILL


def test_the_last_words_are_the_end_of_the_log(tmp_path: Path) -> None:
    child = Child([sys.executable, "-c", "print(*range(100), sep='\\n')"], log=tmp_path / "log", folder=tmp_path)
    assert "empty" in child.last_words()
    child.start()
    assert child.wait(10)
    assert child.last_words(2) == "  | 98\n  | 99"


def test_a_running_child_is_not_started_twice(tmp_path: Path) -> None:
    child = _sleeper(tmp_path)
    child.start()
    try:
        with pytest.raises(RuntimeError, match="already running"):
            child.start()
    finally:
        child.kill()


def test_a_scratch_folder_lives_as_long_as_its_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    own = ScratchFolder()
    (own.path / "inside").mkdir()
    remove_orphans()
    assert own.path.is_dir(), "its owner lives"
    own.remove()
    own.remove()
    assert not own.path.exists()


PARENT = """
import sys, time
from worker.broker import choose
broker = choose(sys.argv[1])
broker.start()
print(*([node.pid for node in broker.nodes] if sys.argv[1] == "kafka" else [broker.pid]), flush=True)
time.sleep(120)
"""


@ON_LINUX
@pytest.mark.broker
@pytest.mark.parametrize("kind", ["kafka", "tansu"])
def test_no_broker_outlives_a_parent_that_was_killed(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, available: set[str]
) -> None:
    if kind not in available:
        missing(f"{kind} is not to be had on this machine")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, kind], stdout=subprocess.PIPE, env={**os.environ, "TMPDIR": str(tmp_path)}
    )
    try:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert pids
        assert all(map(_runs, pids))
        (folder,) = tmp_path.iterdir()
        remove_orphans()
        assert folder.is_dir(), "its owner lives"
    finally:
        parent.kill()
        parent.wait(10)
    assert _gone(pids)
    remove_orphans()
    assert not folder.exists()
