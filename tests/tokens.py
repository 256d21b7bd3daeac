"""A token endpoint of the test's own: gives signed tokens to whoever knows the client's secret."""

from __future__ import annotations

import json
import ssl
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote_plus

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

ISSUER, AUDIENCE = "https://login.example", "kafka"


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


class Signer:
    """Signs tokens with a key of its own; `keys` is the file (JWKS) by which a broker knows them."""

    def __init__(self, folder: Path) -> None:
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        numbers = self._key.public_key().public_numbers()
        key = {
            "kty": "RSA", "use": "sig", "alg": "RS256", "kid": "one",
            "n": _text(numbers.n.to_bytes(256, "big")), "e": _text(numbers.e.to_bytes(3, "big")),
        }  # fmt: skip
        self.keys = folder / "keys.json"
        self.keys.write_text(json.dumps({"keys": [key]}), encoding="ascii")

    def token(self, subject: str, seconds: float, *, audience: str = AUDIENCE) -> str:
        """Make a token for this user that is valid for so long."""
        now = time.time()
        claims = {
            "sub": subject, "iss": ISSUER, "aud": audience, "scope": "kafka",
            "iat": int(now), "exp": int(now + seconds),
        }  # fmt: skip
        header = {"alg": "RS256", "kid": "one", "typ": "JWT"}
        signed = ".".join(_text(json.dumps(part).encode()) for part in (header, claims))
        return f"{signed}.{_text(self._key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


@dataclass
class Endpoint:
    """What the endpoint does and what it was asked; its answers can be spoilt."""

    signer: Signer
    clients: dict[str, str]
    seconds: float = 300.0
    audience: str = AUDIENCE
    url: str = ""
    answer: tuple[int, bytes] | None = None
    scopes: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)

    def asked(self, headers: Any, form: dict[str, list[str]]) -> tuple[int, bytes]:
        """Answer a request for a token."""
        if self.answer is not None:
            return self.answer
        login = b64decode(headers.get("Authorization", "").removeprefix("Basic ")).decode()
        client, _, secret = (unquote_plus(part) for part in login.partition(":"))
        if form.get("grant_type") != ["client_credentials"]:
            return 400, b'{"error": "unsupported_grant_type"}'
        if self.clients.get(client) != secret:
            return 401, b'{"error": "invalid_client"}'
        self.scopes += form.get("scope", [])
        self.given.append(self.signer.token(client, self.seconds, audience=self.audience))
        return 200, json.dumps(
            {"access_token": self.given[-1], "token_type": "Bearer", "expires_in": self.seconds}
        ).encode()


@contextmanager
def serving(endpoint: Endpoint, certificate: Path | None = None) -> Iterator[Endpoint]:
    """Serve an endpoint on loopback, over TLS if there is a certificate."""

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            status, content = endpoint.asked(self.headers, form)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            if status == 302:
                self.send_header("Location", endpoint.url)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            pass

    with Quiet(("127.0.0.1", 0), Answering) as server:
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        endpoint.url = f"http{'s' if certificate else ''}://127.0.0.1:{server.server_port}/token"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield endpoint
        finally:
            server.shutdown()
            thread.join()
