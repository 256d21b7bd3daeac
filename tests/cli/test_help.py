"""Help is there, quick, and says how each command is used."""

from __future__ import annotations

import subprocess
import sys
import time

import click
import pytest
from click.testing import CliRunner

from tests.cli.programs import environment, run
from worker import __version__
from worker.cli.main import commands


def all_commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for name, command in group.commands.items():
        found.append((*path, name))
        if isinstance(command, click.Group):
            found += all_commands(command, (*path, name))
    return found


@pytest.mark.parametrize("path", all_commands(commands), ids="-".join)
def test_every_command_explains_itself_with_an_example(path: tuple[str, ...]) -> None:
    result = CliRunner().invoke(commands, [*path, "--help"], prog_name="drone-tally")
    assert result.exit_code == 0
    assert "Examples:\n    drone-tally " in result.output or "Examples:\n    DRONETALLY_" in result.output


def test_the_contracted_commands_are_there() -> None:
    wanted = [
        "worker",
        "demo",
        "extract",
        "explain",
        "tally",
        "why",
        "evaluate",
        "topics",
        "check",
        "config",
        "produce",
        "dead-letters",
    ]
    assert set(wanted) == set(commands.commands)
    assert {("topics", "plan"), ("topics", "apply"), ("config", "show")} <= set(all_commands(commands))
    assert {("dead-letters", "list"), ("dead-letters", "show"), ("dead-letters", "replay")} <= set(
        all_commands(commands)
    )


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from worker.cli.main import commands\n"
        "try: commands(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'faust', 'aiokafka', 'pydantic', 'rich', 'asyncio', 'msgspec'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_help_answers_within_300_ms() -> None:
    def seconds() -> float:
        started = time.perf_counter()
        assert run("--help").returncode == 0
        return time.perf_counter() - started

    assert min(seconds() for _ in range(5)) < 0.3


def test_the_version_is_the_package_s() -> None:
    assert run("--version").stdout == f"drone-tally {__version__}\n"
