"""Tokens for SASL/OAUTHBEARER: fetched with client id and secret, or read from a file that somebody else renews.

aiokafka asks for a token whenever it connects, from whatever thread its client runs in, so fetching is plain blocking
code behind a lock, in a thread of its own: however many connections are made at once, there is one request.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import ssl
import threading
import time
import urllib.request
from base64 import b64encode
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote_plus, urlencode

from aiokafka import conn
from aiokafka.abc import AbstractTokenProvider
from aiokafka.errors import KafkaConnectionError

if TYPE_CHECKING:
    from pathlib import Path

    from worker.settings import Settings

_ANSWER_SECONDS = 5.0
_LARGEST_ANSWER = 64 * 1024
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


class TokenFile(AbstractTokenProvider):  # type: ignore[misc]
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


class ClientCredentials(AbstractTokenProvider):  # type: ignore[misc]
    """Tokens of the OAuth 2 client credentials flow (RFC 6749, 4.4), kept for most of their life."""

    def __init__(self, settings: Settings) -> None:
        self._url = settings.oauth_token_url or ""
        self._client_id = settings.oauth_client_id or ""
        self._secret = settings.oauth_client_secret
        self._scope = settings.oauth_scope
        self._ca_file = settings.oauth_ca_file
        self._lock = threading.Lock()
        self._token = ""  # none yet # nosec B105
        self._renewed_from = self._ends = 0.0

    async def token(self) -> str:
        """Return a token that is valid now.

        Raises:
            TokenError: the endpoint gives none, and no earlier one is still valid.
        """
        return await asyncio.to_thread(self._valid)

    def _valid(self) -> str:
        with self._lock:
            now = time.monotonic()
            if now < self._renewed_from:
                return self._token
            try:
                answer = self._asked()
            except TokenError:
                if now < self._ends:
                    return self._token
                raise
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
            opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context), _NoRedirects)
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
        try:
            read = json.loads(content)
        except (ValueError, RecursionError):
            read = None
        if len(content) > _LARGEST_ANSWER or not isinstance(read, dict):
            raise TokenError(f"the token endpoint {self._url} answers something else than a token", refused=True)
        return read


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

    async def step(self, payload: bytes | None) -> tuple[bytes, bool] | None:
        """Return what to send next and whether an answer will come, or None when logged in."""
        if self._token_sent and payload and not self._answered:
            self._answered = True
            return b"\x01", True
        sent: tuple[bytes, bool] | None = await super().step(payload)
        return sent
