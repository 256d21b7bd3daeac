"""Spans of a real worker, received as a collector receives them."""

from __future__ import annotations

import asyncio
import gzip
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from tests.stream.workers import Message, World, article
from worker.broker.ports import free_ports

pytestmark = pytest.mark.broker

TRACE_ID, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
TRACE = f"00-{TRACE_ID}-{PARENT}-01".encode()
STATE = "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"
TRACED = (("traceparent", TRACE), ("tracestate", STATE.encode()))


@contextmanager
def collector() -> Iterator[tuple[str, list[Span], set[str]]]:
    """Receive spans; yields the address, the spans and the names of the services they come from."""
    spans: list[Span] = []
    services: set[str] = set()

    class Pages(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                content = gzip.decompress(content)
            for resource in ExportTraceServiceRequest.FromString(content).resource_spans:
                names = (each for each in resource.resource.attributes if each.key == "service.name")
                services.update(each.value.string_value for each in names)
                spans.extend(span for scope in resource.scope_spans for span in scope.spans)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    (port,) = free_ports(1)
    server = ThreadingHTTPServer(("127.0.0.1", port), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{port}", spans, services
    finally:
        server.shutdown()
        server.server_close()


async def test_spans_lead_from_an_article_to_its_tally(make_world: Callable[..., World]) -> None:
    said = article(
        "one",
        "Russia launched 40 drones at Ukraine overnight, the air force said.",
        published_at="2025-06-04T07:00:00Z",
    )
    unreadable = Message(b"two", b"no article", headers=(("traceparent", TRACE),))
    world = make_world(extra={"DRONETALLY_TRACING": "true"})
    await world.make_topics()
    (nobody,) = free_ports(1)
    with collector() as (address, spans, services):
        worker = world.start(OTEL_EXPORTER_OTLP_ENDPOINT=address, OTEL_SERVICE_NAME="tally-test")
        await worker.ready()
        await world.send([unreadable, Message(said.key, said.value, headers=TRACED)])
        expected = world.expected([said])
        assert await world.settle(expected) == expected
        code, errors = await asyncio.to_thread(worker.end, signal.SIGTERM)
        assert code == 0, errors

    assert services == {"tally-test"}
    assert {span.trace_id.hex() for span in spans} == {TRACE_ID}
    named = {(span.name, int(span.status.code)): span for span in spans}
    assert named.keys() == {("intake", 0), ("intake", 2), ("reconcile", 0)}  # 2: error, of what could not be read
    intake, reconcile = named["intake", 0], named["reconcile", 0]
    assert (intake.parent_span_id.hex(), reconcile.parent_span_id) == (PARENT, intake.span_id)
    passed = {topic: await _passed(world, topic) for topic in (world.settings.claims_topic, world.settings.day_topic)}
    assert passed == {
        world.settings.claims_topic: {(f"00-{TRACE_ID}-{intake.span_id.hex()}-01", STATE)},
        world.settings.day_topic: {(f"00-{TRACE_ID}-{reconcile.span_id.hex()}-01", STATE)},
    }
    assert named["intake", 2].status.message == "not_json"
    assert not any(span.events for span in spans)
    assert "no article" not in str(spans)

    # A collector that is away keeps nobody from working, or from ending.
    worker = world.start(OTEL_EXPORTER_OTLP_ENDPOINT=f"http://127.0.0.1:{nobody}")
    await worker.ready()
    await world.send([Message(said.key, None)])
    assert await world.settle({}) == {}
    code, errors = await asyncio.to_thread(worker.end, signal.SIGTERM)
    assert code == 0, errors

    # Nor does one that takes everything and never answers, however long its answer is waited for.
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        worker = world.start(OTEL_EXPORTER_OTLP_ENDPOINT=address, OTEL_EXPORTER_OTLP_TIMEOUT="60")
        await worker.ready()
        other = Message(b"three", said.value.replace(b'"one"', b'"three"') if said.value else None)
        await world.send([other])
        expected = world.expected([other])
        assert await world.settle(expected) == expected
        code, errors = await asyncio.to_thread(worker.end, signal.SIGTERM)
    assert code == 0, errors
    assert "took too long" not in errors


async def _passed(world: World, topic: str) -> set[tuple[str, str]]:
    found = [dict(record.headers) for record in await world.records(topic)]
    return {(each["traceparent"].decode(), each["tracestate"].decode()) for each in found}
