"""Workers and commands at a broker that asks who they are."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote_plus

from tests.access import Right
from tests.broker.certificates import Authority
from tests.stream.workers import Message, World, article
from tests.tokens import Signer
from worker.broker import ApacheKafka
from worker.settings import Settings

LACKING = tuple(f"lacks-{number}" for number in range(10))
"""Users that lack one right each."""

POISON = Message(b"poison", b"not json")


def said(name: str, count: int) -> Message:
    """An article about so many drones."""
    return article(
        name, f"Russia launched {count} drones at Ukraine overnight, the air force said.",
        published_at="2025-06-04T07:00:00Z", source=f"{name}.example",
    )  # fmt: skip


def needed(settings: Settings) -> list[Right]:
    """All rights that SECURITY.md names, and no other."""
    own, written = f"{settings.app_id}-", [settings.day_topic, settings.week_topic, settings.conflicts_topic]
    return [
        Right("topic", settings.input_topic, "read"),
        Right("topic", settings.claims_topic, "read"),
        Right("topic", settings.claims_topic, "write"),
        Right("topic", own, "read", prefix=True),
        Right("topic", own, "write", prefix=True),
        *(Right("topic", topic, "write") for topic in [*written, settings.dead_letters_topic]),
        Right("group", settings.app_id, "read"),
    ]


@dataclass(frozen=True)
class Guarded:
    """The broker, who signed its certificate, and who signs the tokens it believes."""

    broker: ApacheKafka
    authority: Authority
    signer: Signer
    folder: Path

    password: ClassVar[str] = "canary-7f3d2b91"  # noqa: S105 (looked for everywhere it must not be)

    @property
    def inside(self) -> dict[str, str]:
        """How a client gets in as somebody who may do everything."""
        return {"bootstrap_servers": self.broker.internal_bootstrap}

    def login(self, user: str = "counter", mechanism: str = "SCRAM-SHA-512") -> dict[str, str]:
        """Settings of somebody with a password, which stands in a file."""
        return {
            "DRONETALLY_SECURITY_PROTOCOL": "SASL_SSL",
            "DRONETALLY_TLS_CA_FILE": str(self.authority.file),
            "DRONETALLY_SASL_MECHANISM": mechanism,
            "DRONETALLY_SASL_USERNAME": user,
            "DRONETALLY_SASL_PASSWORD_FILE": str(self.folder / "password"),
        }

    @contextmanager
    def world(self, extra: dict[str, str]) -> Iterator[tuple[World, World]]:
        """Topics, as who logs in so sees them and as who may do everything does; workers are ended in the end."""
        inside = World(self.broker.internal_bootstrap)
        made = World(self.broker.bootstrap, name=inside.name, extra=extra)
        try:
            yield made, inside
        finally:
            made.stop()


def found_in(texts: Iterable[str], secrets: Iterable[str]) -> list[str]:
    """Find secrets in texts, as they are or as logins and addresses write them; the secrets found."""
    everything = "\n".join(texts)
    return [
        secret
        for secret in secrets
        if any(form in everything for form in (secret, quote_plus(secret), b64encode(secret.encode()).decode()))
    ]


def command_lines() -> str:
    """What the process list shows of every process."""
    shown = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            shown.append(process.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
        except OSError:  # it ended meanwhile
            continue
    return "\n".join(shown)
