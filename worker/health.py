"""Liveness, readiness and start-up of the worker, and the pages that tell them, served from a thread of their own.

A thread, because a busy or stuck event loop must not keep a probe from its answer.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any, cast
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import make_wsgi_app

from worker.metrics import READY, REGISTRY

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

LOOP_SILENCE = 30.0
"""Seconds without a heart-beat of the event loop after which the worker is called dead."""
BROKER_SILENCE = 12.0
"""Seconds without an answer of the brokers after which the worker is called not ready."""


@dataclass
class Health:
    """What the worker knows of itself; written by the event loop, read by the pages. Times are monotonic seconds."""

    started: bool = False
    assigned: bool = False
    recovering: bool = True
    rebalancing: bool = False
    stopping: bool = False
    loop_beat: float = field(default_factory=time.monotonic)
    broker_answer: float = 0.0
    failed: float = 0.0
    """When what ends the worker was counted; 0 for never, as below."""
    metrics_read: float = 0.0
    """When somebody last had all of /metrics; written by the pages."""

    def not_live_because(self) -> str | None:
        """Say why the process should be restarted, or None."""
        silence = time.monotonic() - self.loop_beat
        return f"event loop silent for {silence:.0f} s" if silence > LOOP_SILENCE else None

    def not_ready_because(self) -> str | None:
        """Say why the worker makes no progress now, or None."""
        if self.stopping:
            return "stopping"
        if not self.started:
            return "starting"
        if time.monotonic() - self.broker_answer > BROKER_SILENCE:
            return "brokers do not answer"
        if self.rebalancing:
            return "rebalancing"
        if self.recovering:
            return "reading tables back"
        if not self.assigned:
            return "no partitions assigned"
        return self.not_live_because()


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that hangs up or keeps silent is its own affair, not a traceback in the log."""


class _ServerV6(_Server):
    address_family = socket.AF_INET6


class _Quiet(WSGIRequestHandler):
    timeout = 5  # a client that says nothing must not hold a thread

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (name given by the base class)
        """Say nothing: probes come every few seconds."""


class Pages:
    """`/metrics`, `/livez`, `/readyz` and `/startupz` on one address."""

    def __init__(self, health: Health, host: str, port: int) -> None:
        """Bind at once, so that a taken port is an error before anything else starts.

        Raises:
            OSError: the address can't be bound.
        """
        self._health = health
        self._metrics = make_wsgi_app(REGISTRY)
        server = _ServerV6 if ":" in host else _Server
        self._server = make_server(host, port, self._answer, server_class=server, handler_class=_Quiet)
        self.host, self.port = host, self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), name="pages", daemon=True)

    def start(self) -> None:
        """Serve until `stop`."""
        self._thread.start()

    def stop(self) -> None:
        """Close the address."""
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        checks: dict[str, Callable[[], str | None]] = {
            "/livez": self._health.not_live_because,
            "/readyz": self._health.not_ready_because,
            "/startupz": lambda: None if self._health.started else "starting",
        }
        path = environ.get("PATH_INFO", "")
        if path == "/metrics":
            READY.set(self._health.not_ready_because() is None)
            page = cast("Iterable[bytes]", self._metrics(environ, start_response))
            self._health.metrics_read = time.monotonic()
            return page
        if path not in checks:
            status, text = "404 Not Found", "pages: /metrics /livez /readyz /startupz"
        elif (why := checks[path]()) is None:
            status, text = "200 OK", "ok"
        else:
            status, text = "503 Service Unavailable", why
        start_response(status, [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")])
        return [text.encode() + b"\n"]
