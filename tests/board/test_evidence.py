"""Behind a number stand the claims of the newest edition, their sentences, and addresses that a link may lead to."""

from __future__ import annotations

import msgspec
import pytest

from tests.board.history import claim_id, message, tallies
from worker.board.answers import grounds
from worker.board.evidence import Evidence, web_address
from worker.board.follow import Store
from worker.board.standing import Place
from worker.codec import encode
from worker.model import Article, ArticleClaims, Assertion, Conflict, ConflictReport, Edition, Span

TALLY = next(tally for tally in tallies(days=1) if "intercepted" in tally.measures)
DAY = TALLY.window.date.isoformat()
TEXT = "Nothing before. Officials said they shot down 9 drones in the night, and more later. Nothing behind."
WORDS = "shot down 9 drones"


def said(version: int = 0, words: str = WORDS, article_id: str = "a-1") -> ArticleClaims:
    start = TEXT.find(words)
    made = message(TALLY, TALLY.measures["intercepted"], words, article_id=article_id)
    claim = msgspec.structs.replace(
        made.claims[0], span=Span(field="body", start=start, end=start + len(words), text=words)
    )
    edition = Edition(version=version, at="2025-09-19T07:30:00.000000+00:00", digest="0" * 32)
    return msgspec.structs.replace(made, claims=(claim,), version=version, edition=edition)


def put(evidence: Evidence, claims: ArticleClaims) -> None:
    evidence.put_claims(claims, encode(claims))


def article(**fields: object) -> Article:
    return msgspec.structs.replace(Article(id="a-1", body=TEXT, url="https://wire.example/a-1"), **fields)


def ids() -> tuple[str, ...]:
    return (claim_id(TALLY.front, TALLY.window.date, TALLY.region), "unknown")


@pytest.mark.parametrize("article_first", [True, False])
def test_the_sentence_around_the_words_is_found_whichever_comes_first(article_first: bool) -> None:
    evidence = Evidence()
    if article_first:
        evidence.put_article(article())
    put(evidence, said())
    if not article_first:
        evidence.put_article(article())
    (ground,) = evidence.grounds(ids(), TALLY.front, DAY)
    assert ground.quote is not None
    assert ground.quote.before == "Officials said they "
    assert ground.quote.after == " in the night, and more later."
    assert ground.quote.url == "https://wire.example/a-1"


@pytest.mark.parametrize("other", [{"version": 1}, {"body": "Other words altogether."}, {"body": ""}])
def test_another_edition_lends_no_sentence(other: dict[str, object]) -> None:
    evidence = Evidence()
    put(evidence, said())
    evidence.put_article(article(**other))
    (ground,) = evidence.grounds(ids(), TALLY.front, DAY)
    assert ground.quote is not None
    assert (ground.quote.before, ground.quote.after, ground.quote.url) == ("", "", None)


def test_a_newer_edition_replaces_and_an_older_one_does_not() -> None:
    evidence = Evidence()
    put(evidence, said(version=2, words="9 drones"))
    put(evidence, said(version=1))
    (ground,) = evidence.grounds(ids(), TALLY.front, DAY)
    assert ground.claim.span is not None
    assert ground.claim.span.text == "9 drones"
    put(evidence, msgspec.structs.replace(said(version=3), claims=()))
    assert evidence.grounds(ids(), TALLY.front, DAY) == []


def test_only_so_many_messages_are_kept_the_newest() -> None:
    evidence = Evidence(messages=2)
    for number in range(4):
        made = said(article_id=f"a-{number}")
        claim = msgspec.structs.replace(made.claims[0], claim_id=f"c-{number}")
        put(evidence, msgspec.structs.replace(made, claims=(claim,)))
    found = evidence.grounds([f"c-{number}" for number in range(4)], TALLY.front, DAY)
    assert [ground.claim.claim_id for ground in found] == ["c-2", "c-3"]


def test_what_was_set_aside_says_why_until_it_is_settled() -> None:
    evidence = Evidence()
    put(evidence, said())
    aside = Assertion(
        claim_id=ids()[0],
        article_id="a-1",
        outlet="",
        claimant="media",
        measure="intercepted",
        regions=(),
        quantity=None,
        period=None,
        published_at=None,
        quote="",
    )
    report = ConflictReport(
        key=f"{TALLY.front}|{DAY}",
        front=TALLY.front,
        date=TALLY.window.date,
        conflicts=(Conflict(claim=aside, reason="contradicts", against=()),),
    )
    evidence.put_conflicts(report)
    assert [ground.set_aside for ground in evidence.grounds(ids(), TALLY.front, DAY)] == ["contradicts"]
    store = Store()
    store.evidence = evidence
    place = Place("P1D", TALLY.front, DAY)
    (shown,) = grounds(store, place, TALLY.region)["grounds"]  # although no tally names it
    assert (shown["claim_id"], shown["set_aside"]) == (ids()[0], "contradicts")
    assert grounds(store, place, "UA-99")["grounds"] == []
    evidence.put_conflicts(msgspec.structs.replace(report, conflicts=()))
    assert grounds(store, place, TALLY.region)["grounds"] == []
    assert [ground.set_aside for ground in evidence.grounds(ids(), TALLY.front, DAY)] == [None]


@pytest.mark.parametrize("text", ["https://wire.example/a?b=1#c", "http://1.2.3.4:8080/"])
def test_addresses_of_the_web_are_links(text: str) -> None:
    assert web_address(text) == text


@pytest.mark.parametrize(
    "text",
    [
        None, "", "a-1", "javascript:alert(1)", "JAVASCRIPT:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
        "data:text/html,<script>1</script>", "vbscript:x", "file:///etc/passwd", "//wire.example/", "https:", "https://",
        "https://user@wire.example/", "https://user:word@wire.example/", "https://wire.example/\u202egnp",
        "http://a b/", "https://wire.example:99999/", "https://[::1/", "https://wire.example/\\..",
        "https://w.example/" + "x" * 3000, "ftp://wire.example/", "blob:https://wire.example/1",
    ],
)  # fmt: skip
def test_nothing_else_is(text: str | None) -> None:
    assert web_address(text) is None
