"""A child process that writes to a log file, is signalled by its id alone and never outlives its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from worker.broker import tether

# The kernel ties a child to the *thread* that forked it, so children are forked by one thread that lives as long as
# the interpreter: a broker started in a short-lived thread would otherwise be killed when that thread ends.
_FORKER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="broker-children")


class Child:
    """One program, run in a process group of its own so that Ctrl-C in a terminal reaches the parent only."""

    def __init__(
        self, command: Sequence[str], *, log: Path, folder: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self.command = tuple(command)
        self.log = log
        self.folder = folder
        self.environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._paused = False
        self._log_from = 0

    @property
    def pid(self) -> int | None:
        """The process id while the program runs, else None."""
        return self._process.pid if self._process and self._process.poll() is None else None

    @property
    def exit_code(self) -> int | None:
        """The exit code after the end, negative for a signal; None before the start and while it runs."""
        return self._process.poll() if self._process else None

    def start(self) -> None:
        """Start the program; its output is appended to the log. RuntimeError if it runs already."""
        if self.pid is not None:
            raise RuntimeError(f"already running with process id {self.pid}")
        self._paused = False
        self._log_from = self.log.stat().st_size if self.log.exists() else 0
        self._process = _FORKER.submit(self._fork).result()

    def _fork(self) -> subprocess.Popen[bytes]:
        launcher = [sys.executable, "-I", "-S", tether.__file__, str(os.getpid()), *self.command]
        with self.log.open("ab") as output:
            return subprocess.Popen(  # noqa: S603 (commands are built by this package) # nosec B603
                launcher,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                env=self.environment,
                process_group=0,
            )

    def wait(self, seconds: float) -> bool:
        """Whether the program has ended within so many seconds."""
        if self._process is None:
            return True
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def terminate(self) -> None:
        """Ask the program to end (SIGTERM); a paused one is resumed, or it could not hear it."""
        self.resume()
        self._signal(signal.SIGTERM)

    def stop(self, grace_seconds: float) -> None:
        """End the program: SIGTERM, and SIGKILL if it has not ended within the grace period."""
        self.terminate()
        if not self.wait(grace_seconds):
            self.kill()

    def kill(self) -> None:
        """End the program at once (SIGKILL), as a crash would."""
        self._signal(signal.SIGKILL)
        self.wait(10)

    def pause(self) -> None:
        """Freeze the program (SIGSTOP): its connections stay open and nothing answers."""
        self._signal(signal.SIGSTOP)
        self._paused = True

    def resume(self) -> None:
        """Let a paused program go on (SIGCONT)."""
        if self._paused:
            self._signal(signal.SIGCONT)
            self._paused = False

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)

    def has_said(self, words: str) -> bool:
        """Whether its log holds these words since its last start."""
        try:
            with self.log.open("rb") as log:
                log.seek(self._log_from)
                return words.encode() in log.read()
        except OSError:
            return False

    def last_words(self, lines: int = 15) -> str:
        """The last lines of the log, for an error message."""
        try:
            with self.log.open("rb") as log:
                log.seek(max(0, self.log.stat().st_size - 16_384))
                tail = log.read().decode("utf-8", "replace").splitlines()[-lines:]
        except OSError:
            tail = []
        return "\n".join(f"  | {line}" for line in tail) or "  | (the log is empty)"
