"""Several processes under one roof: started again when they end, stopped together, never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.programs import environment, run
from tests.processes import gone

PROGRAM = """
import sys
from worker import logs
from worker.cli.supervisor import Supervisor
logs.configure("json", "INFO")
command = [sys.executable, "-c", sys.argv[1]]
sys.exit(Supervisor(command, [{{"NUMBER": str(n)}} for n in range(2)], {stop}, first_pause=0.05).run())
"""
# Notes down its process id each time it starts, so that a test sees who ran.
NOTES = (
    "import os, signal, sys, time\nopen({folder!r} + '/' + os.environ['NUMBER'], 'a').write(f'{{os.getpid()}}\\n')\n"
)

Start = Callable[..., "Supervised"]


class Supervised:
    """A supervisor with two processes that run a small program."""

    def __init__(self, folder: Path, program: str, stop: float) -> None:
        self.folder = folder
        code = NOTES.format(folder=str(folder)) + textwrap.dedent(program)
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM.format(stop=stop), code],
            stderr=subprocess.PIPE,
            env=environment(),
            cwd=Path(__file__).parents[2],
        )

    def started(self, number: int, times: int = 1) -> list[int]:
        """Wait until a process has been started so often, and return its ids in order."""
        path, deadline = self.folder / str(number), time.monotonic() + 20
        while True:
            pids = [int(line) for line in path.read_text().splitlines()] if path.exists() else []
            if len(pids) >= times:
                return pids
            assert time.monotonic() < deadline, f"started {len(pids)} times"
            time.sleep(0.02)

    def ended(self, seconds: float = 20) -> tuple[int, str]:
        """Wait for the end; the exit code and what was logged."""
        _, said = self.process.communicate(timeout=seconds)
        return self.process.returncode, said.decode()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    made: list[Supervised] = []

    def begin(program: str, stop: float = 5.0) -> Supervised:
        made.append(Supervised(tmp_path, program, stop))
        return made[-1]

    yield begin
    for each in made:
        if each.process.poll() is None:
            each.process.kill()
        each.process.communicate()


def test_a_killed_process_is_started_again_and_the_other_left_alone(start: Start) -> None:
    supervised = start("time.sleep(60)")
    (first,), (other,) = supervised.started(0), supervised.started(1)
    os.kill(first, signal.SIGKILL)
    assert supervised.started(0, times=2)[1] != first
    assert supervised.started(1) == [other]
    supervised.process.send_signal(signal.SIGTERM)
    code, said = supervised.ended()
    assert code == 0
    assert '"code": -9' in said


def test_restarts_come_later_and_later(start: Start) -> None:
    supervised = start("os.kill(os.getpid(), signal.SIGKILL)")
    supervised.started(0, times=5)
    supervised.process.send_signal(signal.SIGTERM)
    code, said = supervised.ended()
    assert code == 0
    pauses = [float(line.split('"seconds": ')[1].split(",")[0]) for line in said.splitlines() if '"process": 0' in line]
    assert pauses[:4] == [0.05, 0.1, 0.2, 0.4]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_all_in_good_order(start: Start, number: signal.Signals, tmp_path: Path) -> None:
    supervised = start(
        f"""
        def stop(*_):
            open({str(tmp_path)!r} + '/stopped' + os.environ['NUMBER'], 'w').close()
            sys.exit(0)
        signal.signal(signal.SIGTERM, stop)
        print(end='', flush=True)
        open({str(tmp_path)!r} + '/ready' + os.environ['NUMBER'], 'w').close()
        time.sleep(60)
        """
    )
    pids = [*supervised.started(0), *supervised.started(1)]
    while not all((tmp_path / f"ready{each}").exists() for each in range(2)):
        time.sleep(0.02)
    supervised.process.send_signal(number)
    assert supervised.ended()[0] == 0
    assert all((tmp_path / f"stopped{each}").exists() for each in range(2))
    assert all(gone(pid, 0.5) for pid in pids)


def test_who_does_not_stop_is_killed(start: Start) -> None:
    supervised = start("signal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(60)", stop=-2.5)  # a grace of 0.5 s
    pids = [*supervised.started(0), *supervised.started(1)]
    supervised.process.send_signal(signal.SIGTERM)
    code, said = supervised.ended()
    assert code == 0
    assert all(gone(pid, 0.5) for pid in pids), said


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_a_killed_supervisor_takes_its_processes_with_it(start: Start) -> None:
    supervised = start("signal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(60)")
    pids = [*supervised.started(0), *supervised.started(1)]
    supervised.process.kill()
    assert all(gone(pid) for pid in pids)


def test_what_no_restart_mends_ends_all_with_its_code(start: Start, tmp_path: Path) -> None:
    supervised = start(
        f"""
        while not os.path.exists({str(tmp_path)!r} + '/0'):  # or the other is ended before it has begun
            time.sleep(0.02)
        sys.exit(78) if os.environ['NUMBER'] == '1' else time.sleep(60)
        """
    )
    assert supervised.ended()[0] == 78
    assert gone(supervised.started(0)[0], 0.5)
    assert len(supervised.started(1)) == 1


def test_who_fails_again_and_again_ends_all_with_its_code(start: Start) -> None:
    supervised = start("sys.exit(69) if os.environ['NUMBER'] == '0' else time.sleep(60)")
    assert supervised.ended(30)[0] == 69
    assert len(supervised.started(0)) == 6
    assert gone(supervised.started(1)[0], 0.5)


def test_a_wrong_setting_is_told_before_anything_starts() -> None:
    done = run("worker", "--processes", "2", settings={"DRONETALLY_HTTP_PORT": "65535"})
    assert done.returncode == 78
    assert "DRONETALLY_HTTP_PORT" in done.stderr
