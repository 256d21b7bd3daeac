"""Tokens: fetched once, kept for most of their life, renewed in time; every refusal is one line without the secret."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import threading
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.broker.certificates import Authority
from tests.tokens import Endpoint, Signer, serving
from worker import oauth
from worker.oauth import ClientCredentials, TokenError, TokenFile, tokens_for
from worker.settings import Settings, load

CANARY = "canary & se%cret:+"


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return Signer(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def endpoint(signer: Signer) -> Iterator[Endpoint]:
    with serving(Endpoint(signer, {"tally": CANARY})) as served:
        yield served


def settings_for(endpoint: Endpoint, **changed: Any) -> Settings:
    given = {
        "DRONETALLY_SECURITY_PROTOCOL": "SASL_PLAINTEXT",
        "DRONETALLY_ALLOW_SASL_WITHOUT_TLS": "true",
        "DRONETALLY_SASL_MECHANISM": "OAUTHBEARER",
        "DRONETALLY_OAUTH_TOKEN_URL": endpoint.url,
        "DRONETALLY_OAUTH_CLIENT_ID": "tally",
        "DRONETALLY_OAUTH_CLIENT_SECRET": CANARY,
    }
    return load(given, **changed)


async def refusal(settings: Settings) -> TokenError:
    with pytest.raises(TokenError) as caught:
        await ClientCredentials(settings).token()
    assert CANARY not in "".join(traceback.format_exception(caught.value))
    assert "\n" not in caught.value.why
    return caught.value


async def test_many_connections_at_once_ask_for_one_token(endpoint: Endpoint) -> None:
    tokens = ClientCredentials(settings_for(endpoint, oauth_scope="read write"))
    found = await asyncio.gather(*(tokens.token() for _ in range(20)))
    assert set(found) == set(endpoint.given)
    assert endpoint.scopes == ["read write"]


def test_all_clients_of_one_configuration_share_their_tokens(endpoint: Endpoint) -> None:
    assert tokens_for(settings_for(endpoint)) is tokens_for(settings_for(endpoint))
    assert tokens_for(settings_for(endpoint)) is not tokens_for(settings_for(endpoint, oauth_scope="other"))


async def test_a_token_is_renewed_before_its_end_and_serves_until_then(endpoint: Endpoint) -> None:
    endpoint.seconds = 1.0
    tokens = ClientCredentials(settings_for(endpoint))
    first = await tokens.token()
    await asyncio.sleep(0.85)
    endpoint.answer = 503, b""
    assert await tokens.token() == first  # no new one is to be had, and it is still valid
    await asyncio.sleep(0.2)
    with pytest.raises(TokenError):
        await tokens.token()
    endpoint.answer = None
    await tokens.token()
    assert len(endpoint.given) == 2


@pytest.mark.parametrize("life", [300, 300.0, "300"])
async def test_the_life_of_a_token_may_be_written_as_number_or_text(endpoint: Endpoint, life: object) -> None:
    tokens = ClientCredentials(settings_for(endpoint))
    for name in ("one", "two"):
        endpoint.answer = 200, json.dumps({"access_token": name, "expires_in": life}).encode()
        assert await tokens.token() == "one"


@pytest.mark.parametrize("life", [None, 0, -5, "soon", 1e300, True])
async def test_a_token_of_unknown_life_is_used_once(endpoint: Endpoint, life: object) -> None:
    tokens = ClientCredentials(settings_for(endpoint))
    for name in ("one", "two"):
        endpoint.answer = 200, json.dumps({"access_token": name, "expires_in": life}).encode()
        assert await tokens.token() == name


@pytest.mark.parametrize(
    ("answer", "refused", "words"),
    [
        ((401, b""), True, "refuses client 'tally' (HTTP 401)"),
        ((302, b""), True, "refuses client 'tally' (HTTP 302)"),
        ((503, b""), False, "refuses client 'tally' (HTTP 503)"),
        ((200, b"{"), True, "answers something else than a token"),
        ((200, b"[]"), True, "answers something else than a token"),
        ((200, b'{"access_token": "' + b"x" * 70_000), True, "answers something else than a token"),
        ((200, b'{"access_token": 7}'), True, "is no token"),
        ((200, b"{}"), True, "is no token"),
        ((200, b'{"access_token": "a\\u0001b"}'), True, "is no token"),
        ((200, b'{"access_token": "a b"}'), True, "is no token"),
    ],
)
async def test_what_is_no_token_is_refused_in_one_line(
    endpoint: Endpoint, answer: tuple[int, bytes], refused: bool, words: str
) -> None:
    endpoint.answer = answer
    error = await refusal(settings_for(endpoint))
    assert words in error.why
    assert error.refused is refused
    assert endpoint.given == []  # a redirection is not followed


async def refused_login(tokens: TokenFile | ClientCredentials) -> None:
    """Log in at a broker that refuses the token."""
    login = oauth._Answering(sasl_oauth_token_provider=tokens)
    assert await login.step(None) is not None
    assert await login.step(b'{"status":"invalid_token"}') == (b"\x01", True)
    assert await login.step(b"") is None


async def test_a_token_that_brokers_refuse_is_not_kept(
    endpoint: Endpoint, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(oauth, "boot_time", lambda: now)
    tokens = ClientCredentials(settings_for(endpoint))
    for kept in ("one", "two"):
        endpoint.answer = 200, json.dumps({"access_token": kept, "expires_in": 3600}).encode()
        assert await tokens.token() == kept
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            await refused_login(tokens)
        assert [record.getMessage() for record in caplog.records] == [
            "a broker refuses the token; the next login looks for a newer one"
        ]
    endpoint.answer = 200, json.dumps({"access_token": "three", "expires_in": 3600}).encode()
    assert await tokens.token() == "two"  # who refuses everything does not make us ask all the time
    now += 10
    tokens.refused("one")  # of a connection that is behind
    assert await tokens.token() == "two"
    await refused_login(tokens)
    endpoint.answer = 503, b""
    with pytest.raises(TokenError):
        await tokens.token()
    endpoint.answer = 200, json.dumps({"access_token": "three", "expires_in": 3600}).encode()
    assert await tokens.token() == "three"


async def test_a_refused_token_of_a_file_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("first")
    tokens = TokenFile(file)
    await refused_login(tokens)
    file.write_text("second")
    assert await tokens.token() == "second"


HEAD = b"HTTP/1.0 200 OK\r\n"


@pytest.mark.parametrize(
    "at_once",
    [
        b"",
        HEAD + b"X-Long: ",
        HEAD + b'\r\n{"access_token": "',
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;",
    ],
)
async def test_an_answer_that_drips_is_given_up(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch, at_once: bytes
) -> None:
    monkeypatch.setattr(oauth, "_ANSWER_SECONDS", 0.5)
    done = threading.Event()

    def drip(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            connection.sendall(at_once)
            while not done.wait(0.1):
                try:
                    connection.sendall(b"H")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as server:
        endpoint.url = f"http://127.0.0.1:{server.getsockname()[1]}/token"
        dripping = threading.Thread(target=drip, args=(server,), daemon=True)
        dripping.start()
        began = time.monotonic()
        try:
            error = await asyncio.wait_for(refusal(settings_for(endpoint)), 20)
        finally:
            done.set()
            dripping.join()
    assert time.monotonic() - began < 10
    assert not error.refused
    assert "does not answer (TimeoutError)" in error.why


async def test_an_address_that_can_not_be_written_is_one_line(endpoint: Endpoint) -> None:
    bad = settings_for(endpoint).model_copy(update={"oauth_token_url": "http://127.0.0.1/\u0442"})
    error = await refusal(bad)
    assert error.refused
    assert "no address that can be asked" in error.why


async def test_a_wrong_secret_and_a_silent_endpoint_are_told_apart(endpoint: Endpoint) -> None:
    wrong = "not-" + CANARY
    assert (await refusal(settings_for(endpoint, oauth_client_secret=wrong))).refused
    endpoint.url = "http://127.0.0.1:1/token"
    error = await refusal(settings_for(endpoint))
    assert not error.refused
    assert "does not answer (ConnectionRefusedError)" in error.why


async def test_the_endpoint_is_trusted_only_with_its_authority(signer: Signer, tmp_path: Path) -> None:
    authority = Authority.create(tmp_path, "authority")
    with serving(Endpoint(signer, {"tally": CANARY}), authority.issue(tmp_path, "server")) as endpoint:
        error = await refusal(settings_for(endpoint))
        assert error.refused
        assert "oauth_ca_file" in error.why
        assert await ClientCredentials(settings_for(endpoint, oauth_ca_file=authority.file)).token()


async def test_a_file_is_read_again_each_time(tmp_path: Path) -> None:
    file = tmp_path / "token"
    tokens = TokenFile(file)
    for content in ("first\n", "second"):
        file.write_text(content)
        assert await tokens.token() == content.strip()
    for broken in (b"", b"\xff", b"two words", b"line\nline"):
        file.write_bytes(broken)
        with pytest.raises(TokenError):
            await tokens.token()
    file.unlink()
    with pytest.raises(TokenError, match="can't read a token"):
        await tokens.token()
