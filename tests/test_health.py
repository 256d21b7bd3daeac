"""The pages of the worker over real HTTP: what they say, to whom, and that nobody can disturb them."""

from __future__ import annotations

import http.client
import socket
import struct
import threading
import time
from collections.abc import Iterator

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_openmetrics
from prometheus_client.parser import text_string_to_metric_families

from worker import health as module
from worker.health import BROKER_SILENCE, LOOP_SILENCE, Health, Pages


@pytest.fixture
def health() -> Health:
    """A worker at work, with nothing to complain of."""
    return Health(started=True, assigned=True, recovering=False, broker_answer=time.monotonic())


@pytest.fixture
def pages(health: Health) -> Iterator[Pages]:
    served = Pages(health, "127.0.0.1", 0)
    served.start()
    yield served
    served.stop()


def get(pages: Pages, path: str, accept: str = "*/*", method: str = "GET") -> tuple[int, str, str]:
    connection = http.client.HTTPConnection(pages.host, pages.port, timeout=5)
    try:
        connection.request(method, path, headers={"Accept": accept})
        answer = connection.getresponse()
        return answer.status, answer.headers["Content-Type"], answer.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/startupz"])
def test_a_worker_at_work_is_live_ready_and_started(pages: Pages, path: str) -> None:
    assert get(pages, path) == (200, "text/plain; charset=utf-8", "ok\n")


@pytest.mark.parametrize("path", ["/", "/metrics/", "/livez/x", "/table/", "/../metrics", "/livez%0a"])
def test_an_unknown_path_is_not_found(pages: Pages, path: str) -> None:
    status, _, text = get(pages, path)
    assert status == 404
    assert text == "pages: /metrics /livez /readyz /startupz\n"


def test_a_silent_event_loop_is_neither_live_nor_ready(pages: Pages, health: Health) -> None:
    health.loop_beat = time.monotonic() - LOOP_SILENCE - 1
    for path in ("/livez", "/readyz"):
        status, _, text = get(pages, path)
        assert status == 503
        assert text == f"event loop silent for {LOOP_SILENCE + 1:.0f} s\n"
    assert get(pages, "/startupz")[0] == 200


def test_a_short_silence_is_none(pages: Pages, health: Health) -> None:
    health.loop_beat = time.monotonic() - LOOP_SILENCE + 5
    health.broker_answer = time.monotonic() - BROKER_SILENCE + 5
    assert get(pages, "/livez")[0] == get(pages, "/readyz")[0] == 200


def test_silent_brokers_make_it_not_ready_but_leave_it_alive(pages: Pages, health: Health) -> None:
    health.broker_answer = time.monotonic() - BROKER_SILENCE - 1
    assert get(pages, "/readyz")[::2] == (503, "brokers do not answer\n")
    assert get(pages, "/livez")[0] == 200


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("stopping", True, "stopping"),
        ("started", False, "starting"),
        ("rebalancing", True, "rebalancing"),
        ("recovering", True, "reading tables back"),
        ("assigned", False, "no partitions assigned"),
    ],
)
def test_a_worker_that_makes_no_progress_says_why(
    pages: Pages, health: Health, field: str, value: bool, why: str
) -> None:
    setattr(health, field, value)
    assert get(pages, "/readyz")[::2] == (503, why + "\n")
    assert get(pages, "/livez")[0] == 200


def test_a_new_worker_is_alive_and_neither_ready_nor_started(pages: Pages, health: Health) -> None:
    health.__dict__.update(vars(Health()))
    assert get(pages, "/livez")[0] == 200
    assert get(pages, "/readyz")[::2] == (503, "starting\n")
    assert get(pages, "/startupz")[::2] == (503, "starting\n")


def ready(page: str) -> float:
    (family,) = (family for family in text_string_to_metric_families(page) if family.name == "dronetally_ready")
    return family.samples[0].value


def test_the_metrics_page_says_what_the_ready_page_says(pages: Pages, health: Health) -> None:
    status, kind, page = get(pages, "/metrics")
    assert (status, kind.split(";")[0], ready(page)) == (200, "text/plain", 1)
    health.rebalancing = True
    assert ready(get(pages, "/metrics")[2]) == 0


def test_the_metrics_page_is_openmetrics_for_who_asks(pages: Pages) -> None:
    _, kind, page = get(pages, "/metrics", accept="application/openmetrics-text; version=1.0.0")
    assert kind.startswith("application/openmetrics-text; version=1.0.0")
    families = read_openmetrics(page)  # type: ignore[no-untyped-call]
    assert "dronetally_ready" in {family.name for family in families}


def test_nothing_can_be_written_to_the_metrics_page(pages: Pages) -> None:
    assert get(pages, "/metrics", method="POST")[0] == 405


def test_a_client_that_hangs_up_or_sends_rubbish_leaves_no_trace_and_no_harm(
    pages: Pages, capfd: pytest.CaptureFixture[str]
) -> None:
    for request in (b"", b"GET", b"\x16\x03\x01\xff\x00rubbish\r\n\r\n", b"GET /livez HTTP/1.1\r\n", b"x" * 100_000):
        with socket.create_connection((pages.host, pages.port)) as connection:
            # A reset in place of a proper end.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.sendall(request)
    assert get(pages, "/livez")[0] == 200
    wait_for_threads()
    assert capfd.readouterr().err == ""


def test_a_silent_client_is_sent_away_without_a_trace(
    pages: Pages, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module._Quiet, "timeout", 0.1)
    with socket.create_connection((pages.host, pages.port), timeout=5) as connection:
        assert connection.recv(1) == b""
    assert get(pages, "/livez")[0] == 200
    wait_for_threads()
    assert capfd.readouterr().err == ""


def wait_for_threads() -> None:
    """Wait until no request is in work."""
    deadline = time.monotonic() + 5
    while any("process_request_thread" in thread.name for thread in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_silent_client_keeps_nobody_else_waiting(pages: Pages) -> None:
    with socket.create_connection((pages.host, pages.port)):
        started = time.monotonic()
        assert get(pages, "/livez")[0] == 200
        assert time.monotonic() - started < 2


def test_a_taken_port_is_an_error_at_once(pages: Pages, health: Health) -> None:
    with pytest.raises(OSError, match="in use"):
        Pages(health, pages.host, pages.port)


def test_stopping_frees_the_port(health: Health) -> None:
    first = Pages(health, "127.0.0.1", 0)
    first.start()
    first.stop()
    second = Pages(health, "127.0.0.1", first.port)
    second.start()
    second.stop()


def test_an_ipv6_address_can_be_listened_on(health: Health) -> None:
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    try:
        served = Pages(health, "::1", 0)
    except OSError as error:
        pytest.skip(f"no IPv6 loopback here: {error.strerror}")
    served.start()
    try:
        assert get(served, "/livez")[0] == 200
    finally:
        served.stop()
