"""A broker that asks who one is and what one may do, and the table of what was measured."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.broker.certificates import Authority
from tests.brokers import kafka_with
from tests.report import page, report, rows_of
from tests.security.guarded import LACKING, Guarded
from tests.security.scale import LONG
from tests.tokens import AUDIENCE, ISSUER, Signer
from worker.broker import KafkaOptions, Security, Tls, Tokens

__all__ = ["report"]

_SESSION_SECONDS = 5.0
FORM = "long" if LONG else "short"


@pytest.fixture(scope="session", autouse=True)
def table(request: pytest.FixtureRequest) -> Iterator[None]:
    """Write the table, when the tests are through, to the file that `DRONETALLY_TEST_REPORT` names, if it names one."""
    yield
    if name := os.environ.get("DRONETALLY_TEST_REPORT"):
        preface = (
            f"Written by the {FORM} form of `tests/security` on {datetime.now(UTC):%Y-%m-%d} (long: `make security`)."
            " What is guarded against what, and how to report a problem: [SECURITY.md](../SECURITY.md)."
        )
        Path(name).write_text(page("What hostile input and clients can do", preface, rows_of(request.config)), "utf-8")


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Who signs certificates."""
    return Authority.create(tmp_path_factory.mktemp("authority"), "test-authority")


@pytest.fixture(scope="session")
def guarded(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    """A broker with TLS, passwords, tokens and rules that allow nobody anything but its administrator."""
    folder = tmp_path_factory.mktemp("guarded")
    signer = Signer(folder)
    security = Security(
        tls=Tls(authority.issue(folder, "server")),
        users={"admin": "admins-password", "counter": Guarded.password, **dict.fromkeys(LACKING, Guarded.password)},
        super_user="admin",
        tokens=Tokens(signer.keys, ISSUER, AUDIENCE, _SESSION_SECONDS),
    )
    (folder / "password").write_text(Guarded.password + "\n")
    with kafka_with(KafkaOptions(security=security)) as broker:
        yield Guarded(broker, authority, signer, folder)
