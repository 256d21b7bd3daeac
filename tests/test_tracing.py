"""Traces: what is passed on, and the spans that are made of it."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from tests.cli.programs import environment
from worker.settings import load
from worker.tracing import UNTRACED, Trace, received, tracer

TRACE = b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
STATES = b"rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"


@pytest.mark.parametrize("trace", [TRACE, TRACE[:-2] + b"00", b"cc" + TRACE[2:] + b"-what-the-future-will-be-like"])
def test_a_traceparent_is_passed_on(trace: bytes) -> None:
    assert received({"traceparent": trace}) == (trace, None)


@pytest.mark.parametrize(
    "trace",
    [
        None,
        b"",
        b"\xff" * 55,
        TRACE.upper(),
        TRACE[:-1],
        b"ff" + TRACE[2:],
        b"00-" + b"0" * 32 + TRACE[35:],
        TRACE[:36] + b"0" * 16 + TRACE[52:],
        TRACE + b"-" + b"x" * 5000,
        TRACE + b"\n",
    ],
)
def test_what_is_none_is_not(trace: bytes | None) -> None:
    assert received({"traceparent": trace, "tracestate": STATES}) is None


@pytest.mark.parametrize(
    ("came", "goes"),
    [
        (STATES, STATES),
        (b" \trojo=00f067aa0ba902b7 ,, congo=t61rcWkgMzE\t,", STATES),
        (b"1tenant@system-of/it*=a value with spaces", b"1tenant@system-of/it*=a value with spaces"),
        (b"", None),
        (b",", None),
        (b"Rojo=1", None),
        (b"rojo", None),
        (b"rojo=", None),
        (b"rojo=a=b", None),
        (b"rojo=1,rojo=2", None),
        (b"rojo=\xff", None),
        (b"rojo=1\r\nx: y", None),
        (b"a=" + b"x" * 257, None),
        (b",".join(b"k%d=v" % n for n in range(33)), None),
        (b"rojo=1," + b",".join(b"k%d=%s" % (n, b"v" * 250) for n in range(3)), b"rojo=1,k0=" + b"v" * 250),
        (None, None),
    ],
)
def test_a_tracestate_goes_with_it_if_it_is_one(came: bytes | None, goes: bytes | None) -> None:
    trace = received({"traceparent": TRACE, "tracestate": came})
    assert trace == (TRACE, goes)
    assert trace.headers() == [("traceparent", TRACE), *([("tracestate", goes)] if goes else [])]


def test_without_spans_the_last_trace_goes_on() -> None:
    last = Trace(TRACE, STATES)
    with UNTRACED.span("reconcile", [Trace(b"first"), last]) as passed, UNTRACED.span("intake", []) as nothing:
        assert (passed, nothing) == (last, None)
    assert tracer(load({})) is UNTRACED


def test_a_missing_extra_is_named() -> None:
    code = (
        "import sys; sys.modules['opentelemetry.sdk.resources'] = None\n"
        "from worker.settings import load; from worker.tracing import tracer\n"
        "try: tracer(load(tracing=True))\n"
        "except Exception as error: print(error, error.exit_code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=True)
    assert "install drone-tally[tracing] 78" in done.stdout


def test_a_silent_collector_delays_the_end_by_seconds_only() -> None:
    code = (
        "import time; from worker.settings import load; from worker.tracing import tracer\n"
        "spans = tracer(load(tracing=True, shutdown_timeout=4))\n"
        "with spans.span('intake', []): pass\n"
        "began = time.monotonic(); spans.close(); print(time.monotonic() - began)"
    )
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = {"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{silent.getsockname()[1]}"}
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            env=environment() | address,
            check=True,
            timeout=60,
        )
    assert 0.9 < float(done.stdout) < 4  # a quarter of the time to stop in; the exporter itself waits 10 s
