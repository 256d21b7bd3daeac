"""Help is there, quick, and says how each command is used."""

from __future__ import annotations

import os
import subprocess
import sys

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
        "board",
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
        "schemas",
        "completion",
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


def test_help_takes_less_than_300_ms_of_processor() -> None:
    """Of processor, for what else the machine does meanwhile says nothing of this program."""

    def seconds() -> float:
        process = subprocess.Popen(
            [sys.executable, "-m", "worker", "--help"], stdout=subprocess.DEVNULL, env=environment()
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        return used.ru_utime + used.ru_stime

    assert min(seconds() for _ in range(5)) < 0.3


def test_the_version_is_the_package_s() -> None:
    assert run("--version").stdout == f"drone-tally {__version__}\n"
