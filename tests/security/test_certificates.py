"""Logging in with a client certificate: its subject is the user, with the same least of rights."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.access import grant
from tests.broker.certificates import Authority
from tests.brokers import kafka_with
from tests.report import Report
from tests.security.guarded import needed, said
from tests.stream.pages import refusal
from tests.stream.workers import World
from worker.broker import ApacheKafka, KafkaOptions, Security, Tls

pytestmark = pytest.mark.broker


@pytest.fixture(scope="module")
def certified(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApacheKafka]:
    """A broker that lets nobody in without a certificate, and allows nobody anything but its administrator."""
    server = authority.issue(tmp_path_factory.mktemp("server"), "server")
    tls = Tls(server, truststore=authority.file, client_certificates="required")
    with kafka_with(KafkaOptions(security=Security(tls=tls, super_user="CN=admin"))) as broker:
        yield broker


async def test_a_client_certificate_names_the_user(
    certified: ApacheKafka, authority: Authority, tmp_path: Path, report: Report
) -> None:
    def login(file: Path) -> dict[str, str]:
        return {"DRONETALLY_TLS_CERTIFICATE_FILE": str(file), "DRONETALLY_TLS_KEY_FILE": str(file)}

    strangers = Authority.create(tmp_path, "another-authority")
    own = login(authority.issue(tmp_path, "counter"))
    extra = {"DRONETALLY_SECURITY_PROTOCOL": "SSL", "DRONETALLY_TLS_CA_FILE": str(authority.file)}
    inside = World(certified.internal_bootstrap)
    world = World(certified.bootstrap, name=inside.name, extra=extra)
    try:
        await inside.make_topics()
        tries = {
            "no certificate": world.start(),
            "one of another authority": world.start(**login(strangers.issue(tmp_path, "stranger"))),
            "no rights": world.start(**own),
        }
        ends = {name: await asyncio.to_thread(refusal, worker) for name, worker in tries.items()}
        assert "TLS" in ends["no certificate"][1], ends
        assert "TLS" in ends["one of another authority"][1], ends
        assert "no right to" in ends["no rights"][1], ends
        rights = needed(world.settings)
        await grant({"bootstrap_servers": certified.internal_bootstrap}, {"CN=counter": rights})
        worker = world.start(**own)
        await worker.ready()
        await inside.send([said("one", 40)])
        expected = inside.expected([said("one", 40)])
        right = await inside.settle(expected) == expected
        code, _ = worker.end(signal.SIGTERM)
    finally:
        world.stop()
    report(
        "mTLS with exactly the rights in SECURITY.md; without a certificate, with a stranger's, without rights",
        "works; else one line each, code 78",
        f"{'right' if right else 'wrong'} tallies, code {code}; "
        + "; ".join(f"{name}: {end}" for name, (end, _) in ends.items()),
        right and code == 0 and {end for end, _ in ends.values()} == {78},
    )
