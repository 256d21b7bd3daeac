"""Laws of the way from editions to tallies: no order, no copy and no crash changes what is published in the end."""

from __future__ import annotations

import os
import random
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.acceptance.histories import Message
from tests.ledger.generated import Fiction
from tests.ledger.histories import history, moved
from tests.pipeline.streams import Name, World, play, reconciler, said, tallies, tell
from worker.model import ConflictReport, Tally
from worker.pipeline.editions import ArticleRecord
from worker.pipeline.reconciler import Reconciler, WindowKey
from worker.tally import weeks_of

# More by DRONETALLY_TEST_HISTORIES=5000
EXAMPLES = int(os.environ.get("DRONETALLY_TEST_HISTORIES", "40"))
laws = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
seeds = st.integers(0, 2**32)
zones = st.sampled_from(["Europe/Kyiv", "UTC", "America/St_Johns"])
dice = st.randoms(use_true_random=False)


def season(seed: int) -> list[Message]:
    """Some weeks of articles of one front, in the order of publication; nothing is withdrawn."""
    messages: list[Message] = []
    front = Fiction(seed, articles=1, claims=1).front
    for number, start in enumerate((0, 3, 9, 12, 20, 31)):
        fiction = Fiction(seed + number, articles=3, claims=3)
        while fiction.front != front:
            fiction = Fiction(fiction.dice.randint(0, 2**32), articles=3, claims=3)
        messages += [moved(message, start, f"d{start}-") for message in fiction.history()]
    return sorted(messages, key=lambda message: str(message["published_at"]))


def bare(published: dict[Name, Tally]) -> dict[Name, Tally]:
    return {name: msgspec.structs.replace(tally, revision=0) for name, tally in published.items()}


def open_conflicts(reported: dict[str, ConflictReport]) -> dict[str, ConflictReport]:
    return {key: report for key, report in reported.items() if report.conflicts}


@laws
@given(seeds, zones, dice)
def test_no_order_and_no_copies_change_the_tallies(seed: int, zone: str, dice: random.Random) -> None:
    messages = history(seed)
    expected = tallies(play(messages, reconciler(zone)))
    shuffled = messages + dice.choices(messages, k=len(messages))
    dice.shuffle(shuffled)
    assert tallies(play(shuffled, reconciler(zone))) == expected


@laws
@given(seeds, dice)
def test_what_is_published_without_a_crash_is_what_is_true(seed: int, dice: random.Random) -> None:
    messages = history(seed)
    dice.shuffle(messages)
    world = World(messages, reconciler, set(), seed).run()
    assert bare(world.published) == tallies(play(messages, reconciler()))
    assert world.published == world.table


@laws
@given(seeds, st.sets(st.integers(1, 150), max_size=12), dice)
def test_no_crash_changes_what_is_published_in_the_end(seed: int, crashes: set[int], dice: random.Random) -> None:
    messages = history(seed)
    dice.shuffle(messages)
    calm = World(messages, reconciler, set(), seed).run()
    rough = World(messages, reconciler, crashes, seed).run()
    assert bare(rough.published) == bare(calm.published)
    assert bare(rough.table) == bare(calm.table)
    assert rough.records == calm.records
    for world in (calm, rough):
        settled = {key: report.conflicts for key, report in open_conflicts(world.reported).items()}
        assert settled == {key: report.conflicts for key, report in open_conflicts(world.conflicts).items()}
    assert {k: r.conflicts for k, r in open_conflicts(rough.reported).items()} == {
        k: r.conflicts for k, r in open_conflicts(calm.reported).items()
    }


@pytest.mark.parametrize("seed", range(6))
def test_a_crash_after_any_write_changes_nothing(seed: int) -> None:
    messages = history(seed)
    random.Random(seed).shuffle(messages)
    calm = World(messages, reconciler, set(), seed).run()
    for crash in range(1, min(calm.writes, 120) + 1):
        rough = World(messages, reconciler, {crash}, seed).run()
        assert bare(rough.published) == bare(calm.published), crash


@laws
@given(seeds, dice)
def test_revisions_of_a_key_rise(seed: int, dice: random.Random) -> None:
    messages = history(seed)
    dice.shuffle(messages)
    last: dict[Name, Tally] = {}
    for name, tally in World(messages, reconciler, set(), seed).run().log:
        if tally is None:
            del last[name]
            continue
        assert tally.revision == (last[name].revision + 1 if name in last else 1)
        assert name not in last or bare({name: tally}) != bare({name: last[name]})
        last[name] = tally


@laws
@given(seeds, zones, dice)
def test_every_window_that_changes_is_told(seed: int, zone: str, dice: random.Random) -> None:
    messages = history(seed)
    dice.shuffle(messages)
    book, records = reconciler(zone, final_hours=dice.choice([1, 30, 72])), dict[str, ArticleRecord]()
    known: dict[WindowKey, dict[str, Tally]] = {}
    for message in messages:
        tell(book, records, message)
        told = book.take_changed()
        assert told == sorted(set(told))
        windows = {*book.all_windows(), *known}
        now = {window: book.tallies(window) for window in windows}
        changed = {window for window in windows if now[window] != known.get(window, {})}
        assert changed <= set(told)
        known = now
    assert book.take_changed() == []


def test_nothing_is_told_of_what_is_known_already() -> None:
    messages = history(11)
    book = play(messages, reconciler())
    book.take_changed()
    for message in messages:
        for entry in (said(message),):
            for front in book.fronts():
                assert not book.put(msgspec.structs.replace(entry, front=front))
    assert book.take_changed() == []


@laws
@given(seeds, st.integers(1, 20), zones)
def test_windows_inside_the_retention_are_exact_and_older_ones_gone(seed: int, days: int, zone: str) -> None:
    everything, kept = reconciler(zone), reconciler(zone, retention_days=days)
    records, also = dict[str, ArticleRecord](), dict[str, ArticleRecord]()
    for message in season(seed):
        tell(everything, records, message)
        tell(kept, also, message)
        kept.expire()
        (front,) = kept.fronts()
        horizon, watermark = kept.horizon(front), kept.watermark(front)
        if horizon is None or watermark is None:
            continue
        assert horizon == (watermark - timedelta(days=days)).astimezone(everything._zone).date()
        inside = {name: tally for name, tally in tallies(everything).items() if tally.window.date >= horizon}
        assert {n: timeless(t) for n, t in tallies(kept).items()} == {n: timeless(t) for n, t in inside.items()}


def timeless(tally: Tally) -> Tally:
    """The tally but for its flag: what was past the retention when it was said does not move the time."""
    return msgspec.structs.replace(tally, final=False)


@laws
@given(seeds, st.integers(1, 20), st.sets(st.integers(1, 400), max_size=8))
def test_with_a_retention_no_crash_changes_what_is_published(seed: int, days: int, crashes: set[int]) -> None:
    messages = season(seed)

    def make() -> Reconciler:
        return reconciler(retention_days=days)

    calm = World(messages, make, set(), seed).run()
    rough = World(messages, make, crashes, seed).run()
    assert bare(rough.published) == bare(calm.published) == tallies(play(messages, make()))


@laws
@given(seeds, st.integers(1, 20))
def test_the_time_by_which_windows_are_kept_never_goes_back(seed: int, days: int) -> None:
    book, records, before = reconciler(retention_days=days), dict[str, ArticleRecord](), None
    for message in season(seed):
        tell(book, records, message)
        book.expire()
        (front,) = book.fronts()
        now = book.watermark(front)
        assert before is None or (now is not None and now >= before)
        before = now
        again = reconciler(retention_days=days)
        play(season(seed)[: season(seed).index(message) + 1], again)
        assert again.watermark(front) == now


@laws
@given(seeds, st.integers(1, 200))
def test_a_tally_turns_final_once_and_is_told_of_it(seed: int, hours: int) -> None:
    """Articles come in the order of publication, so the watermark only rises."""
    world = World(season(seed), lambda: reconciler(final_hours=hours), set(), seed).run()
    flags: dict[Name, list[bool]] = {}
    for name, tally in world.log:
        if tally is not None:
            flags.setdefault(name, []).append(tally.final)
    for name, seen in flags.items():
        assert seen == sorted(seen), name
        last = world.published.get(name)
        if last is not None and world.book is not None:
            watermark = world.book.watermark(last.front)
            assert watermark is not None
            assert last.final == (watermark > last.window.end + timedelta(hours=hours))


def strike(article_id: str, published: str, day: str, number: int) -> Message:
    """An article about the night to a day."""
    night = datetime.fromisoformat(f"{day}T04:00:00+00:00")
    return {
        "article_id": article_id,
        "version": 1,
        "published_at": published,
        "language": "en",
        "source": "outlet.example",
        "claims": [
            {
                "claim_id": f"{article_id}.1",
                "measure": "intercepted",
                "weapon": "drone",
                "quantity": {"low": number, "high": number, "qualifier": "exact"},
                "attacker": "UA",
                "defender": "RU",
                "regions": ["RU-BRY"],
                "scope": "total",
                "period": {
                    "start": (night - timedelta(hours=9)).isoformat(),
                    "end": night.isoformat(),
                    "basis": "explicit",
                    "precision": "hour",
                },
                "status": "current",
                "part_of": None,
                "source": "RU-MOD",
            }
        ],
    }


def figure(book: Reconciler, size: str, day: str) -> int | None:
    found = {(str(w), t.region, str(t.window.date)): t for (w, _), t in tallies(book).items()}
    tally = found.get((size, "RU-BRY", day))
    return tally.measures["intercepted"].best if tally else None


def test_a_week_that_is_kept_still_sums_days_whose_own_window_is_gone() -> None:
    book, records = reconciler(retention_days=3), dict[str, ArticleRecord]()
    for number, day in enumerate(range(1, 11), start=1):
        tell(book, records, strike(f"a{day}", f"2025-05-{day:02}T08:00:00Z", f"2025-05-{day:02}", number))
        book.expire()
    assert book.horizon("UA>RU") == date(2025, 5, 7)
    assert figure(book, "P1D", "2025-05-06") is None
    assert figure(book, "P7D", "2025-05-06") is None
    assert figure(book, "P1D", "2025-05-07") == 7
    assert figure(book, "P7D", "2025-05-07") == sum(range(1, 8))
    assert figure(book, "P7D", "2025-05-10") == sum(range(4, 11))


def test_what_was_past_the_retention_when_it_was_said_moves_no_time() -> None:
    book = play(
        [
            strike("new", "2025-05-10T08:00:00Z", "2025-05-10", 5),
            strike("old", "2025-05-12T08:00:00Z", "2025-03-01", 9),
        ],
        reconciler(retention_days=3),
    )
    assert book.watermark("UA>RU") == datetime(2025, 5, 10, 8, tzinfo=UTC)
    assert figure(book, "P1D", "2025-03-01") is None
    assert figure(book, "P1D", "2025-05-10") == 5


def test_expired_articles_are_named_once_and_their_windows_told_no_more() -> None:
    book = play([strike("old", "2025-05-01T08:00:00Z", "2025-05-01", 9)], reconciler(retention_days=3))
    assert {w.size for w in book.take_changed()} == {"P1D", "P7D"}
    play([strike("new", "2025-06-10T08:00:00Z", "2025-06-10", 5)], book)
    assert all(window.day >= date(2025, 6, 7) for window in book.take_changed())
    assert book.expire() == {"UA>RU": ["old"]}
    assert book.expire() == {}
    assert {window.day for window in book.all_windows()} == {date(2025, 6, 10), *weeks_of(date(2025, 6, 10))}


def test_windows_of_a_day_are_itself_and_the_seven_weeks_it_lies_in() -> None:
    book = play([strike("a", "2025-05-21T08:00:00Z", "2025-05-21", 5)], reconciler())
    front, day = "UA>RU", date(2025, 5, 21)
    assert book.take_changed() == [
        WindowKey(front=front, size="P1D", day=day),
        *(WindowKey(front=front, size="P7D", day=day + timedelta(days=ahead)) for ahead in range(7)),
    ]
    assert len(tallies(book)) == 2 * 8


def test_an_entry_belongs_to_one_front() -> None:
    with pytest.raises(ValueError, match="one front"):
        reconciler().put(said(strike("a", "2025-05-21T08:00:00Z", "2025-05-21", 5)))


def test_a_front_nobody_spoke_of_has_no_horizon() -> None:
    assert reconciler(retention_days=3).horizon("UA>RU") is None
    assert reconciler(retention_days=3).fronts() == ()
