"""What is published: all that is true, at once, and nothing that was said already."""

from __future__ import annotations

import os
import random
from itertools import pairwise

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.acceptance.histories import Message
from tests.ledger.histories import history
from tests.pipeline.streams import Name, World, reconciler, tallies
from worker.model import ArticleClaims, Tally

EXAMPLES = int(os.environ.get("DRONETALLY_TEST_STREAMS", "100"))
streams = settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
seeds = st.integers(0, 2**32)
crashes = st.sets(st.integers(1, 400), max_size=10)


def shuffled(seed: int) -> list[Message]:
    messages = history(seed)
    random.Random(seed).shuffle(messages)
    return messages


def truth(claims: list[ArticleClaims]) -> dict[Name, Tally]:
    """What the tally command computes from what the articles say."""
    book = reconciler()
    for entry in claims:
        book.put(entry)
    return tallies(book)


def bare(tally: Tally | None) -> Tally | None:
    return tally and msgspec.structs.replace(tally, revision=0)


def follow(log: list[tuple[Name, Tally | None]]) -> dict[Name, Tally | None]:
    """What a consumer holds that keeps the last message of each key."""
    held = {name: bare(tally) for name, tally in log}
    return {name: tally for name, tally in held.items() if tally is not None}


@streams
@given(seeds, crashes, st.sampled_from([0.0, 0.3]))
def test_after_every_batch_a_consumer_holds_what_all_articles_so_far_come_to(
    seed: int, ends: set[int], restarts: float
) -> None:
    """Whenever it joins: the topic keeps the last message of each key.

    After a crash the batch may come again in parts; until all of them are done, some keys are ahead of the others.
    """
    world = World(shuffled(seed), reconciler, ends, seed).run(restarts)
    for read, said in world.batches:
        assert follow(world.log[:said]) == truth(world.claims[:read]), read


@streams
@given(seeds, st.sampled_from([0.0, 0.3, 1.0]))
def test_a_tally_is_published_when_it_changes_and_only_then(seed: int, restarts: float) -> None:
    """Whichever workers come and go between batches, after a batch is finished nothing is said twice."""
    world = World(shuffled(seed), reconciler, set(), seed).run(restarts)
    held: dict[Name, Tally | None] = {}
    for (_, start), (_, end) in pairwise([(0, 0), *world.batches]):
        names = [name for name, _ in world.log[start:end]]
        assert len(names) == len(set(names)), "twice in a batch"
        for name, tally in world.log[start:end]:
            assert bare(tally) != held.get(name), name
            held[name] = bare(tally)
    reported: dict[str, object] = {}
    for report in world.reports:
        assert report.conflicts != reported.get(report.key, ()), report.key
        reported[report.key] = report.conflicts


@streams
@given(seeds, crashes)
def test_after_a_crash_only_what_its_batch_may_have_left_unsaid_is_said_again(seed: int, ends: set[int]) -> None:
    world = World(shuffled(seed), reconciler, ends, seed).run(0.2)
    held: dict[Name, Tally | None] = {}
    again = 0
    for name, tally in world.log:
        again += bare(tally) == held.get(name)
        held[name] = bare(tally)
    assert again == 0 or world.crashed


@streams
@given(seeds)
def test_copies_of_an_article_publish_nothing(seed: int) -> None:
    """A message that is repeated, whole, writes no claims again and changes no counter."""
    messages = shuffled(seed)
    once = World(messages, reconciler, set(), seed).run()
    twice = World(messages, reconciler, set(), seed).run()
    before = (len(twice.log), len(twice.reports), len(twice.claims))
    twice.messages = messages * 2
    twice.run(0.5)
    assert (len(twice.log), len(twice.reports), len(twice.claims)) == before
    assert twice.published == once.published


COUNTERS = {"articles", "outlets", "revision"}


@streams
@given(seeds, st.integers(1, 12))
def test_reprints_publish_their_counters_once_a_batch(seed: int, reprints: int) -> None:
    """No figure, no claim behind it and no conflict is another, and nothing but the counters is said."""
    world = World(shuffled(seed), reconciler, set(), seed).run()
    live = [entry for entry in world.ledger.values() if entry.claims]
    if not live:
        return
    # Where a contradiction was decided by the number of outlets, one more is information.
    quiet = not any(report.conflicts for report in world.reported.values())
    dice, held = random.Random(seed), dict(world.published)
    start, reports = len(world.log), len(world.reports)
    for number in range(reprints):
        entry = dice.choice(live)
        outlet = f"another{number}.example" if quiet else entry.source
        world.claims.append(msgspec.structs.replace(entry, article_id=f"zz{number}", source=outlet))
    world.reconcile(reprints)
    names = [name for name, _ in world.log[start:]]
    assert len(names) == len(set(names)), "reprints of one batch are told together"
    for name, tally in world.log[start:]:
        before = held[name]
        assert tally is not None
        changed = {field for field in tally.__struct_fields__ if getattr(tally, field) != getattr(before, field)}
        assert changed <= COUNTERS, (name, changed)
        assert tally.articles > before.articles
    assert len(world.reports) == reports
