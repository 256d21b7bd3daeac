"""Expected faults are one line on stderr and a code; a reader who leaves early is no fault."""

from __future__ import annotations

import os
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from tests.cli.programs import NIGHT, environment, run, written
from worker.cli.faults import Commands, Fault
from worker.cli.main import commands
from worker.connection import ConfigurationError, StartError, UnavailableError
from worker.lexicon import LexiconError
from worker.settings import SettingsError

NOBODY = {"DRONETALLY_BOOTSTRAP_SERVERS": "127.0.0.1:1", "DRONETALLY_START_TIMEOUT": "2"}


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Fault("no"), 1),
        (StartError("no"), 1),
        (UnavailableError("no"), 69),
        (ConfigurationError("no"), 78),
        (SettingsError("no"), 78),
        (click.UsageError("no"), 2),
        (KeyboardInterrupt(), 130),
    ],
)
def test_each_error_has_its_exit_code(error: BaseException, code: int) -> None:
    @click.group(cls=Commands)
    def group() -> None: ...

    @group.command()
    def fail() -> None:
        raise error

    assert CliRunner().invoke(group, ["fail"]).exit_code == code


def test_an_error_is_one_line_that_cannot_rewrite_the_terminal() -> None:
    @click.group(cls=Commands)
    def group() -> None: ...

    @group.command()
    def fail() -> None:
        raise ConfigurationError("bad\nname \x1b[2J\u202e")

    result = CliRunner().invoke(group, ["fail"])
    assert result.stderr == "drone-tally: bad name \\u001b[2J\\u202e\n"


def test_a_bug_keeps_its_traceback() -> None:
    @click.group(cls=Commands)
    def group() -> None: ...

    @group.command()
    def fail() -> None:
        raise ZeroDivisionError

    assert isinstance(CliRunner().invoke(group, ["fail"]).exception, ZeroDivisionError)


@pytest.mark.parametrize(
    "command",
    [
        ("worker",),
        ("check",),
        ("topics", "plan"),
        ("topics", "apply"),
        ("produce", "-"),
        ("dead-letters", "list"),
    ],
    ids=" ".join,
)
def test_no_broker_is_69_and_one_line(command: tuple[str, ...]) -> None:
    done = run(*command, given=written(NIGHT), settings=NOBODY | {"DRONETALLY_HTTP_PORT": "0"})
    assert done.returncode == 69
    said = done.stdout if command == ("check",) else done.stderr
    assert "no broker answers at 127.0.0.1:1" in said.splitlines()[-1]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [("worker",), ("check",), ("topics", "plan"), ("config", "show"), ("tally", "-")])
def test_an_unknown_setting_is_78(command: tuple[str, ...]) -> None:
    done = run(*command, settings={"DRONETALLY_TOPICS": "x"})
    assert done.returncode == 78
    assert "unknown setting DRONETALLY_TOPICS" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("extract", "no-such-file"), ("tally", "--zone"), ("produce", "/nowhere")]
)
def test_wrong_usage_is_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).returncode == 2


def test_a_closed_pipe_ends_quietly() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "worker", "extract", "-"],
            input=written(NIGHT).encode() * 200,
            stdout=closed,
            stderr=subprocess.PIPE,
            env=environment(),
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("arguments", [["tally", "-"], ["extract", "-"], ["explain", "-"]], ids=lambda names: names[0])
def test_a_broken_dictionary_is_no_fault_of_the_texts(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(language: str) -> None:
        raise LexiconError(f"{language}/words.toml: unknown kind [nonsense]")

    monkeypatch.setattr("worker.cli.languages.lexicon", broken)
    result = CliRunner().invoke(commands, arguments, input=written(NIGHT))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("drone-tally: a dictionary can't be loaded (")
    assert len(result.stderr.splitlines()) == 1
