"""A schema registry: what is asked of it, and what is said when it does not play along."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.programs import run
from tests.contract.catalogue import SCHEMAS, topics
from tests.registry import registry
from worker import codec
from worker.broker.ports import free_ports
from worker.codec import frame, unframed
from worker.connection import ConfigurationError, UnavailableError
from worker.registry import frames, register, subjects
from worker.settings import SettingsError, load

PUBLISHED = ("drone.claims.v1", "drone.tallies.day.v1", "drone.tallies.week.v1", "drone.conflicts.v1")


LOGIN = {f"DRONETALLY_SCHEMA_REGISTRY_{name}": "canary" for name in ("USERNAME", "PASSWORD")}


def settings(url: str, **more: str) -> dict[str, str]:
    return {"DRONETALLY_SCHEMA_REGISTRY_URL": url, "DRONETALLY_WIRE_FORMAT": "confluent", **more}


def test_plain_json_asks_no_registry() -> None:
    assert frames(load({})) == {}


def test_schemas_are_registered_once_and_known_then() -> None:
    with registry() as url:
        configured = load(settings(url))
        assert [subject.schema_id for subject in subjects(configured)] == [None] * 4
        with pytest.raises(
            ConfigurationError, match=r"drone\.claims\.v1-value; register it with `drone-tally schemas reg"
        ):
            frames(configured)
        first = register(configured)
        assert register(configured) == first
        assert subjects(configured) == first
        assert {subject.topic: (subject.name, subject.version) for subject in first} == {
            topic: (f"{topic}-value", 1) for topic in PUBLISHED
        }
        for subject in first:
            assert json.loads(subject.schema) == json.loads((SCHEMAS / topics()[subject.topic]["value"]).read_bytes())
        assert frames(configured) == {subject.topic: frame(subject.schema_id or 0) for subject in first}


def test_a_frame_is_a_zero_byte_and_the_number_of_the_schema() -> None:
    assert frame(100_001) == b"\x00\x00\x01\x86\xa1"
    assert unframed(frame(7) + b"{}") == b"{}"
    assert codec.decode_entry(codec.pack(b"\x00\x00\x00\x00\x07" + CLAIMS)) == codec.decode_claims(CLAIMS)


CLAIMS = (
    b'{"article_id":"a","version":0,"language":"en","published_at":null,"source":"","relevant":false,"claims":[],'
    b'"front":"RU>UA","edition":{"version":0,"at":"","digest":"","withdrawn":false}}'
)


def test_a_registry_that_does_not_answer_is_unavailable() -> None:
    (port,) = free_ports(1)
    with pytest.raises(UnavailableError, match="does not answer"):
        frames(load(settings(f"http://127.0.0.1:{port}")))


def test_a_registry_that_refuses_us_says_so() -> None:
    with registry(closed=True) as url, pytest.raises(ConfigurationError, match=r"refuses us .* Unauthorized"):
        frames(load(settings(url)))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"DRONETALLY_WIRE_FORMAT": "confluent"}, "needs schema_registry_url"),
        (settings("ftp://x"), "must begin with http:// or https://"),
        (settings("https://me:canary@x"), "hold no user or password"),
        (settings("https://x", DRONETALLY_SCHEMA_REGISTRY_USERNAME="me"), "go together"),
        (settings("http://x", **LOGIN), "in the clear"),
        (settings("https://x,http://y", **LOGIN), "in the clear"),
        (settings("https://[x"), "must begin with http:// or https://"),
        (settings("https://x:port"), "must begin with http:// or https://"),
        (settings(f"https://{'a' * 64}.example"), "must begin with http:// or https://"),
    ],
)
def test_what_can_not_work_is_refused_without_a_secret(given: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said) as refused:
        load(given)
    assert "canary" not in str(refused.value)


def test_authorities_without_a_certificate_are_one_line(tmp_path: Path) -> None:
    file = tmp_path / "empty.pem"
    file.write_text("no certificate")
    done = run("schemas", "plan", settings=settings("https://127.0.0.1:1", DRONETALLY_TLS_CA_FILE=str(file)))
    assert (done.returncode, done.stderr.count("\n")) == (78, 1), done.stderr
    assert "check schema_registry_url and tls_ca_file" in done.stderr


def test_the_commands_tell_what_is_there() -> None:
    with registry() as url:
        planned = run("schemas", "plan", settings=settings(url))
        assert [line.split()[0::3] for line in planned.stdout.splitlines()[1:]] == [
            [f"{topic}-value", "missing"] for topic in PUBLISHED
        ]
        done = run("schemas", "register", settings=settings(url))
        assert done.returncode == 0, done.stderr
        assert done.stdout.count("there") == 4
    gone = run("schemas", "plan", settings=settings(url))
    assert gone.returncode == 69
    nowhere = run("schemas", "plan")
    assert (nowhere.returncode, nowhere.stderr) == (
        78,
        "drone-tally: no schema registry; set DRONETALLY_SCHEMA_REGISTRY_URL\n",
    )
