"""A schema registry on loopback: confluent-kafka's own mock behind the few pages that its clients ask for."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from confluent_kafka.schema_registry import Schema, SchemaRegistryClient, SchemaRegistryError

from worker.broker.ports import free_ports


@contextmanager
def registry(closed: bool = False) -> Iterator[str]:
    """Run one, and yield its address; a closed one asks for a password."""
    known = SchemaRegistryClient.new_client({"url": "mock://"})

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place, _, number = urlsplit(self.path).path.rpartition("/")
            if place == "/schemas/ids":
                self._answer(lambda: _shown(known.get_schema(int(number))))
            else:  # what only newer registries know
                self._send(404, {"error_code": 404, "message": "Not Found"})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            steps = urlsplit(self.path).path.split("/")
            schema, subject = Schema(body["schema"], body.get("schemaType", "AVRO")), unquote(steps[2])
            asked = known.register_schema_full_response if steps[-1] == "versions" else known.lookup_schema
            self._answer(lambda: _registered(asked(subject, schema)))

        def _answer(self, ask: Any) -> None:
            if closed and not self.headers.get("Authorization", "").startswith("Basic "):
                return self._send(401, {"error_code": 40101, "message": "Unauthorized"})
            try:
                return self._send(200, ask())
            except SchemaRegistryError as error:
                return self._send(error.http_status_code, {"error_code": error.error_code, "message": str(error)})

        def _send(self, status: int, answer: dict[str, Any]) -> None:
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/vnd.schemaregistry.v1+json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    (port,) = free_ports(1)
    server = ThreadingHTTPServer(("127.0.0.1", port), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.shutdown()
        server.server_close()


def _shown(schema: Schema) -> dict[str, Any]:
    return {"schema": schema.schema_str, "schemaType": schema.schema_type}


def _registered(found: Any) -> dict[str, Any]:
    return {
        "subject": found.subject,
        "id": found.schema_id,
        "version": found.version,
        **_shown(found.schema),
    }
