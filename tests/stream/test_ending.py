"""SIGTERM ends the process in bounded time although something in it stands still. No broker is needed to see it."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import termios
import time

import pytest

from worker.broker.ports import free_ports

_STARTING = """
import asyncio, sys, threading, time
from worker.cli.main import commands
from worker.stream import runtime
"""

_LOOP_STANDS_STILL = f"""{_STARTING}
async def examine(settings):
    sys.stderr.write("here\\n")
    time.sleep(3600)

runtime.examined = examine
commands(["worker"])
"""

_A_THREAD_IS_JOINED_FOR_EVER = f"""{_STARTING}
threading.Thread(target=time.sleep, args=(3600,)).start()

async def examine(settings):
    sys.stderr.write("here\\n")
    await asyncio.sleep(3600)

runtime.examined = examine
commands(["worker"])
"""

_THE_LOG_IS_NOT_READ = f"""{_STARTING}
async def examine(settings):
    while True:
        runtime.log.warning("not read")
        await asyncio.sleep(0)

runtime.examined = examine
commands(["worker"])
"""

_A_SIGNAL_DOES_NOT_WAKE_THE_MAIN_THREAD = """
import signal, threading, time
from worker.stream.ending import beside_signals

heard = threading.Event()

def work():
    time.sleep(1)  # until the main thread sleeps
    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)  # this thread takes it, as one that comes too early
    return heard.wait(20)

print(beside_signals(work, lambda number: heard.set()))
"""


def _start(program: str, stderr: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
    (port,) = free_ports(1)
    settings = {
        "DRONETALLY_SHUTDOWN_TIMEOUT": "1",
        "DRONETALLY_HTTP_PORT": str(port),
    }
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DRONETALLY_")}
    return subprocess.Popen([sys.executable, "-c", program], env=environment | settings, stderr=stderr)


@pytest.mark.parametrize("program", [_LOOP_STANDS_STILL, _A_THREAD_IS_JOINED_FOR_EVER], ids=["loop", "thread"])
def test_sigterm_ends_a_worker_in_which_something_stands_still(program: str) -> None:
    worker = _start(program)
    assert worker.stderr is not None
    while worker.stderr.readline() != b"here\n":
        assert worker.poll() is None
    worker.send_signal(signal.SIGTERM)
    _, errors = worker.communicate(timeout=25)
    assert worker.returncode == 0
    assert b"shutdown took too long, ending now" in errors


def test_a_signal_that_does_not_wake_the_main_thread_is_heard_all_the_same() -> None:
    program = [sys.executable, "-c", _A_SIGNAL_DOES_NOT_WAKE_THE_MAIN_THREAD]
    assert subprocess.run(program, capture_output=True, text=True, check=True, timeout=60).stdout == "True\n"


def test_sigterm_ends_a_worker_whose_log_nobody_reads() -> None:
    worker = _start(_THE_LOG_IS_NOT_READ)
    try:
        _wait_until_it_waits_to_write(worker)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(25) == 0
    finally:
        worker.kill()
        worker.communicate()


def _wait_until_it_waits_to_write(worker: subprocess.Popen[bytes]) -> None:
    """Wait until its log fills the pipe and grows no more."""
    assert worker.stderr is not None
    deadline, waiting = time.monotonic() + 60, b""
    while time.monotonic() < deadline:
        before, waiting = waiting, fcntl.ioctl(worker.stderr.fileno(), termios.FIONREAD, bytes(4))
        if before == waiting != bytes(4):
            return
        time.sleep(0.5)
    raise AssertionError("its log never filled the pipe")
