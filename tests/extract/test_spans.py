"""Every claim points to its words, in any text whatever."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.extract.texts import WEDNESDAY
from worker.extract import explain, extract
from worker.model import Article

PIECES = (
    "In der Nacht wurden 12 ukrainische Drohnen abgeschossen.",
    "Russia launched 97 drones overnight, with 70 downed.",
    "Над Курской областью уничтожены 41 БпЛА, 5 подавлены силами РЭБ.",
    "Збито 29 з 38 шахедів, загинула жінка.",
    "Two people were killed and three injured in Kharkiv.",
    "davon 89 über der Krim",
    "1 000",
    "(4 БпЛА)",
    "–",
    "\n\n",
    "\u00ad",
    "&nbsp;",
    "<p>",
    "of which",
    "\u202e",
    "»",
)
SENTENCES = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.one_of(SENTENCES, st.text(), st.builds(str.__add__, SENTENCES, st.text())), SENTENCES)
def test_spans_are_exact_and_hold_the_number(body: str, title: str) -> None:
    article = Article(id="a", title=title, body=body, published_at=WEDNESDAY)
    found = extract(article)
    assert extract(article) == found
    identities = [claim.claim_id for claim in found.claims]
    assert len(set(identities)) == len(identities)
    for claim in found.claims:
        assert claim.span is not None
        text = article.title if claim.span.field == "title" else article.body
        assert text[claim.span.start : claim.span.end] == claim.span.text != ""
        assert claim.part_of is None or claim.part_of in identities


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
@given(SENTENCES)
def test_explaining_tells_the_same_claims(body: str) -> None:
    article = Article(id="a", body=body, published_at=WEDNESDAY)
    assert tuple(reasons.claim for reasons in explain(article).claims) == extract(article).claims


SENTENCE = (
    "In der Nacht zum Mittwoch hat die russische Luftabwehr über der Region Kursk 41 ukrainische Drohnen abgeschossen."
)


@given(st.sets(st.integers(0, 14)), st.sampled_from(("\u00a0", "\u2009", "\u202f")), st.integers(6, 14))
def test_blanks_and_a_broken_line_change_nothing(where: set[int], blank: str, broken_at: int) -> None:
    words = SENTENCE.split(" ")
    body = words[0]
    for position, word in enumerate(words[1:]):
        body += ("\n" if position == broken_at else blank if position in where else " ") + word
    (plain,) = extract(Article(id="a", body=SENTENCE, published_at=WEDNESDAY, language="de")).claims
    (broken,) = extract(Article(id="a", body=body, published_at=WEDNESDAY, language="de")).claims
    assert (broken.quantity, broken.regions, broken.period, broken.measure) == (
        plain.quantity,
        plain.regions,
        plain.period,
        plain.measure,
    )


@given(st.integers(0, len(SENTENCE)), st.sampled_from(("\u00ad", "\u200b", "\u2060", "\ufeff")))
def test_invisible_characters_change_nothing(where: int, sign: str) -> None:
    body = SENTENCE[:where] + sign + SENTENCE[where:]
    (claim,) = extract(Article(id="a", body=body, published_at=WEDNESDAY, language="de")).claims
    assert (claim.measure, claim.regions) == ("intercepted", ("RU-KRS",))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(SENTENCES, st.lists(st.one_of(SENTENCES, st.text()), max_size=3))
def test_what_was_read_before_changes_nothing(body: str, others: list[str]) -> None:
    article = Article(id="a", body=body, published_at=WEDNESDAY)
    first = extract(article)
    for other in others:
        extract(Article(id="b", body=other, published_at=WEDNESDAY))
    assert extract(article) == first
