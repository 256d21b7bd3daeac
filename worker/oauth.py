"""Tokens for SASL/OAUTHBEARER: fetched with client id and secret, or read from a file that somebody else renews.

aiokafka asks for a token whenever it connects, from whatever thread its client runs in, so fetching is plain blocking
code behind a lock, in a thread of its own: however many connections are made at once, there is one request.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import logging
import socket
import ssl
import threading
import urllib.request
from base64 import b64encode
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self
from urllib.error import HTTPError, URLError
from urllib.parse import quote_plus, urlencode

from aiokafka import conn
from aiokafka.abc import AbstractTokenProvider
from aiokafka.errors import KafkaConnectionError

from worker.clock import boot_time

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from worker.settings import Settings

log = logging.getLogger("aiokafka.oauth")
"""aiokafka's, whose complaints are kept back where ours say the same, and are not repeated all the time."""

_ANSWER_SECONDS = 5.0
_CUT_SECONDS = 0.5
_LARGEST_ANSWER = 64 * 1024
_REFUSALS_APART = 10.0
"""Seconds in which brokers that refuse every token make us ask for a new one but once."""
_CENTURY = 36_525 * 86_400
_DIGITS = 20
_USED = 0.8
"""The part of a token's life after which a new one is asked for; until its end the old one still serves."""


class TokenError(KafkaConnectionError):  # type: ignore[misc]
    """No token to log in with; aiokafka takes it for a broker out of reach, and tries again.

    `why` is one line for people; `refused` tells a wrong setting from an endpoint that does not answer.
    """

    def __init__(self, why: str, *, refused: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.refused = refused


@lru_cache(maxsize=4)
def tokens_for(settings: Settings) -> AbstractTokenProvider:
    """Return the source of tokens that all clients with these settings share."""
    conn.OAuthAuthenticator = _Answering
    if settings.oauth_token_file is not None:
        return TokenFile(settings.oauth_token_file)
    return ClientCredentials(settings)


class _Tokens(AbstractTokenProvider):  # type: ignore[misc]
    def refused(self, token: str) -> None:
        """Hear that a broker does not take this token. Never blocks."""


class TokenFile(_Tokens):
    """The token that stands in a file, read again each time."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def token(self) -> str:
        """Read the token.

        Raises:
            TokenError: there is none.
        """
        try:
            found = self._path.read_text(encoding="ascii").strip()
        except (OSError, ValueError) as error:
            raise TokenError(f"can't read a token from {self._path} ({type(error).__name__})", refused=True) from None
        return _fit(found, str(self._path))


class ClientCredentials(_Tokens):
    """Tokens of the OAuth 2 client credentials flow (RFC 6749, 4.4), kept for most of their life unless refused."""

    def __init__(self, settings: Settings) -> None:
        self._url = settings.oauth_token_url or ""
        self._client_id = settings.oauth_client_id or ""
        self._secret = settings.oauth_client_secret
        self._scope = settings.oauth_scope
        self._ca_file = settings.oauth_ca_file
        self._lock = threading.Lock()
        self._token = ""  # none yet # nosec B105
        self._refused: str | None = None
        self._renewed_from = self._ends = 0.0
        self._next_refusal = float("-inf")

    async def token(self) -> str:
        """Return a token that is valid now.

        Raises:
            TokenError: the endpoint gives none, and no earlier one is still valid.
        """
        return await asyncio.to_thread(self._valid)

    def refused(self, token: str) -> None:
        """Fetch another token for the next login: this one's key may have been changed, or its user been blocked."""
        now = boot_time()
        if now >= self._next_refusal and token == self._token:  # without the lock, which a fetch holds for seconds
            self._refused, self._next_refusal = token, now + _REFUSALS_APART

    def _valid(self) -> str:
        with self._lock:
            now = boot_time()
            taken = self._token != self._refused
            if taken and now < self._renewed_from:
                return self._token
            try:
                answer = self._asked()
            except TokenError:
                if taken and now < self._ends:
                    return self._token
                raise
            self._refused = None  # should the endpoint give the same one again, it may serve by now
            self._token = _fit(answer.get("access_token"), self._url)
            life: Any = answer.get("expires_in")
            if isinstance(life, str) and life.isdecimal():  # as some endpoints write it
                life = int(life[:_DIGITS])
            seconds = float(life) if type(life) in (int, float) and 0 < life < _CENTURY else 0.0
            self._renewed_from, self._ends = now + _USED * seconds, now + seconds
            return self._token

    def _asked(self) -> dict[str, Any]:
        form = {"grant_type": "client_credentials", **({"scope": self._scope} if self._scope else {})}
        secret = self._secret.get_secret_value() if self._secret else ""
        login = f"{quote_plus(self._client_id)}:{quote_plus(secret)}".encode()
        request = urllib.request.Request(  # noqa: S310 (the settings allow nothing but http and https)
            self._url,
            urlencode(form).encode(),
            {"Authorization": "Basic " + b64encode(login).decode(), "Accept": "application/json"},
        )
        try:
            context = ssl.create_default_context(cafile=self._ca_file)
            with _Bounded(context) as bounded:
                opener = urllib.request.build_opener(bounded, _NoRedirects)
                with opener.open(request, timeout=_ANSWER_SECONDS) as answer:
                    content = answer.read(_LARGEST_ANSWER + 1)
        except HTTPError as error:
            error.close()
            raise TokenError(
                f"the token endpoint {self._url} refuses client {self._client_id!r} (HTTP {error.code});"
                " check oauth_token_url, oauth_client_id, oauth_client_secret and oauth_scope",
                refused=error.code < http.HTTPStatus.INTERNAL_SERVER_ERROR,
            ) from None
        except (OSError, http.client.HTTPException) as error:
            cause = error.reason if isinstance(error, URLError) else error
            trust = isinstance(cause, ssl.SSLError)
            hint = "check oauth_token_url and oauth_ca_file" if trust else "is it up?"
            raise TokenError(
                f"the token endpoint {self._url} does not answer ({type(cause).__name__}); {hint}", refused=trust
            ) from None
        except UnicodeError:
            raise TokenError(f"oauth_token_url {self._url!a} is no address that can be asked", refused=True) from None
        try:
            read = json.loads(content)
        except (ValueError, RecursionError):
            read = None
        if len(content) > _LARGEST_ANSWER or not isinstance(read, dict):
            raise TokenError(f"the token endpoint {self._url} answers something else than a token", refused=True)
        return read


class _Bounded(urllib.request.HTTPSHandler, urllib.request.HTTPHandler):
    """Within it, an answer has come in time or its line is cut; a time-out alone starts again with every byte.

    Raises:
        TimeoutError: on leaving it, when the line was cut, whatever that looked like.
    """

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__(context=context)
        self._line: socket.socket | None = None
        self._done, self._late = threading.Event(), threading.Event()

    def __enter__(self) -> Self:
        threading.Thread(target=self._cut, name="token-limit", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        if self._late.is_set():
            raise TimeoutError

    def do_open(self, http_class: Callable[..., Any], req: urllib.request.Request, **options: Any) -> Any:
        """Send the request, and return the answer of which the head has come."""

        def making(*where: Any, **how: Any) -> Any:
            connection = http_class(*where, **how)
            connection.response_class = self._answer
            return connection

        return super().do_open(making, req, **options)

    def _answer(self, line: socket.socket, *how: Any, **more: Any) -> http.client.HTTPResponse:
        self._line = line
        return http.client.HTTPResponse(line, *how, **more)

    def _cut(self) -> None:
        pause = _ANSWER_SECONDS
        while not self._done.wait(pause):
            pause = _CUT_SECONDS  # it may have been connecting until now
            self._late.set()
            if self._line is not None:
                with suppress(OSError):
                    socket.socket.shutdown(self._line, socket.SHUT_RDWR)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Another place must not be sent the client's secret."""

    def redirect_request(self, *_: Any) -> None:
        """Follow nothing: the answer counts as a refusal."""


def _fit(token: object, source: str) -> str:
    """Let only such a token pass as can stand in a login: visible ASCII.

    Raises:
        TokenError: it is another thing.
    """
    if not isinstance(token, str) or not token or not all("!" <= character <= "~" for character in token):
        raise TokenError(f"what {source} gives is no token", refused=True)
    return token


class _Answering(conn.OAuthAuthenticator):  # type: ignore[misc]
    """Answers a broker that refuses the token, as RFC 7628 (3.2.3) wants it before it says so.

    aiokafka takes the first answer, whatever it holds, for a success, and then finds the connection closed.
    """

    _answered = False
    _token = ""  # none yet # nosec B105

    async def step(self, payload: bytes | None) -> tuple[bytes, bool] | None:
        """Return what to send next and whether an answer will come, or None when logged in."""
        if self._token_sent and payload and not self._answered:
            self._answered = True
            self._sasl_oauth_token_provider.refused(self._token)
            log.warning("a broker refuses the token; the next login looks for a newer one")
            return b"\x01", True
        sent: tuple[bytes, bool] | None = await super().step(payload)
        return sent

    def _build_oauth_client_request(self, token: str, token_extensions: str) -> str:
        self._token = token
        built: str = super()._build_oauth_client_request(token, token_extensions)
        return built
