"""How to reach the brokers: options of every aiokafka client, and its errors turned into one line."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.conn import create_conn
from aiokafka.errors import (
    AuthenticationFailedError,
    IllegalSaslStateError,
    KafkaError,
    SaslAuthenticationFailed,
    UnsupportedSaslMechanismError,
)

from worker.exits import EXIT_CONFIGURATION, EXIT_FAILURE, EXIT_UNAVAILABLE
from worker.oauth import TokenError, tokens_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worker.settings import Settings


class StartError(RuntimeError):
    """The program can't start; one line says what is wrong and how to mend it. `exit_code` is one of `worker.exits`."""

    exit_code = EXIT_FAILURE


class UnavailableError(StartError):
    """What is needed does not answer; trying again may help."""

    exit_code = EXIT_UNAVAILABLE


class ConfigurationError(StartError):
    """Somebody has to change something first."""

    exit_code = EXIT_CONFIGURATION


def tls_context(settings: Settings) -> ssl.SSLContext | None:
    """Make the TLS context, or None where none is asked for.

    Raises:
        ConfigurationError: a certificate or key can't be loaded.
    """
    if settings.security_protocol not in ("SSL", "SASL_SSL"):
        return None
    try:
        context = ssl.create_default_context(cafile=settings.tls_ca_file)
        if settings.tls_certificate_file is not None and settings.tls_key_file is not None:
            secret = settings.tls_key_password
            # An empty password instead of None: OpenSSL would ask for it on the terminal.
            context.load_cert_chain(
                settings.tls_certificate_file, settings.tls_key_file, secret.get_secret_value() if secret else ""
            )
    except (OSError, ssl.SSLError) as error:
        raise ConfigurationError(f"can't load the TLS certificates: {error}; check the tls_* settings") from None
    return context


def client_options(settings: Settings) -> dict[str, Any]:
    """Options that every aiokafka client takes."""
    options: dict[str, Any] = {
        "bootstrap_servers": settings.bootstrap_servers,
        "security_protocol": settings.security_protocol,
        "ssl_context": tls_context(settings),
        "client_id": settings.app_id,
    }
    if not settings.security_protocol.startswith("SASL"):
        return options
    options["sasl_mechanism"] = settings.sasl_mechanism
    if settings.sasl_mechanism == "OAUTHBEARER":
        options["sasl_oauth_token_provider"] = tokens_for(settings)
    else:
        password = settings.sasl_password
        options |= {
            "sasl_plain_username": settings.sasl_username,
            "sasl_plain_password": password.get_secret_value() if password else None,
        }
    return options


async def reach(settings: Settings) -> None:
    """Log in at one of the brokers, to tell a wrong password from a missing broker.

    Raises:
        UnavailableError: nobody answers.
        ConfigurationError: somebody answers and refuses, or TLS does not fit.
    """
    options = client_options(settings)
    failure: BaseException | None = None
    for server in settings.bootstrap_servers.split(","):
        host, _, port = server.strip().rpartition(":")
        try:
            connection = await asyncio.wait_for(
                create_conn(
                    host.strip("[]"),
                    int(port),
                    client_id=settings.app_id,
                    request_timeout_ms=int(settings.start_timeout * 1000),
                    **{
                        name: value for name, value in options.items() if name not in ("bootstrap_servers", "client_id")
                    },
                ),
                settings.start_timeout,
            )
        except (
            AuthenticationFailedError,
            SaslAuthenticationFailed,
            IllegalSaslStateError,
            UnsupportedSaslMechanismError,
        ) as error:
            raise ConfigurationError(_refused(server, settings, type(error).__name__)) from None
        except TokenError as error:
            raise (ConfigurationError if error.refused else UnavailableError)(error.why) from None
        except (TimeoutError, KafkaError, OSError) as error:
            # A missing or unknown client certificate is only told once TLS 1.3 has long been agreed upon.
            refusal = error if isinstance(error, ssl.SSLError) else error.__cause__
            if isinstance(refusal, ssl.SSLError):
                raise ConfigurationError(
                    f"TLS with broker {server} fails ({refusal.reason or type(refusal).__name__});"
                    " check security_protocol and the tls_* settings"
                ) from None
            failure = error
        else:
            connection.close()
            return
    why = type(failure).__name__ if failure else "no address"
    hint = (
        "is it running, and does security_protocol fit?"
        if settings.security_protocol != "PLAINTEXT"
        else "is it running?"
    )
    raise UnavailableError(f"no broker answers at {settings.bootstrap_servers} ({why}); {hint}")


def _refused(server: str, settings: Settings, error: str) -> str:
    if settings.sasl_mechanism != "OAUTHBEARER":
        return (
            f"broker {server} refuses user {settings.sasl_username!r} ({error});"
            " check sasl_mechanism, sasl_username and sasl_password"
        )
    source = settings.oauth_token_file or settings.oauth_token_url
    return f"broker {server} refuses the token from {source} ({error}); check its issuer, audience, scope and age"


@asynccontextmanager
async def admin(settings: Settings) -> AsyncIterator[AIOKafkaAdminClient]:
    """Connect an admin client for a while.

    Raises:
        StartError: as `reach`.
    """
    with quiet_aiokafka():
        await reach(settings)
        client = AIOKafkaAdminClient(**client_options(settings), request_timeout_ms=int(settings.start_timeout * 1000))
        try:
            await asyncio.wait_for(client.start(), settings.start_timeout)
        except (TimeoutError, KafkaError, OSError) as error:
            await client.close()
            raise UnavailableError(
                f"brokers at {settings.bootstrap_servers} do not answer ({type(error).__name__}); are all of them up?"
            ) from None
        try:
            yield client
        finally:
            await client.close()


@contextmanager
def quiet_aiokafka() -> Iterator[None]:
    """Keep aiokafka's own complaints off the screen while ours say the same in one line."""
    logger = logging.getLogger("aiokafka")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
