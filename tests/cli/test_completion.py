"""Shells complete commands, options and choices."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from tests.cli.programs import environment
from worker.cli.main import commands


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_one_of_its_shell(shell: str) -> None:
    done = CliRunner().invoke(commands, ["completion", shell])
    assert done.exit_code == 0
    assert f"_DRONE_TALLY_COMPLETE={shell}_complete" in done.output
    if program := shutil.which(shell):
        checked = subprocess.run([program, "-n"], input=done.output, capture_output=True, text=True, check=False)
        assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("drone-tally dead-", {"dead-letters"}),
        ("drone-tally dead-letters ", {"list", "show", "replay"}),
        ("drone-tally tally --wi", {"--window"}),
        ("drone-tally tally --window ", {"day", "week", "both"}),
    ],
)
def test_what_the_script_asks_is_answered(typed: str, offered: set[str]) -> None:
    words = typed.split(" ")
    done = subprocess.run(
        [sys.executable, "-c", "from worker.__main__ import main; main()"],
        env=environment()
        | {
            "_DRONE_TALLY_COMPLETE": "bash_complete",
            "COMP_WORDS": typed,
            "COMP_CWORD": str(len(words) - 1),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert {line.partition(",")[2] for line in done.stdout.splitlines()} == offered, done.stderr
