"""The commands that talk to brokers, on a real one."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.structs import ConsumerRecord

from tests.brokers import needs
from tests.cli.programs import NIGHT, environment, rows, run, written
from tests.ingest.files import PAGE, RSS
from worker.broker import Broker
from worker.broker.ports import free_ports

pytestmark = pytest.mark.broker

TOPICS = ("input", "claims", "day", "week", "conflicts", "dead_letters")


@pytest.fixture
def settings(kafka: Broker) -> dict[str, str]:
    """Topics and group of the test's own."""
    needs(kafka, "refusing unknown topics")
    name = f"t{uuid.uuid4().hex[:8]}"
    return {
        "DRONETALLY_BOOTSTRAP_SERVERS": kafka.bootstrap,
        "DRONETALLY_APP_ID": name,
        "DRONETALLY_PARTITIONS": "2",
        "DRONETALLY_SESSION_TIMEOUT": "6",
        **{f"DRONETALLY_{topic.upper()}_TOPIC": f"{name}.{topic}" for topic in TOPICS},
    }


@pytest.fixture
def applied(settings: dict[str, str]) -> dict[str, str]:
    """The same, with the topics there."""
    done = run("topics", "apply", "--with-input", settings=settings)
    assert done.returncode == 0, done.stderr
    return settings


def records(settings: dict[str, str], topic: str) -> list[ConsumerRecord[bytes, bytes]]:
    """Everything a topic holds."""

    async def read() -> list[ConsumerRecord[bytes, bytes]]:
        consumer = AIOKafkaConsumer(bootstrap_servers=settings["DRONETALLY_BOOTSTRAP_SERVERS"])
        await consumer.start()
        try:
            partitions = [TopicPartition(settings[f"DRONETALLY_{topic.upper()}_TOPIC"], number) for number in (0, 1)]
            consumer.assign(partitions)
            await consumer.seek_to_beginning()
            ends = await consumer.end_offsets(partitions)
            found: list[ConsumerRecord[bytes, bytes]] = []
            while any([await consumer.position(each) < ends[each] for each in partitions]):
                for batch in (await consumer.getmany(timeout_ms=200)).values():
                    found += batch
            return found
        finally:
            await consumer.stop()

    return asyncio.run(read())


def make_topic(settings: dict[str, str], topic: str, partitions: int) -> None:
    async def make() -> None:
        admin = AIOKafkaAdminClient(bootstrap_servers=settings["DRONETALLY_BOOTSTRAP_SERVERS"])
        await admin.start()
        try:
            await admin.create_topics([NewTopic(settings[f"DRONETALLY_{topic.upper()}_TOPIC"], partitions, 1)])
        finally:
            await admin.close()

    asyncio.run(make())


@contextmanager
def working(settings: dict[str, str]) -> Iterator[None]:
    """Run a worker meanwhile, from when it is ready."""
    (port,) = free_ports(1)
    process = subprocess.Popen(
        [sys.executable, "-m", "worker", "worker"],
        env=environment(settings | {"DRONETALLY_HTTP_PORT": str(port)}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        deadline = time.monotonic() + 60
        while True:
            assert process.poll() is None, process.communicate()[1].decode()
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2).close()
                break
            except (urllib.error.URLError, OSError):
                assert time.monotonic() < deadline, "not ready"
                time.sleep(0.2)
        yield
        process.terminate()
        assert process.wait(25) == 0
    finally:
        process.kill()
        process.communicate()


def dead_letters(settings: dict[str, str], count: int) -> list[dict[str, object]]:
    """The dead letters, once there are so many."""
    deadline = time.monotonic() + 30
    while True:
        found = rows(run("dead-letters", "list", "--json", settings=settings).stdout)
        if len(found) >= count or time.monotonic() > deadline:
            return found
        time.sleep(0.3)


def test_plan_changes_nothing_and_apply_creates_once(settings: dict[str, str]) -> None:
    first = run("topics", "plan", settings=settings)
    assert first.returncode == 0, first.stderr
    assert "refuse: owned upstream" in first.stdout
    assert first.stdout.count("  create\n") == 11
    assert run("topics", "plan", settings=settings).stdout == first.stdout

    refused = run("topics", "apply", settings=settings)
    assert (refused.returncode, refused.stdout) == (78, "")
    assert "--with-input" in refused.stderr

    created = run("topics", "apply", "--with-input", settings=settings)
    assert created.returncode == 0, created.stderr
    assert len(created.stdout.splitlines()) == 12
    again = run("topics", "apply", settings=settings)
    assert (again.returncode, again.stdout) == (0, "")
    assert run("topics", "plan", settings=settings).stdout.count("leave as it is") == 12


def test_the_input_topic_decides_the_partitions(settings: dict[str, str]) -> None:
    make_topic(settings, "input", 3)
    assert run("topics", "apply", settings=settings).returncode == 0
    table = [line.split() for line in run("topics", "plan", settings=settings).stdout.splitlines()[1:]]
    assert {(row[4], row[5]) for row in table} == {("3", "3")}


def test_apply_stops_at_a_topic_that_does_not_fit(settings: dict[str, str]) -> None:
    make_topic(settings, "input", 2)
    make_topic(settings, "claims", 5)
    done = run("topics", "apply", settings=settings)
    assert (done.returncode, done.stdout) == (78, "")
    assert f"{settings['DRONETALLY_CLAIMS_TOPIC']} has 5 partitions, needs 2" in done.stderr
    assert "delete that topic" in done.stderr
    assert run("topics", "plan", settings=settings).stdout.count("  create\n") == 10


def test_check_finds_what_is_missing_and_what_is_well(settings: dict[str, str]) -> None:
    before = run("check", settings=settings)
    assert before.returncode == 78
    assert "is missing; create it with `drone-tally topics apply --with-input`" in before.stdout.splitlines()[-1]
    assert run("topics", "apply", "--with-input", settings=settings).returncode == 0
    after = run("check", settings=settings)
    assert after.returncode == 0, after.stdout + after.stderr
    assert {line.split()[1] for line in after.stdout.splitlines()} == {
        "settings",
        "zone",
        "languages",
        "brokers",
        "topics",
        "rights",
        "group",
    }


def test_produce_sends_keys_nulls_and_versions_and_refuses_what_is_bad(applied: dict[str, str]) -> None:
    given = written(NIGHT, {"id": "night", "withdrawn": True, "version": 2}, {"id": "gone", "withdrawn": True})
    done = run("produce", "-", given=given + "no article\n", settings=applied)
    assert done.returncode == 1
    assert done.stderr.startswith("line 4: not_json: ")
    assert done.stderr.splitlines()[-1].startswith(
        f"3 messages in {applied['DRONETALLY_INPUT_TOPIC']}, 2 withdrawals among them"
    )
    sent = {(record.key, record.value, tuple(record.headers)) for record in records(applied, "input")}
    line = written(NIGHT).strip().encode()
    assert sent == {(b"night", line, ()), (b"night", None, (("version", b"2"),)), (b"gone", None, ())}


def test_produce_reads_folders_and_keeps_the_pace(applied: dict[str, str], tmp_path: Path) -> None:
    for number in (2, 1):
        (tmp_path / f"{number}.jsonl").write_text(written(NIGHT | {"version": number}, NIGHT | {"version": number + 2}))
    (tmp_path / "notes.log").write_text("no article")
    started = time.monotonic()
    done = run("produce", "--rate", "2", str(tmp_path), settings=applied)
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - started > 1.5
    assert [json.loads(record.value)["version"] for record in records(applied, "input")] == [1, 3, 2, 4]


def test_feeds_pages_and_texts_are_sent_under_their_ids(applied: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "feed.rss").write_text(RSS)
    (folder / "page.html").write_text(PAGE)
    (folder / "2025-05-21.txt").write_text("Over Kursk, 3 drones were shot down.")
    printed = rows(run("produce", "--print", str(folder), settings=applied).stdout)
    for _ in range(2):  # the second time the same again
        done = run("produce", str(folder), settings=applied)
        assert done.returncode == 0, done.stderr
        assert done.stderr.startswith("5 messages in ")
    sent = [(record.key.decode(), json.loads(record.value)) for record in records(applied, "input")]
    assert sorted(key for key, _ in sent) == sorted(row["id"] for row in printed * 2)
    assert all(row in printed for _, row in sent)


def test_raw_lines_go_as_they_are(applied: dict[str, str]) -> None:
    done = run("produce", "--raw", "-", given=b"\xff\xfe\n" + written(NIGHT).encode(), settings=applied)
    assert done.returncode == 0, done.stderr
    sent = {(record.key, record.value) for record in records(applied, "input")}
    assert sent == {(None, b"\xff\xfe"), (b"night", written(NIGHT).strip().encode())}


def test_produce_into_a_missing_topic_is_78(settings: dict[str, str]) -> None:
    done = run("produce", "-", given=written(NIGHT), settings=settings)
    assert done.returncode == 78
    assert "is missing" in done.stderr


def test_the_stream_tallies_what_the_file_tallies(applied: dict[str, str]) -> None:
    given = written(NIGHT, NIGHT | {"id": "again", "source": "other.example"})
    assert run("produce", "-", given=given, settings=applied).returncode == 0
    expected = {row["key"]: row for row in rows(run("tally", "--window", "day", given=given, settings=applied).stdout)}
    assert len(expected) == 2
    with working(applied):
        deadline = time.monotonic() + 30
        published: dict[str, object] = {}
        while published != expected and time.monotonic() < deadline:
            newest = {record.key.decode(): json.loads(record.value) for record in records(applied, "day")}
            published = {key: {**tally, "revision": 0} for key, tally in newest.items()}
    assert published == expected


def test_dead_letters_are_listed_shown_and_replayed(applied: dict[str, str]) -> None:
    hostile = b'\x1b]0;owned\x07 \xff {"id"'
    headers = [("traceparent", b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), ("ring", b"\x07")]

    async def send() -> None:
        producer = AIOKafkaProducer(bootstrap_servers=applied["DRONETALLY_BOOTSTRAP_SERVERS"])
        await producer.start()
        topic = applied["DRONETALLY_INPUT_TOPIC"]
        await producer.send_and_wait(topic, hostile, key=b"k", headers=headers, timestamp_ms=1758268800000)
        await producer.send_and_wait(topic, b'{"id": 3}', key=b"k")
        await producer.stop()

    asyncio.run(send())
    with working(applied):
        listed = dead_letters(applied, 2)
        assert sorted(str(letter["reason"]) for letter in listed) == ["bad_encoding", "wrong_type"]
        (letter,) = [each for each in listed if each["reason"] == "bad_encoding"]
        assert letter["source_topic"] == applied["DRONETALLY_INPUT_TOPIC"]
        assert letter["sent_at_ms"] == 1758268800000
        place = f"{letter['partition']}:{letter['offset']}"

        table = run("dead-letters", "list", "--reason", "bad_encoding", settings=applied).stdout
        assert [line.split()[0] for line in table.splitlines()] == ["PLACE", place]
        assert len(run("dead-letters", "list", "--limit", "1", settings=applied).stdout.splitlines()) == 2

        shown = run("dead-letters", "show", place, settings=applied).stdout
        assert "\x1b" not in shown
        assert "\x07" not in shown
        assert '\\u001b]0;owned\\u0007 \\xff {"id"' in shown
        assert "header __connect.errors.exception.class.name: bad_encoding" in shown
        assert "header ring: \\u0007" in shown
        assert run("dead-letters", "show", "0:999", settings=applied).returncode == 1
        assert run("dead-letters", "show", "9:0", settings=applied).returncode == 1

        unasked = run("dead-letters", "replay", place, settings=applied)
        assert (unasked.returncode, len(records(applied, "input"))) == (1, 2)
        declined = run("dead-letters", "replay", place, given="n\n", settings=applied)
        assert (declined.returncode, len(records(applied, "input"))) == (1, 2)
        replayed = run("dead-letters", "replay", place, given="y\n", settings=applied)
        assert replayed.returncode == 0, replayed.stderr
        assert len(dead_letters(applied, 3)) == 3  # it is as unreadable as before
        assert run("dead-letters", "replay", "--reason", "no_such", "--yes", settings=applied).returncode == 1

    original, again = [record for record in records(applied, "input") if record.value == hostile]
    assert (again.key, again.headers, again.timestamp) == (original.key, original.headers, original.timestamp)


def test_what_cannot_be_replayed_says_why(applied: dict[str, str]) -> None:
    def letter(topic: str, *more: tuple[str, bytes]) -> list[tuple[str, bytes]]:
        return [("__connect.errors.topic", topic.encode()), ("__connect.errors.partition", b"0"), *more]

    async def send() -> None:
        producer = AIOKafkaProducer(bootstrap_servers=applied["DRONETALLY_BOOTSTRAP_SERVERS"])
        await producer.start()
        for headers in (
            letter(applied["DRONETALLY_INPUT_TOPIC"], ("dronetally.truncated.bytes", b"99999999")),
            letter("payments"),
            letter(applied["DRONETALLY_INPUT_TOPIC"]),
        ):
            await producer.send_and_wait(applied["DRONETALLY_DEAD_LETTERS_TOPIC"], b"x", headers=headers, partition=0)
        await producer.stop()

    asyncio.run(send())
    done = run("dead-letters", "replay", "--all", "--yes", settings=applied)
    assert done.returncode == 1
    assert "0:0 is not sent: only its beginning was kept" in done.stderr
    assert "0:1 is not sent: it came from payments, which is none of the worker's topics" in done.stderr
    assert "1 sent again, 2 not" in done.stderr
    assert [record.value for record in records(applied, "input")] == [b"x"]
