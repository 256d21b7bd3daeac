"""Programs that tests run and a developer's machine may lack."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import pytest

NEEDED = os.environ.get("TESTS_NEED_TOOLS", "") == "1"
"""Whether a missing program fails the tests: CI says so."""


DEPLOY = "pip install --require-hashes -r deploy/requirements/deploy.txt"


def missing(name: str, source: str) -> NoReturn:
    """Skip a test for which something is not installed, or fail it where everything is needed; say where to get it."""
    reason = f"{name} is not installed: {source}"
    if NEEDED:
        pytest.fail(reason)
    pytest.skip(reason)


def program(name: str, source: str) -> str:
    """Find a program beside this Python or on the path; see `missing` where it can't be found."""
    here = Path(sysconfig.get_path("scripts")) / name
    found = str(here) if here.exists() else shutil.which(name)
    return found or missing(name, source)


def checker(name: str) -> str:
    """Find one of the programs that `deploy/requirements/deploy.txt` pins."""
    return program(name, DEPLOY)


def run(*command: str | Path, seconds: float = 60, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program to its end from the root of the project, with these variables besides those there are."""
    variables: Mapping[str, str] = {**os.environ, "NO_COLOR": "1", **environment}
    return subprocess.run(
        [str(each) for each in command],
        cwd=Path(__file__).parents[1],
        env=variables,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
