"""What protects the clients' listener of a local Kafka: nothing, TLS, SASL, and rules about who may do what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

_PLAIN_TEXT = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Tls:
    """Certificates, in files of the caller. A PEM key store holds the private key (PKCS 8) and then its chain."""

    keystore: Path
    truststore: Path | None = None
    store_type: Literal["PEM", "PKCS12", "JKS"] = "PEM"
    password: str = field(default="", repr=False)
    client_certificates: Literal["none", "requested", "required"] = "none"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Which JSON web tokens log a client in: signed with a key of this file (JWKS), by this issuer, for this audience.

    Their subject is the user's name. Whoever does not log in again within `session_seconds` is disconnected.
    """

    keys: Path
    issuer: str
    audience: str
    session_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Security:
    """How clients connect: `tls` turns TLS on, `users` (name → password) SASL with SCRAM-SHA-512 and PLAIN.

    `tokens` turn SASL on with OAUTHBEARER. Without SASL a client's name is the subject of its certificate. With a
    `super_user` Kafka's own authorizer refuses everybody else whatever no ACL allows. ValueError for a combination
    that would protect nothing and for characters that Kafka's configuration would read as syntax.
    """

    tls: Tls | None = None
    users: Mapping[str, str] = field(default_factory=dict, repr=False)
    super_user: str | None = None
    tokens: Tokens | None = None

    def __post_init__(self) -> None:
        for text in (*self.users, *self.users.values()):
            if not _PLAIN_TEXT.fullmatch(text):
                raise ValueError("names and passwords of a local Kafka are made of A-Z a-z 0-9 . _ -")
        named = self.tls is not None and self.tls.client_certificates == "required"
        if self.super_user is not None and self.super_user not in self.users and (self.users or not named):
            raise ValueError("a super user needs to be one of the users: without a login everybody is the same")

    @property
    def protocol(self) -> Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"]:
        """Kafka's name for this combination."""
        if self.users or self.tokens:
            return "SASL_SSL" if self.tls else "SASL_PLAINTEXT"
        return "SSL" if self.tls else "PLAINTEXT"
