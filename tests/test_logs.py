"""Logs: one line for each event, whatever text comes into it; no control character reaches a terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.logs import printable

NASTY = "red\x1b[31m\x07 bidi\u202e zero\u200b\u2060\ufeff lines\u2028\u2029\x85\r\n2026 [error] forged\ud800"
RAW = "\x1b\x07\u202e\u200b\u2060\ufeff\u2028\u2029\x85\r"
PROGRAM = f"""
import logging, sys
import structlog
from worker.cli.terminal import coloured
from worker.logs import configure

configure(sys.argv[1], sys.argv[2], colours=coloured(sys.stderr))
nasty = {NASTY!r}
log = structlog.get_logger("worker")
log.debug("one debug")
log.info("one plain", count=3, who="ї")
log.info("one " + nasty)
log.info("one value", text=nasty, several=[nasty], table={{nasty: nasty}}, raw=nasty.encode("utf-8", "replace"))
log.info("one key", **{{nasty: 1}})
logging.getLogger("faust").info("one library, not shown")
logging.getLogger("faust").warning("one library %s", nasty)
logging.getLogger(nasty).warning("one name")
try:
    raise ValueError(nasty)
except ValueError as error:
    log.error("one failure", exc_info=error)
    logging.getLogger("aiokafka").exception("one failure")
"""


def run(form: str, level: str = "INFO") -> str:
    done = subprocess.run([sys.executable, "-c", PROGRAM, form, level], capture_output=True, timeout=60, check=True)
    assert done.stdout == b""
    return done.stderr.decode()


@pytest.fixture(scope="module")
def as_json() -> str:
    return run("json")


@pytest.fixture(scope="module")
def for_people() -> str:
    return run("human")


def test_json_logs_are_one_object_a_line_in_ascii(as_json: str) -> None:
    lines = [json.loads(line) for line in as_json.splitlines()]
    assert len(lines) == 8
    assert as_json.isascii()
    assert all(line["event"].startswith("one ") for line in lines)
    assert {"count", "who", "event", "logger", "level", "timestamp"} == lines[0].keys()
    assert (lines[0]["count"], lines[0]["who"], lines[0]["timestamp"][-1]) == (3, "ї", "Z")


def test_texts_of_json_logs_are_harmless_when_decoded_too(as_json: str) -> None:
    for line in as_json.splitlines():
        for key, value in json.loads(line).items():
            for text in (key, value) if isinstance(value, str) else (key,):
                assert not set(text) & set(RAW)
                assert "\n" not in text or key == "exception"


def test_logs_for_people_hold_no_control_characters(for_people: str) -> None:
    assert not set(for_people) & set(RAW)
    assert "\\u202e" in for_people
    assert "\\x1b" in for_people or "\\u001b" in for_people


def test_no_text_passes_for_a_line_of_its_own(for_people: str) -> None:
    lines = for_people.splitlines()
    assert not any(line.startswith("2026 [error] forged") for line in lines)
    own = [line for line in lines if line[:2] == "20"]
    assert len(own) == 8
    assert all("] one " in line for line in own)


def test_a_failure_is_shown_with_its_traceback(as_json: str, for_people: str) -> None:
    failures = [json.loads(line) for line in as_json.splitlines()][-2:]
    assert all(
        "Traceback" in failure["exception"] and "ValueError: red" in failure["exception"] for failure in failures
    )
    assert for_people.count("Traceback") == 2


def test_libraries_log_warnings_only(as_json: str) -> None:
    assert "not shown" not in as_json
    assert "one library red" in as_json


def test_debug_is_shown_where_it_is_asked_for(as_json: str) -> None:
    assert "one debug" not in as_json
    assert "one debug" in run("json", "DEBUG")


def test_without_a_terminal_auto_is_json() -> None:
    assert json.loads(run("auto").splitlines()[0])["event"] == "one plain"


@given(st.text(st.characters() | st.sampled_from(RAW + "\ud800\udfff\U000e0001\ue000")))
def test_printable_text_moves_no_cursor_and_turns_no_direction(text: str) -> None:
    shown = printable(text)
    assert not {unicodedata.category(c) for c in shown if c not in "\n\t"} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    shown.encode()
    assert printable(shown) == shown


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"])))
def test_text_without_such_characters_stays_as_it_is(text: str) -> None:
    assert printable(text) == text


REPEATING = """
import logging
from worker.logs import configure
configure("json", "INFO")
for number in range(50):
    logging.getLogger("aiokafka.conn").warning("Unable to connect to node %s", number)
    logging.getLogger("worker").warning("ours %s", number)
"""


def test_a_library_that_repeats_itself_is_heard_once() -> None:
    done = subprocess.run([sys.executable, "-c", REPEATING], capture_output=True, timeout=60, check=True)
    said = done.stderr.decode().splitlines()
    assert sum("Unable to connect" in line for line in said) == 1
    assert sum("ours" in line for line in said) == 50


WIRE = """
import logging
from aiokafka.protocol.admin import SaslAuthenticateRequest_v1
from worker.logs import configure
configure("json", "DEBUG")
login = SaslAuthenticateRequest_v1(b"\\0tally\\0canary")
logging.getLogger("aiokafka.client").debug("Attempting to bootstrap")
logging.getLogger("aiokafka.conn").debug("Request to %s:%d %d: %s", "broker", 9092, 1, login)
"""


def test_no_level_shows_the_login_that_goes_to_the_brokers() -> None:
    done = subprocess.run([sys.executable, "-c", WIRE], capture_output=True, timeout=60, check=True)
    assert b"Attempting to bootstrap" in done.stderr
    assert b"canary" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminals")
@pytest.mark.parametrize(("wish", "some"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_is_coloured_unless_its_user_minds(wish: dict[str, str], some: bool) -> None:
    ours, theirs = os.openpty()
    plain = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    subprocess.run([sys.executable, "-c", PROGRAM, "auto", "INFO"], stderr=theirs, env=plain | wish, check=True)
    os.close(theirs)
    shown = os.read(ours, 500)
    os.close(ours)
    assert b"plain" in shown
    assert (b"\x1b[" in shown) == some
