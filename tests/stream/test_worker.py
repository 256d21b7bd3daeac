"""The main job on a real broker: what is published equals what the same articles come to in memory."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tests.cli.programs import run
from tests.stream.pages import ARTICLES, all_read, total
from tests.stream.stories import history
from tests.stream.workers import Message, World, article, as_line, repository
from worker import codec, topics
from worker.stream.topology import partition_of

pytestmark = pytest.mark.broker

NIGHT = {"published_at": "2025-06-04T07:00:00Z", "source": "wire.example"}


async def test_demo_articles_give_the_tallies_computed_in_memory(world: World) -> None:
    lines = (repository() / "worker/demo/articles.jsonl").read_text(encoding="utf-8").splitlines()
    stories = [json.loads(line) for line in lines]
    messages = [
        Message(story["id"].encode(), None)
        if story.get("withdrawn")
        else Message(b"poison", story["raw"].encode())
        if "raw" in story
        else Message(story["id"].encode(), line.encode())
        for story, line in zip(stories, lines, strict=True)
    ]
    await world.send(messages)
    await world.start().ready()
    expected = world.expected(messages)
    assert len(expected) > 100
    assert await world.settle(expected) == expected


async def test_two_workers_share_the_partitions_and_one_takes_over_from_the_other(world: World) -> None:
    messages = history(seed=2, articles=600)
    first, second = world.start(), world.start()
    await first.ready()
    await second.ready()
    await world.send(messages[:400])
    first.end(signal.SIGKILL)
    await world.send(messages[400:])
    expected = world.expected(messages)
    assert await world.settle(expected) == expected


async def test_what_was_read_and_never_committed_is_read_again_by_who_takes_over(
    make_world: Callable[..., World],
) -> None:
    world = make_world(extra={"DRONETALLY_COMMIT_INTERVAL": "60"})
    await world.make_topics()
    messages = history(seed=4, articles=300)
    expected = world.expected(messages)
    first, second = world.start(), world.start()
    await first.ready()
    await second.ready()
    await world.send(messages[:200])
    first.end(signal.SIGKILL)
    await world.send(messages[200:])
    assert await world.settle(expected) == expected


async def test_why_from_the_topic_says_what_the_articles_say(world: World, tmp_path: Path) -> None:
    messages = history(seed=6, articles=60)
    await world.send(messages)
    worker = world.start()
    await worker.ready()
    expected = world.expected(messages)
    assert await world.settle(expected) == expected
    worker.end(signal.SIGTERM)
    file = tmp_path / "articles.jsonl"
    file.write_bytes(b"".join(as_line(message) for message in messages))
    asked = ("why", "UA", "RU>UA", "2025-06-03", "--json")
    ours = await asyncio.to_thread(run, *asked, "--from-topic", settings=world.environment)
    assert ours.returncode == 0, ours.stderr
    theirs = await asyncio.to_thread(run, *asked, str(file), settings=world.environment)
    assert len(json.loads(ours.stdout)["statements"]) > 3
    assert ours.stdout == theirs.stdout


async def test_a_replay_of_everything_changes_and_publishes_nothing(world: World) -> None:
    messages = history(seed=3, articles=300)
    expected = world.expected(messages)
    worker = world.start()
    await worker.ready()
    await world.send(messages)
    assert await world.settle(expected) == expected
    before, read = len(await world.records(world.settings.day_topic)), total(worker, ARTICLES)
    await world.send(messages)
    assert await all_read(worker, 30, len(messages), read) < 30
    assert await world.published() == expected
    assert len(await world.records(world.settings.day_topic)) == before


async def test_a_reprint_writes_its_own_claims_and_publishes_its_counters_once(world: World) -> None:
    text = "Russia launched 40 drones at Ukraine overnight, 31 of them were shot down, the air force said."
    first = article("first", text, **NIGHT)
    worker = world.start()
    await worker.ready()
    await world.send([first])
    expected = world.expected([first])
    assert await world.settle(expected) == expected
    topic, claims = world.settings.day_topic, world.settings.claims_topic
    before = await world.records(topic)
    await world.send([first] * 5)  # copies: nothing is written
    assert await all_read(worker, 30, 6) < 30
    assert (len(await world.records(topic)), len(await world.records(claims))) == (len(before), 1)
    later = {"published_at": "2025-06-04T07:30:00Z"}
    reprints = [article(f"copy{n}", text, source=f"outlet{n}.example", **later) for n in range(20)]
    await world.send(reprints)
    expected = world.expected([first, *reprints])
    assert await world.settle(expected) == expected
    assert len(await world.records(claims)) == 21
    news = (await world.records(topic))[len(before) :]
    assert len(news) < 20 * len(before), "reprints that come together are told together"
    for record in news:
        tally = codec.decode_tally(record.value)
        (old,) = (codec.decode_tally(r.value) for r in before if r.key == record.key)
        assert (tally.measures, tally.joint, tally.claims) == (old.measures, old.joint, old.claims)
        assert tally.articles > old.articles


async def test_a_worker_that_takes_over_says_nothing_again(world: World) -> None:
    messages = history(seed=7, articles=150)
    expected = world.expected(messages)
    worker = world.start()
    await worker.ready()
    await world.send(messages)
    assert await world.settle(expected) == expected
    assert await all_read(worker, 30, len(messages)) < 30
    worker.end(signal.SIGTERM)
    await world.start().ready()
    more = history(seed=8, articles=20)
    expected = world.expected([*messages, *more])
    await world.send(more)
    assert await world.settle(expected) == expected
    for topic in (world.settings.day_topic, world.settings.week_topic):
        held: dict[bytes, object] = {}
        for record in await world.records(topic):
            said = record.value and msgspec.structs.replace(codec.decode_tally(record.value), revision=0)
            assert said != held.get(record.key), record.key
            held[record.key] = said


async def test_an_article_under_any_key_and_partition_is_counted_once(world: World) -> None:
    said = article("one", "Russia launched 40 drones at Ukraine overnight, the air force said.", **NIGHT)
    edit = article("one", "Russia launched 44 drones at Ukraine overnight, the air force said.", version=1, **NIGHT)
    messages = [Message(None, said.value, partition=number) for number in range(world.partitions)]
    messages += [Message(b"other key", edit.value, partition=0), Message(b"one", said.value)]
    await world.send(messages)
    await world.start().ready()
    expected = world.expected(messages)
    published = await world.settle(expected)
    assert published == expected
    tally = codec.decode_tally(published["P1D UA|RU>UA|2025-06-04"])
    assert (tally.measures["launched"].best, tally.articles) == (44, 1)
    forwarded = await world.records(topics.rekeyed_topic(world.settings))
    assert {record.partition for record in forwarded} == {partition_of(b"one", world.partitions)}


async def test_articles_may_come_in_any_compression(world: World) -> None:
    said = [
        article(codec, f"Russia launched {number} drones at Ukraine overnight, the air force said.", **NIGHT)
        for number, codec in enumerate(("gzip", "lz4", "snappy", "zstd"), 40)
    ]
    worker = world.start()
    await worker.ready()
    for message in said:
        await world.send([message], compression=(message.key or b"").decode())
    expected = world.expected(said)
    assert await world.settle(expected) == expected


async def test_unreadable_messages_are_put_aside_whole_with_the_reason(world: World) -> None:
    bad: dict[bytes | None, str] = {
        b"not json": "not_json",
        b"[1, 2]": "not_an_object",
        b'{"title": "no id"}': "missing_field",
        b'{"id": "no-text"}': "missing_field",
        b'{"id": 7, "title": "x"}': "wrong_type",
        b'{"id": "v", "title": "x", "version": 99999999999}': "out_of_range",
        b'{"id": "d", "title": "x", "deep": ' + b"[" * 500 + b"]" * 500 + b"}": "too_deep",
        b'{"id": "u", "title": "\xff\xfe"}': "bad_encoding",
        b'{"id": "f", "title": "x", "published_at": "2099-01-01T00:00:00Z"}': "future_date",
        b'{"id": "big", "title": "' + b"x" * 1_048_600 + b'"}': "too_large",
    }
    good = article("good", "Russia launched 40 drones at Ukraine overnight, the air force said.", **NIGHT)
    poison = [Message(b"key \xff", value, headers=(("trace", b"t1"),)) for value in bad]
    await world.send([*poison, Message(b"", None), good])
    worker = world.start()
    await worker.ready()
    expected = world.expected([good])
    assert await world.settle(expected) == expected
    letters = await world.records(world.settings.dead_letters_topic)
    found: dict[bytes | None, str] = {}
    for letter in letters:
        headers = dict(letter.headers)
        found[letter.value] = headers["__connect.errors.exception.class.name"].decode()
        assert headers["__connect.errors.topic"].decode() == world.settings.input_topic
        assert headers["__connect.errors.stage"] == b"intake"
        if letter.value is not None:
            assert letter.key == b"key \xff"
            assert headers["trace"] == b"t1"
    assert found == {**bad, None: "missing_field"}
    sources = {
        (dict(x.headers)["__connect.errors.partition"], dict(x.headers)["__connect.errors.offset"]) for x in letters
    }
    assert len(sources) == len(letters) == len(bad) + 1
    assert worker.metric('dronetally_articles_total{outcome="dead"}') == len(bad) + 1


async def test_a_forwarded_article_with_a_broken_time_is_put_aside(world: World) -> None:
    said = article("one", "Russia launched 40 drones at Ukraine overnight, the air force said.", **NIGHT)
    forwarded = topics.rekeyed_topic(world.settings)
    broken = [b"abc", b"", b"9" * 30, "\u0667".encode()]
    await world.send(
        [Message(b"one", said.value, headers=(("dronetally.sent.ms", stamp),)) for stamp in broken], forwarded
    )
    await world.send([Message(b"one", said.value, headers=(("dronetally.sent.ms", b"9" * 18),))], forwarded)
    worker = world.start()
    await worker.ready()
    expected = world.expected([said])
    assert await world.settle(expected) == expected
    letters = await world.records(world.settings.dead_letters_topic)
    reasons = [dict(letter.headers)["__connect.errors.exception.class.name"] for letter in letters]
    assert reasons == [b"bad_headers"] * len(broken)


async def test_claims_on_the_partition_of_another_front_are_put_aside(world: World) -> None:
    said = article("one", "Russia launched 40 drones at Ukraine overnight, the air force said.", **NIGHT)
    await world.send([said])
    worker = world.start()
    await worker.ready()
    expected = world.expected([said])
    assert await world.settle(expected) == expected
    claims = world.settings.claims_topic
    (record,) = await world.records(claims)
    assert record.partition == partition_of(b"RU>UA", world.partitions)
    elsewhere = (record.partition + 1) % world.partitions
    forged = record.value.replace(b'"one"', b'"two"')
    broken = [b"{}", None, record.value.replace(b"RU>UA", b"nowhere")]
    await world.send([Message(b"RU>UA", forged, partition=elsewhere), *(Message(b"RU>UA", b) for b in broken)], claims)
    async with asyncio.timeout(20):
        while len(letters := await world.records(world.settings.dead_letters_topic)) < 4:
            await asyncio.sleep(0.5)
    assert {letter.value for letter in letters} == {forged, *broken}
    assert {dict(letter.headers)["__connect.errors.stage"] for letter in letters} == {b"reconcile"}
    assert await world.published() == expected


async def test_windows_past_the_retention_are_deleted_by_event_time(make_world: Callable[..., World]) -> None:
    world = make_world(extra={"DRONETALLY_RETENTION_DAYS": "30"})
    await world.make_topics()
    old = article(
        "old", "Russia launched 40 drones at Ukraine overnight, the air force said.",
        published_at="2025-03-04T07:00:00Z", source="wire.example",
    )  # fmt: skip
    future = article("future", "Russia launched 9 drones.", published_at="2099-03-04T07:00:00Z")
    worker = world.start()
    await worker.ready()
    await world.send([old, future])
    expected = world.expected([old])
    assert any("2025-03-04" in key for key in expected)
    assert await world.settle(expected) == expected  # the message dated in the future moved nothing
    new = article("new", "Russia launched 41 drones at Ukraine overnight, the air force said.", **NIGHT)
    await world.send([new])
    expected = world.expected([old, new])
    assert not any("2025-03" in key for key in expected)
    assert await world.settle(expected) == expected
    assert any(record.value is None for record in await world.records(world.settings.day_topic))
    changelog = await world.records(topics.changelog_topic(world.settings.app_id, "ledger"))
    assert any(record.value is None and b"old" in record.key for record in changelog)


async def test_contradictions_are_published_with_both_quotes_and_settled_by_a_correction(world: World) -> None:
    total = article(
        "total", "Russian air defences shot down 61 Ukrainian drones overnight, ten of them over the Belgorod region"
        " and 51 over the Kursk region, the defence ministry in Moscow said.",
        **NIGHT,
    )  # fmt: skip
    local = article(
        "local", "Belgorod governor Gladkov said 14 drones were shot down over the region overnight.", **NIGHT
    )
    worker = world.start()
    await worker.ready()
    await world.send([total, local])
    expected = world.expected([total, local])
    assert await world.settle(expected) == expected
    reports = [codec.decode_conflicts(record.value) for record in await world.records(world.settings.conflicts_topic)]
    assert reports, "ten and fourteen over Belgorod can't both hold beside 61 and 51"
    (conflict,) = reports[-1].conflicts
    quotes = {conflict.claim.quote, *(side.quote for side in conflict.against)}
    assert any("14" in quote for quote in quotes)
    await world.send([Message(b"local", None)])
    expected = world.expected([total])
    assert await world.settle(expected) == expected
    reports = [codec.decode_conflicts(record.value) for record in await world.records(world.settings.conflicts_topic)]
    assert reports[-1].conflicts == ()


async def test_a_likely_slip_is_published_once_and_settled_by_the_outlets_next_article(world: World) -> None:
    def launches(name: str, number: int, hour: int, source: str) -> Message:
        text = f"Russia launched {number} drones at Ukraine overnight, the air force said."
        return article(name, text, published_at=f"2025-05-21T{hour:02}:00:00Z", source=source)

    first, slip = launches("first", 728, 7, "one.example"), launches("slip", 782, 8, "two.example")
    worker = world.start()
    await worker.ready()
    await world.send([first, slip])
    expected = world.expected([first, slip])
    assert await world.settle(expected) == expected
    again = launches("again", 728, 10, "two.example")
    await world.send([again])
    expected = world.expected([first, slip, again])
    assert await world.settle(expected) == expected
    reports = [codec.decode_conflicts(record.value) for record in await world.records(world.settings.conflicts_topic)]
    named = [[(side.article_id, [o.article_id for o in found.against]) for found in report.slips
              for side in [found.claim]] for report in reports]  # fmt: skip
    assert named == [[("slip", ["first"])], []]


async def test_headers_follow_cloudevents_and_pass_the_trace_on(world: World) -> None:
    trace, state = b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", b"rojo=00f067aa0ba902b7,congo=t61rcWkg"
    said = article("one", "Russia launched 40 drones at Ukraine overnight, the air force said.", **NIGHT)
    await world.send([Message(said.key, said.value, headers=(("traceparent", trace), ("tracestate", state)))])
    await world.start().ready()
    expected = world.expected([said])
    assert await world.settle(expected) == expected
    types = {
        world.settings.claims_topic: b"drone.claims.v1",
        world.settings.day_topic: b"drone.tallies.day.v1",
        world.settings.week_topic: b"drone.tallies.week.v1",
    }
    for topic, event_type in types.items():
        for record in await world.records(topic):
            headers = dict(record.headers)
            assert headers["ce_type"] == event_type
            assert headers["ce_specversion"] == b"1.0"
            assert headers["content-type"] == b"application/json"
            assert headers["ce_id"]
            assert (headers["traceparent"], headers["tracestate"]) == (trace, state)
