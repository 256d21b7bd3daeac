"""Texts that would rewrite a terminal, turn the direction of reading or forge a line: no command lets them through."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import unicodedata
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from tests.cli.programs import NIGHT, run, written
from tests.report import Report
from worker.cli.data import harmless
from worker.cli.main import commands
from worker.clients.letters import escaped

NASTY = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp\u2066\u200b\ufeff\u2028\x7f\U000e0041"
RAW = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
HOSTILE = NIGHT | {
    "id": f"one{NASTY}", "title": f"Air{NASTY} defences", "body": f"{NASTY}{NIGHT['body']}{NASTY}",
    "source": f"wire{NASTY}", "url": f"https://{NASTY}/", "language": "en",
}  # fmt: skip
WITHDRAWN = {"id": NASTY, "withdrawn": True}
BROKEN = {"id": NASTY, "title": "x", NASTY: NASTY, "version": NASTY}
QUESTION = ("why", "RU-BRY", "UA>RU", "2025-09-19")
READING = (
    ("extract", "-"),
    ("explain", "-"),
    ("tally", "-"),
    (*QUESTION, "-"),
    (*QUESTION, "-", "--json"),
)
REFUSING = (
    ("extract", NASTY),
    ("extract", "--text", "--published-at", NASTY, "x y"),
    ("tally", "--zone", NASTY, "-"),
    ("why", NASTY, NASTY, NASTY),
    ("dead-letters", "show", NASTY),
    ("produce", NASTY),
    ("evaluate", "--articles", NASTY, "--gold", NASTY),
    (NASTY,),
)


def raw(text: str) -> set[str]:
    """The characters of a text that may do more than be read; ends of lines and tabs are no harm."""
    return {character for character in text if unicodedata.category(character) in RAW and character not in "\n\t"}


def said(*arguments: str) -> str:
    done = CliRunner().invoke(
        commands, list(arguments), input=written(HOSTILE, WITHDRAWN, BROKEN), env={"NO_COLOR": "1"}
    )
    assert not isinstance(done.exception, Exception), done.exception
    return done.output


def test_no_command_lets_a_text_rewrite_the_terminal(report: Report) -> None:
    found = {arguments[0]: raw(said(*arguments)) for arguments in (*READING, *REFUSING)}
    assert "intercepted 31" in said("explain", "-")
    shown = escaped(NASTY.encode("utf-8", "surrogatepass")) + escaped(b"\x1b\xff")
    report(
        "control, bidirectional and invisible characters in every field, in arguments and keys: "
        + ", ".join(dict.fromkeys(arguments[0] for arguments in READING))
        + ", `dead-letters show`, refusals of all commands",
        "none reaches the terminal",
        f"{len(READING) + len(REFUSING)} calls, {len(set().union(*found.values()))} such characters",
        not any(found.values()) and not raw(shown),
    )


def test_json_for_programs_says_the_same_and_harms_no_terminal() -> None:
    line = msgspec.json.encode({NASTY: [NASTY, "ї", 1]})
    assert not raw(harmless(line).decode())
    assert json.loads(harmless(line)) == json.loads(line)
    (claims, *_) = said("extract", "-").splitlines()
    assert json.loads(claims)["article_id"] == HOSTILE["id"]


def test_original_bytes_are_not_for_a_terminal() -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", closefd=True), os.fdopen(theirs, "wb", closefd=True) as terminal:
        program = [sys.executable, "-m", "worker", "dead-letters", "show", "0:0", "--value-only"]
        done = subprocess.run(program, stdout=terminal, stderr=subprocess.PIPE, timeout=60, check=False)
    assert (done.returncode, b"send them into a file or a pipe" in done.stderr) == (2, True)


@pytest.mark.parametrize("form", ["json", "human"])
def test_logs_hold_no_such_characters_and_no_forged_line(form: str, tmp_path: Path, report: Report) -> None:
    program = tmp_path / "log.py"
    program.write_text(
        "import logging, structlog, sys\n"
        "from worker.logs import configure\n"
        f"configure({form!r}, 'DEBUG')\n"
        f"nasty = {NASTY + chr(10) + '2026-01-01 [error] forged'!r}\n"
        "log = structlog.get_logger('worker')\n"
        "log.debug(nasty, **{nasty: nasty})\n"
        "logging.getLogger('aiokafka.client').error('%s', nasty)\n"
        "try:\n    raise ValueError(nasty)\nexcept ValueError as error:\n    log.error('failed', exc_info=error)\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, program], capture_output=True, timeout=60, check=True, env=_environment())
    lines = done.stderr.decode().splitlines()
    forged = [line for line in lines if line.startswith("2026-01-01 [error] forged")]
    report(
        f"the same in logs at DEBUG ({'JSON' if form == 'json' else 'for people'}), tracebacks included",
        "none reaches the log; no forged line",
        f"{len(raw(done.stderr.decode()))} such characters, {len(forged)} forged lines of {len(lines)}",
        not raw(done.stderr.decode()) and not forged and len(lines) >= 3,
    )


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(Path(__file__).parents[2]), *sys.path]))}


def test_a_setting_with_such_a_name_is_refused_in_one_harmless_line() -> None:
    done = run("config", "show", settings={"DRONETALLY_\x1b[2J\u202e": "x"})
    assert (done.returncode, done.stderr.count("\n"), raw(done.stdout + done.stderr)) == (78, 1, set())
