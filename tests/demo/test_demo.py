"""The demo for real: a broker, a worker, all articles, and nothing left behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.cli.programs import environment, run
from tests.demo.samples import SAMPLES

pytestmark = pytest.mark.broker


def descendants(pid: int) -> set[int]:
    """All processes that a process started, and those that these started."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found: set[int] = set()
    while more := {child for child, parent in parents.items() if parent in found | {pid}} - found:
        found |= more
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone_within(seconds: float, pids: set[int]) -> bool:
    deadline = time.monotonic() + seconds
    while any(map(alive, pids)):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _heed_ctrl_c() -> None:
    """Undo what a shell does to what it starts in the background: tests may well run there."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "worker", "demo", "--plain", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        start_new_session=True,
        preexec_fn=_heed_ctrl_c,
    )


def until(process: subprocess.Popen[str], words: str) -> list[str]:
    """Read lines up to the first with these words."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if words in line:
            return lines
    pytest.fail(f"ended without {words!r}: {process.stderr.read() if process.stderr else ''}")


def test_in_a_pipe_it_plays_everything_and_ends() -> None:
    # Settings of some production must not lead the demo there.
    elsewhere = {"DRONETALLY_BOOTSTRAP_SERVERS": "127.0.0.1:1", "DRONETALLY_INPUT_TOPIC": "production"}
    # Slow enough to see what is withdrawn while it stands.
    done = run("demo", "--seconds", "12", settings=elsewhere, seconds=150)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    count = len(SAMPLES.splitlines())
    assert lines[0].startswith("broker: ")
    assert sum(line.startswith("[") for line in lines) == count
    assert f"all {count} messages are counted" in lines
    assert any("UA>RU" in line and "intercepted" in line and "“" in line for line in lines)
    assert any("RU>UA" in line and "launched" in line and "“" in line for line in lines)
    assert any(line.startswith("dead letter: not_json") for line in lines)
    assert any("2025-09-17 UA>RU Crimea: killed is no longer claimed" in line for line in lines)
    metrics = next(line.split()[-1] for line in lines if line.startswith("metrics:"))
    assert metrics.startswith("http://127.0.0.1:")
    address = lines[0].rpartition(" ")[2]
    assert sum(f"kcat -b {address} " in line for line in lines) == 4
    assert re.fullmatch(r"board: +http://127\.0\.0\.1:\d+/", lines[-1])


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize(
    ("number", "codes"), [(signal.SIGINT, (130,)), (signal.SIGTERM, (130,)), (signal.SIGKILL, (-signal.SIGKILL,))]
)
def test_however_it_ends_no_process_is_left(number: signal.Signals, codes: tuple[int, ...]) -> None:
    process = start("--seconds", "60")
    try:
        until(process, "[3/")
        started = descendants(process.pid)
        assert len(started) >= 2, "a broker and a worker"
        process.send_signal(number)
        _, errors = process.communicate(timeout=30)
        assert process.returncode in codes
        assert errors == ""
        assert gone_within(5, started)
    finally:
        process.kill()
        process.communicate()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_with_wait_it_stays_until_ctrl_c_reaches_the_whole_group() -> None:
    process = start("--seconds", "1", "--wait")
    try:
        address = until(process, "board:")[-1].split()[-1]
        started = descendants(process.pid)
        time.sleep(1)
        assert process.poll() is None
        assert all(map(alive, started))
        with urllib.request.urlopen(address, timeout=5) as page:  # noqa: S310 (our own address)
            assert b"<main" in page.read()
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        process.communicate(timeout=30)
        assert process.returncode == 0
        assert gone_within(5, started)
    finally:
        process.kill()
        process.communicate()
