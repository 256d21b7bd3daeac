"""Commands in the pages are commands of the program, and those a reader meets first do what the page says."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sysconfig
from pathlib import Path

import click
import pytest

from tests.cli.programs import environment
from tests.docs.pages import PAGES, ROOT, blocks, code, name_of, text_of
from worker.cli.main import commands

_CALL = re.compile(r"(?:^|[|&;(] *|= *)(?:\w+=\S+ +)*(?:\S*/)?drone-tally((?: +(?:\"[^\"]*\"|'[^']*'|[^|&;<>)\s]+))*)")


def unknown(text: str) -> list[str]:
    """List the calls of the program in a page that its parser refuses."""
    refused = []
    for line in code(text):
        for found in _CALL.finditer(line.strip()):
            try:
                _parse(commands, shlex.split(found[1], comments=True))
            except (click.UsageError, ValueError) as error:
                refused.append(f"{line.strip()}: {error}")
    return refused


def _parse(command: click.Command, arguments: list[str]) -> None:
    """Take the arguments apart as the command would, without running it; `…` and words in capitals stand for any."""
    with click.Context(command, info_name=command.name) as context:
        if not isinstance(command, click.Group):
            command.make_parser(context).parse_args([each for each in arguments if each != "…"])
            return
        if not arguments or arguments[0].startswith("-"):
            command.make_parser(context).parse_args(arguments)
            return
        inner = command.get_command(context, arguments[0])
        if inner is None:
            raise click.UsageError(f"no command {arguments[0]!r}")
        _parse(inner, arguments[1:])


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_in_pages_are_commands(page: Path) -> None:
    assert unknown(text_of(page)) == []


def test_commands_in_help_texts_are_commands() -> None:
    def epilogs(group: click.Group) -> str:
        inner = (
            epilogs(each) if isinstance(each, click.Group) else each.epilog or "" for each in group.commands.values()
        )
        return (group.epilog or "") + "\n".join(inner)

    text = "\n".join(
        re.sub(r" {3,}.*", "", line.strip()) for line in epilogs(commands).replace("\b", "\n").splitlines()
    )
    assert unknown(f"```\n{text}\n```\n") == []


@pytest.mark.parametrize(
    "line",
    ["drone-tally taly a.jsonl", "cat x | .venv/bin/drone-tally tally --windows day", "A=b drone-tally topics aply"],
)
def test_other_commands_are_seen(line: str) -> None:
    assert len(unknown(f"```\n{line}\n```\n")) == 1


def test_the_first_commands_of_the_readme_do_what_it_says(tmp_path: Path) -> None:
    (script,) = [block for language, block in blocks(text_of(ROOT / "README.md")) if language == "sh"]
    program = Path(sysconfig.get_path("scripts")) / "drone-tally"
    done = subprocess.run(
        ["sh", "-euc", script.replace(".venv/bin/drone-tally", f"'{program}'")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env=environment() | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
    )
    lines = done.stdout.splitlines()
    claims = json.loads(lines[0])["claims"]
    assert [(claim["measure"], claim["quantity"]["low"], claim["source"]) for claim in claims] == [
        ("launched", 52, "UA-AF")
    ]
    tally = next(json.loads(line) for line in lines if line.startswith('{"key":"UA|RU>UA|2025-06-18"'))
    assert tally["measures"]["launched"]["best"] == 52
    assert "1  launched 52; RU>UA; whole front" in done.stdout
    assert "UA Ukraine, RU>UA, 2025-06-18 (Europe/Kyiv)" in done.stdout
