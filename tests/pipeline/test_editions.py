"""Which edition of an article counts, and what each front is told of it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.model import FOR_GOOD, ArticleClaims, Claim, Edition
from worker.pipeline.editions import ArticleRecord, compare, remember, split_by_front, withdrawn

FRONTS = ("UA>RU", "RU>UA", "RU>PL")

editions = st.builds(
    Edition,
    version=st.sampled_from([0, 1, 2, FOR_GOOD]),
    withdrawn=st.booleans(),
    at=st.sampled_from(["", "2025-05-21T07:30:00.000000+00:00", "2025-05-21T07:30:00.000001+00:00"]),
    digest=st.sampled_from(["", "a", "b"]),
)


def claim(front: str, number: int) -> Claim:
    attacker, defender = front.split(">")
    return Claim(
        claim_id=f"{front}.{number}",
        measure="attack",
        weapon="drone",
        quantity=None,
        attacker=attacker,
        defender=defender,
        regions=(),
        scope="total",
        period=None,
        status="current",
        part_of=None,
        source="media",
    )


def article(edition: Edition | None, fronts: list[str]) -> ArticleClaims:
    claims = tuple(claim(front, number) for number, front in enumerate(fronts))
    return ArticleClaims(article_id="a", relevant=bool(claims), claims=claims, edition=edition)


articles = st.builds(article, editions, st.lists(st.sampled_from(FRONTS), max_size=4))


@given(editions, editions)
def test_exactly_one_of_two_editions_is_the_newer_one(one: Edition, two: Edition) -> None:
    there, back = compare(ArticleRecord(edition=one), two), compare(ArticleRecord(edition=two), one)
    assert {"newer": "older", "older": "newer", "equal": "equal"}[there] == back
    assert (there == "equal") == (one == two)


@given(editions)
def test_the_first_edition_is_newer_than_nothing(edition: Edition) -> None:
    assert compare(None, edition) == "newer"


@given(st.lists(articles, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_what_is_remembered_is_the_newest_edition_in_any_order(
    history: list[ArticleClaims], dice: random.Random
) -> None:
    messages = history + dice.choices(history, k=len(history))
    dice.shuffle(messages)
    record: ArticleRecord | None = None
    for message in messages:
        assert message.edition is not None
        if compare(record, message.edition) == "newer":
            before = record.fronts if record else ()
            record = remember(record, message)
            assert set(before) | {c.front for c in message.claims} == set(record.fronts)
    assert record is not None
    assert record.edition == max(message.edition for message in history if message.edition)


@given(articles, st.sets(st.sampled_from(FRONTS)))
def test_every_front_ever_spoken_of_is_told_and_no_claim_is_lost(claims: ArticleClaims, earlier: set[str]) -> None:
    record = remember(ArticleRecord(edition=Edition(version=-1), fronts=tuple(earlier)), claims)
    told = split_by_front(claims, record.fronts)
    assert [entry.front for entry in told] == sorted(earlier | {c.front for c in claims.claims})
    assert sorted(c.claim_id for entry in told for c in entry.claims) == sorted(c.claim_id for c in claims.claims)
    for entry in told:
        assert all(c.front == entry.front for c in entry.claims)
        assert entry.relevant == bool(entry.claims)
        assert (entry.edition, entry.article_id) == (claims.edition, "a")


def test_the_claims_of_a_front_keep_their_order() -> None:
    claims = article(Edition(version=1), ["UA>RU", "RU>UA", "UA>RU"])
    there, back = split_by_front(claims, ("UA>RU", "RU>UA"))
    assert [c.claim_id for c in there.claims] == ["UA>RU.0", "UA>RU.2"]
    assert [c.claim_id for c in back.claims] == ["RU>UA.1"]


def test_a_withdrawal_says_nothing_and_reaches_every_front_once_spoken_of() -> None:
    record = remember(None, article(Edition(version=1), ["UA>RU", "RU>UA"]))
    gone = withdrawn("a", Edition(version=FOR_GOOD, withdrawn=True))
    record = remember(record, gone)
    assert {entry.front: entry.claims for entry in split_by_front(gone, record.fronts)} == {"RU>UA": (), "UA>RU": ()}
    assert (gone.version, gone.relevant) == (FOR_GOOD, False)


def test_a_withdrawal_before_its_article_is_remembered() -> None:
    record = remember(None, withdrawn("a", Edition(version=FOR_GOOD, withdrawn=True)))
    assert record.fronts == ()
    assert compare(record, Edition(version=2**31, at="9998-12-31T23:59:59.999999+00:00", digest="f" * 32)) == "older"


def test_a_withdrawal_of_a_version_leaves_the_next_one() -> None:
    record = remember(None, withdrawn("a", Edition(version=2, withdrawn=True)))
    assert compare(record, Edition(version=2, at="9998", digest="f")) == "older"
    assert compare(record, Edition(version=3)) == "newer"


def test_claims_without_an_edition_can_not_be_ordered() -> None:
    with pytest.raises(ValueError, match="edition"):
        remember(None, article(None, []))
