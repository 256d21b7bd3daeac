"""Every setting of the program, in one frozen model; the environment is read here and nowhere else.

Each is read from `DRONETALLY_<NAME>`; a secret also from the file that `DRONETALLY_<NAME>_FILE` names. Unknown names
with that prefix are refused, so that a typing error is not a silent default.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator

from worker.exits import EXIT_CONFIGURATION

PREFIX = "DRONETALLY_"
SECRETS = ("sasl_password", "oauth_client_secret", "tls_key_password", "schema_registry_password")
_CENTURY = 36_525  # days; as good as for ever, and no date leaves the calendar
_TOPIC_NAME = r"^[a-zA-Z0-9._-]{1,200}$"

TopicName = Annotated[str, Field(pattern=_TOPIC_NAME)]


class SettingsError(ValueError):
    """The configuration can't be used; the text is one line that says what to change."""

    exit_code = EXIT_CONFIGURATION


class Settings(BaseModel):
    """What can be set. Times are in seconds unless the name says otherwise."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    # Kafka
    bootstrap_servers: str = Field(
        "127.0.0.1:9092", description="brokers, host:port, comma separated; no user or password in it"
    )
    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        "PLAINTEXT", description="how to talk to the brokers"
    )
    allow_sasl_without_tls: bool = Field(
        False, description="accept SASL_PLAINTEXT and http:// token endpoints, which send credentials in the clear"
    )
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER"] = Field(
        "SCRAM-SHA-512", description="how to log in: with a password, or with tokens (OAUTHBEARER)"
    )
    sasl_username: str | None = Field(None, description="user name")
    sasl_password: SecretStr | None = Field(None, description="password")
    oauth_token_url: str | None = Field(
        None, description="where tokens are to be had for client id and secret (OAuth 2 client credentials)"
    )
    oauth_client_id: str | None = Field(None, description="client id")
    oauth_client_secret: SecretStr | None = Field(None, description="client secret")
    oauth_scope: str | None = Field(None, description="scope to ask for; default: none")
    oauth_ca_file: Path | None = Field(
        None, description="authorities (PEM) to trust at the token endpoint; default: the system's"
    )
    oauth_token_file: Path | None = Field(
        None, description="instead of an endpoint: a file with the token, read again at each login"
    )
    tls_ca_file: Path | None = Field(
        None, description="certificates (PEM) of the authorities to trust; default: the system's"
    )
    tls_certificate_file: Path | None = Field(None, description="client certificate (PEM)")
    tls_key_file: Path | None = Field(None, description="key of the client certificate (PEM)")
    tls_key_password: SecretStr | None = Field(None, description="password of that key")

    # Topics and group
    app_id: TopicName = Field("drone-tally", description="consumer group, and prefix of the worker's own topics")
    input_topic: TopicName = Field("news.article.v1", description="articles, owned upstream")
    claims_topic: TopicName = Field("drone.claims.v1", description="claims of each article by front")
    day_topic: TopicName = Field("drone.tallies.day.v1", description="tallies of each day")
    week_topic: TopicName = Field("drone.tallies.week.v1", description="tallies of each seven days")
    conflicts_topic: TopicName = Field("drone.conflicts.v1", description="statements that contradict each other")
    dead_letters_topic: TopicName = Field("drone.dead-letters.v1", description="messages that could not be read")
    partitions: int = Field(4, ge=1, le=1000, description="partitions of topics that `topics apply` creates")
    replication: int = Field(1, ge=1, le=9, description="replication factor of topics that `topics apply` creates")
    group_instance_id: TopicName | None = Field(
        None, description="static membership: a name that stays the same over restarts"
    )
    session_timeout: float = Field(20.0, ge=6, le=1800, description="a worker silent for so long loses its partitions")
    compression: Literal["none", "gzip", "lz4", "zstd"] = Field(
        "lz4", description="of what the worker writes; whoever reads it must know it"
    )
    commit_interval: float = Field(1.0, ge=0.1, le=60, description="how often offsets are committed")

    wire_format: Literal["json", "confluent"] = Field(
        "json", description="how values are published: as plain JSON, or in Confluent's wire framing; both are read"
    )
    schema_registry_url: str | None = Field(
        None, description="the registry that knows the schemas of framed values; `schemas register` puts them there"
    )
    schema_registry_username: str | None = Field(None, description="user name at the registry")
    schema_registry_password: SecretStr | None = Field(None, description="password at the registry")

    # Counting
    zone: str = Field("Europe/Kyiv", description="IANA time zone whose midnights cut the days")
    retention_days: int | None = Field(
        None,
        ge=1,
        le=_CENTURY,
        description="windows older than this, in event time, are deleted; default: keep everything",
    )
    final_after_hours: float = Field(
        72.0, gt=0, le=24 * _CENTURY, description="event time after the end of a window until its tally is called final"
    )
    future_tolerance_hours: float = Field(
        48.0, gt=0, le=24 * _CENTURY, description="an article dated later than its arrival by more than this is refused"
    )

    # Work
    batch_size: int = Field(500, ge=1, le=10_000, description="articles handled together at most")
    batch_wait: float = Field(0.01, gt=0, le=10, description="how long a batch may wait for more")
    shutdown_timeout: float = Field(20.0, gt=0, le=24, description="after this the worker is ended the hard way")
    start_timeout: float = Field(10.0, gt=0, le=14, description="how long the first contact with the brokers may take")

    # Local pages and logs
    http_host: str = Field("127.0.0.1", description="where /metrics, /livez, /readyz, /startupz listen")
    http_port: int = Field(9464, ge=0, le=65535, description="their port; 0 takes a free one")
    log_format: Literal["auto", "json", "human"] = Field("auto", description="auto: human on a terminal, else JSON")
    tracing: bool = Field(False, description="send OpenTelemetry spans by OTLP/HTTP; OTEL_… variables say where")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="least level that is logged")
    revision: str = Field(
        "unknown",
        pattern=r"^[\w.+-]{1,64}$",
        description="revision of the source that runs here, for /metrics; images set it",
    )

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("not a time zone of the IANA data base, such as Europe/Kyiv") from None
        return name

    @field_validator("bootstrap_servers")
    @classmethod
    def _no_credentials(cls, servers: str) -> str:
        if "@" in servers or "://" in servers:
            raise ValueError("must be host:port, comma separated, without scheme, user or password")
        for server in servers.split(","):
            host, _, port = server.strip().rpartition(":")
            if not host or not (port.isascii() and port.isdigit()) or not 0 < int(port) < 65536:
                raise ValueError("must be host:port, comma separated")
        return servers

    @field_validator("oauth_token_url")
    @classmethod
    def _an_address(cls, url: str | None) -> str | None:
        if url is not None:
            if not _is_web_address(url):
                raise ValueError("must be an https:// address without user or password")
            if not (urlsplit(url).path + urlsplit(url).query).isascii():
                raise ValueError("must have a path in ASCII, other characters written as %XX")
            if any(word in urlsplit(url).query.lower() for word in ("secret", "password")):
                raise ValueError("must not hold a secret, for addresses are shown: set oauth_client_secret")
        return url

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.security_protocol == "SASL_PLAINTEXT" and not self.allow_sasl_without_tls:
            raise ValueError(
                "SASL_PLAINTEXT sends the password in the clear: use SASL_SSL, or set allow_sasl_without_tls"
            )
        if self.security_protocol.startswith("SASL"):
            self._require_login()
        if urlsplit(self.oauth_token_url or "").scheme == "http" and not self.allow_sasl_without_tls:
            raise ValueError(
                "oauth_token_url sends the client secret in the clear: use https://, or set allow_sasl_without_tls"
            )
        if (self.tls_certificate_file is None) != (self.tls_key_file is None):
            raise ValueError("tls_certificate_file and tls_key_file go together")
        for name in ("tls_ca_file", "tls_certificate_file", "tls_key_file", "oauth_ca_file", "oauth_token_file"):
            path = getattr(self, name)
            if path is not None and not path.is_file():
                raise ValueError(f"{name}: no such file: {path}")
        self._require_registry()
        topics = [self.input_topic, self.claims_topic, self.day_topic, self.week_topic, self.conflicts_topic]
        topics.append(self.dead_letters_topic)
        if len(set(topics)) < len(topics):
            raise ValueError("two topics have the same name")
        return self

    def _require_login(self) -> None:
        """Refuse a login of which something is missing, or whose tokens come from two places."""
        if self.sasl_mechanism != "OAUTHBEARER":
            if self.sasl_username is None or self.sasl_password is None:
                raise ValueError("SASL needs sasl_username and sasl_password")
            return
        endpoint = (self.oauth_token_url, self.oauth_client_id, self.oauth_client_secret)
        if self.oauth_token_file is None and None in endpoint:
            raise ValueError(
                "OAUTHBEARER needs oauth_token_url, oauth_client_id and oauth_client_secret, or oauth_token_file"
            )
        if self.oauth_token_file is not None and self.oauth_token_url is not None:
            raise ValueError("oauth_token_url and oauth_token_file exclude each other")

    def _require_registry(self) -> None:
        """Refuse framing without a registry, and a password that would go to one in the clear."""
        url = self.schema_registry_url
        if url is None and self.wire_format == "confluent":
            raise ValueError("wire_format confluent needs schema_registry_url")
        several = [] if url is None else url.split(",")
        if not all(_is_web_address(one.strip()) and one.strip().startswith("http") for one in several):
            raise ValueError("schema_registry_url must begin with http:// or https:// and hold no user or password")
        if url is not None and (self.schema_registry_username is None) != (self.schema_registry_password is None):
            raise ValueError("schema_registry_username and schema_registry_password go together")
        plain = any(urlsplit(one.strip()).scheme == "http" for one in several)
        if plain and self.schema_registry_password is not None:
            raise ValueError("schema_registry_password would be sent in the clear: use an https:// registry")

    @property
    def retention(self) -> timedelta | None:
        """How long windows are kept, in event time; None keeps everything."""
        return None if self.retention_days is None else timedelta(days=self.retention_days)

    @property
    def final_after(self) -> timedelta:
        """Quiet event time after a window until its tally is final."""
        return timedelta(hours=self.final_after_hours)

    @property
    def future_tolerance(self) -> timedelta:
        """How far an article may be dated after its arrival."""
        return timedelta(hours=self.future_tolerance_hours)

    def shown(self) -> dict[str, Any]:
        """All values for people, secrets masked."""
        return {
            name: "********"
            if name in SECRETS and value is not None
            else str(value)
            if isinstance(value, Path)
            else value
            for name, value in self.model_dump().items()
        }


def _is_web_address(url: str) -> bool:
    """Tell whether this is an address that can be asked by HTTP, without user, password or fragment."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna")  # as whoever connects will write it
        port = parts.port
    except ValueError:
        return False
    known = parts.scheme in ("http", "https") and host != b"" and port != 0
    return known and "@" not in parts.netloc and not parts.fragment and url.isprintable() and " " not in url


def load(environment: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """Read the settings from the environment (default: the process's), `overrides` first.

    Raises:
        SettingsError: an unknown name, a wrong value, an unreadable secret file; one line, never a secret.
    """
    environment = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    for name, value in environment.items():
        if not name.startswith(PREFIX) or value == "":
            continue
        key = name.removeprefix(PREFIX).lower()
        if key.endswith("_file") and key.removesuffix("_file") in SECRETS:
            values[key.removesuffix("_file")] = _read_secret(name, value)
        elif key in Settings.model_fields:
            values.setdefault(key, value)
        else:
            raise SettingsError(f"unknown setting {name}; `drone-tally config show` lists the known ones")
    values.update({name: value for name, value in overrides.items() if value is not None})
    try:
        return Settings(**values)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = PREFIX + str(first["loc"][0]).upper() + ": " if first["loc"] else ""
        raise SettingsError(where + first["msg"].removeprefix("Value error, ")) from None


def _read_secret(name: str, path: str) -> str:
    try:
        secret = Path(path).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise SettingsError(f"{name}: can't read the file ({type(error).__name__})") from None
    if not secret:
        raise SettingsError(f"{name}: the file is empty")
    return secret
