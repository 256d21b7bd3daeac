"""Logging in, with the least of rights: what is missing is one line; no secret is shown anywhere."""

from __future__ import annotations

import asyncio
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiokafka.structs import ConsumerRecord

from tests.access import grant, revoke
from tests.broker.certificates import Authority
from tests.cli.programs import run
from tests.report import Report
from tests.security.guarded import LACKING, POISON, Guarded, command_lines, found_in, needed, said
from tests.security.scale import LONG
from tests.stream.pages import refusal
from tests.stream.workers import World
from tests.tokens import Endpoint, serving
from worker.connection import StartError
from worker.settings import load
from worker.stream.runtime import examined

pytestmark = pytest.mark.broker

COMMANDS = {
    "human": ("check", "config show", "config show --format env"),
    "json": ("topics plan", "config show --format json"),
}
PAGES = ("/metrics", "/livez", "/readyz", "/startupz", "/")


def test_who_is_not_let_in_is_told_why_in_one_line(guarded: Guarded, tmp_path: Path, report: Report) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("not-" + guarded.password)
    other = Authority.create(tmp_path, "another-authority")
    tries = {
        "a wrong password": (78, "refuses user 'counter'", {"DRONETALLY_SASL_PASSWORD_FILE": str(wrong)}),
        "an unknown authority": (78, "TLS with broker", {"DRONETALLY_TLS_CA_FILE": str(other.file)}),
        "no TLS": (69, "no broker answers", {"DRONETALLY_SECURITY_PROTOCOL": "PLAINTEXT"}),
    }
    with guarded.world(guarded.login()) as (world, _):
        workers = {name: world.start(**changed) for name, (_, _, changed) in tries.items()}
        ends = {name: refusal(worker) for name, worker in workers.items()}
    held = [ends[name][0] == code and words in ends[name][1] for name, (code, words, _) in tries.items()]
    shown = found_in([line for _, line in ends.values()], [guarded.password])
    report(
        "a wrong password, an unknown authority, plain text to a TLS listener",
        "one line each, codes 78, 78, 69, without the password",
        "; ".join(f"{name}: {code}" for name, (code, _) in ends.items()),
        all(held) and not shown,
    )


async def test_each_right_is_needed_and_no_other(guarded: Guarded, report: Report) -> None:
    with guarded.world(guarded.login()) as (world, inside):
        await inside.make_topics()
        code, line = await asyncio.to_thread(refusal, world.start())
        assert code == 78, line
        assert "no right to describe" in line or "is missing" in line  # without any right a topic looks missing
        rights = needed(world.settings)
        assert len(rights) == len(LACKING)
        some = {user: [right for right in rights if right != rights[place]] for place, user in enumerate(LACKING)}
        await grant(guarded.inside, {"counter": rights, **some})
        # As processes in the long form; else but one of each kind, and for the others what a worker does first.
        started = {user: world.start(**guarded.login(user)) for user in (LACKING if LONG else LACKING[-2:])}
        ends = [
            await asyncio.to_thread(refusal, started[user]) if user in started else await _examination(world, user)
            for user in LACKING
        ]
        for right, (code, line) in zip(rights, ends, strict=True):
            assert code == 78, (right, line)
            kind = "join group" if right.resource == "group" else f"({right.operation.capitalize()} on|describe) topic"
            assert re.search(f"no right to {kind} {re.escape(right.name)}.*; grant", line), (right, line)
        worker = world.start()
        await worker.ready()
        await inside.send([said("one", 40), POISON])
        expected = inside.expected([said("one", 40)])
        right_tallies = await inside.settle(expected) == expected
        code, _ = worker.end(signal.SIGTERM)
    report(
        "TLS and SASL/SCRAM with exactly the rights in SECURITY.md, then with each single one taken away",
        "works; each lack is one line that names it, code 78",
        f"{'right' if right_tallies else 'wrong'} tallies, code {code}; {len(ends)} of {len(rights)} lacks named, 78",
        right_tallies and code == 0,
    )


async def _examination(world: World, user: str) -> tuple[int, str]:
    """How the examination of the brokers ends with which every worker begins."""
    with pytest.raises(StartError) as caught:
        await examined(load(world.environment, sasl_username=user))
    return caught.value.exit_code, str(caught.value)


async def test_a_password_is_shown_nowhere(guarded: Guarded, report: Report) -> None:
    """At every level of the log, in both forms, on all pages, in tracebacks, commands, letters and the process list."""
    texts: list[str] = []
    for mechanism, form in (("PLAIN", "human"), ("SCRAM-SHA-512", "json")):
        with guarded.world(guarded.login(mechanism=mechanism)) as (world, inside):
            await inside.make_topics()
            await grant(guarded.inside, {"counter": needed(world.settings)})
            worker = world.start(DRONETALLY_LOG_LEVEL="DEBUG", DRONETALLY_LOG_FORMAT=form)
            await worker.ready()
            await inside.send([said("one", 40), POISON])
            letters = await _until_letters(inside)
            texts += [str((letter.key, letter.value, letter.headers)) for letter in letters]
            texts += [worker.page(path)[1] for path in PAGES]
            texts.append(command_lines())
            for command in COMMANDS[form]:
                done = await asyncio.to_thread(run, *command.split(), settings=world.environment)
                assert done.returncode == 0, done.stderr
                texts += [done.stdout, done.stderr]
            await revoke(guarded.inside, "counter", "topic", world.settings.dead_letters_topic, "write")
            await inside.send([POISON])
            _, errors = await asyncio.to_thread(worker.process.communicate, timeout=60)
            assert worker.process.returncode == 78, errors.decode()[-2000:]
            texts.append(errors.decode())
            assert "Traceback" in texts[-1]
            assert "debug" in texts[-1].lower()
    shown = found_in(texts, [guarded.password])
    report(
        "a canary password: log at DEBUG as JSON and for people, traceback, pages, `check`, `topics plan`,"
        " `config show`, process list, dead letters (PLAIN and SCRAM)",
        "found nowhere",
        f"found {len(shown)} times in {sum(map(len, texts)):,} characters",
        not shown,
    )


async def _until_letters(world: World) -> list[ConsumerRecord[bytes, bytes]]:
    async with asyncio.timeout(30):
        while not (letters := await world.records(world.settings.dead_letters_topic)):
            await asyncio.sleep(0.3)
    return letters


@pytest.fixture
def endpoint(guarded: Guarded) -> Iterator[Endpoint]:
    """Gives tokens that live for a few seconds."""
    certificate = guarded.authority.issue(guarded.folder, "endpoint")
    made = Endpoint(guarded.signer, {"tally": guarded.password}, seconds=6.0)
    with serving(made, certificate) as served:
        yield served


def _asking(guarded: Guarded, endpoint: Endpoint) -> dict[str, str]:
    return {
        "DRONETALLY_SECURITY_PROTOCOL": "SASL_SSL",
        "DRONETALLY_TLS_CA_FILE": str(guarded.authority.file),
        "DRONETALLY_SASL_MECHANISM": "OAUTHBEARER",
        "DRONETALLY_OAUTH_TOKEN_URL": endpoint.url,
        "DRONETALLY_OAUTH_CLIENT_ID": "tally",
        "DRONETALLY_OAUTH_CLIENT_SECRET_FILE": str(guarded.folder / "password"),
        "DRONETALLY_OAUTH_CA_FILE": str(guarded.authority.file),
    }


async def test_tokens_are_renewed_while_the_worker_counts(guarded: Guarded, endpoint: Endpoint, report: Report) -> None:
    """The broker ends sessions after five seconds, and the tokens live for six."""
    articles = [said(f"number-{number}", 40 + number) for number in range(2)]
    with guarded.world(_asking(guarded, endpoint)) as (world, inside):
        await inside.make_topics()
        await grant(guarded.inside, {"tally": needed(world.settings)})
        worker = world.start(DRONETALLY_LOG_LEVEL="DEBUG")
        await worker.ready()
        for each in articles:
            await inside.send([each])
            await asyncio.sleep(6.5)
        expected = inside.expected(articles)
        right = await inside.settle(expected) == expected
        pages = [worker.page(path)[1] for path in PAGES]
        code, errors = worker.end(signal.SIGTERM)
    shown = found_in([*pages, errors, command_lines()], [guarded.password, *endpoint.given])
    assert "Traceback" not in errors
    report(
        "TLS and SASL/OAUTHBEARER with the same rights, tokens of 6 s, sessions of 5 s",
        "counts; tokens are renewed; neither secret nor token is shown at DEBUG",
        f"{'right' if right else 'wrong'} tallies, code {code}; {len(endpoint.given)} tokens; found {len(shown)} times",
        right and code == 0 and len(endpoint.given) >= 3 and not shown,
    )


def test_what_is_wrong_with_a_token_is_one_line(
    guarded: Guarded, endpoint: Endpoint, tmp_path: Path, report: Report
) -> None:
    asking = _asking(guarded, endpoint) | {"DRONETALLY_BOOTSTRAP_SERVERS": guarded.broker.bootstrap}
    file = tmp_path / "token"
    file.write_text(guarded.signer.token("tally", 60))
    reading = {name: value for name, value in asking.items() if "OAUTH_" not in name}
    reading["DRONETALLY_OAUTH_TOKEN_FILE"] = str(file)
    wrong = tmp_path / "wrong"
    wrong.write_text("not-" + guarded.password)
    tries = [
        ("a wrong secret", asking | {"DRONETALLY_OAUTH_CLIENT_SECRET_FILE": str(wrong)}, 78, "refuses client 'tally'"),
        ("a silent endpoint", asking | {"DRONETALLY_OAUTH_TOKEN_URL": "https://127.0.0.1:1/"}, 69, "does not answer"),
        ("an unknown authority", asking | {"DRONETALLY_OAUTH_CA_FILE": str(_stranger(tmp_path))}, 78, "oauth_ca_file"),
        ("a token from a file", reading, 78, "no right to describe topic"),
    ]
    codes = {name: _refused(settings, code, words) for name, settings, code, words in tries}
    file.write_text(guarded.signer.token("tally", 60, audience="another"))
    codes["a token for others"] = _refused(reading, 78, "refuses the token from")
    file.write_text(guarded.signer.token("tally", -60))
    codes["an old token"] = _refused(reading, 78, "refuses the token from")
    report(
        "tokens: a wrong secret, a silent endpoint, an unknown authority, a token for others, one past its end",
        "one line each, codes 78, 69, 78, 78, 78; without TLS refused unless allowed",
        "; ".join(f"{name}: {code}" for name, code in codes.items()),
        True,
    )


def _stranger(folder: Path) -> Path:
    return Authority.create(folder, "another-authority").file


def _refused(settings: dict[str, str], code: int, words: str) -> int:
    done = run("topics", "plan", settings=settings)
    assert (done.returncode, done.stderr.count("\n")) == (code, 1), done.stderr
    assert words in done.stderr
    assert not found_in([done.stdout, done.stderr], [Guarded.password])
    return done.returncode
