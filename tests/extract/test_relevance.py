"""Articles about something else are put aside by what they speak of, in any language, and nothing else is."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.corpus import relevance, training
from worker.extract import explain, extract
from worker.extract.relevance import OF_SOMETHING_ELSE, SURE, TABLE, weights
from worker.model import Article

MAKER = Article(
    id="maker",
    language="en",
    title="Samara start-up shows interceptor drone to investors",
    body=(
        "A company from Samara has built 60 prototypes of an interceptor drone and wants to deliver 400 a month by "
        "autumn, its founder told investors. In trials the drones destroyed 17 of 20 flying targets; two engineers "
        "were slightly injured when an engine burst on the test stand.\n\n"
        "The ministry has ordered a first batch for 90 million roubles. Three competitors from Kazan offer similar "
        "machines, and one of them has lost its licence. The company is looking for 40 programmers."
    ),
)
RAID = Article(
    id="raid",
    language="en",
    title="Saratov refinery stops work after drone attack",
    body=(
        "Ukrainian drones attacked a refinery in Saratov region overnight; air defences shot down 31 of them, the "
        "governor said. Two workers were injured.\n\nOn Friday an exercise of the fire service had ended there."
    ),
)


def _article(raw: dict[str, Any]) -> Article:
    return Article(id=raw["name"], title=raw.get("title") or "", body=raw["body"], language=raw["language"])


def test_a_maker_is_put_aside_and_a_raid_with_as_many_numbers_is_not() -> None:
    assert extract(MAKER).claims == ()
    assert {(c.measure, c.quantity.low if c.quantity else None) for c in extract(RAID).claims} >= {
        ("intercepted", 31),
        ("injured", 2),
    }


def test_explain_says_why_numbers_of_such_an_article_count_nothing() -> None:
    told = explain(MAKER)
    assert told.claims == ()
    reasons = {refused.reason for sentence in told.sentences for refused in sentence.refused}
    assert OF_SOMETHING_ELSE in reasons


def test_the_table_is_sorted_and_names_no_word_of_any_language() -> None:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "clue\tattack"
    assert lines[1:] == sorted(lines[1:])
    assert all(line.isascii() for line in lines)
    assert len(weights()) == len(lines) - 1 > 500


@pytest.mark.parametrize("language", sorted({raw["language"] for raw in relevance.articles() if not raw["relevant"]}))
def test_articles_labelled_by_what_they_are_about_are_told_apart(language: str) -> None:
    raws = [raw for raw in relevance.articles() if raw["language"] == language]
    others = [raw for raw in raws if not raw["relevant"]]
    assert len(others) >= 10
    claiming = [raw["name"] for raw in others if extract(_article(raw)).relevant]
    assert len(claiming) <= 1, claiming
    silent = [raw["name"] for raw in raws if raw["relevant"] and not extract(_article(raw)).relevant]
    assert not silent


def test_what_is_learned_from_most_articles_puts_aside_others_of_which_it_never_heard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(training, "ORDERS", 1)
    groups = [group for raw in (*training.texts(), *relevance.articles()) if (group := relevance.example(raw))]
    random.Random(1).shuffle(groups)
    learner = relevance.learned(groups[: len(groups) * 3 // 4])
    left = [group[0] for group in groups[len(groups) * 3 // 4 :]]
    aside = [one for one in left if learner.chances(one)[1] < SURE]
    others = [one for one in left if not one.truth]
    assert len(others) > 100
    assert sum(not one.truth for one in aside) > len(others) * 0.6
    assert sum(one.truth for one in aside) < (len(left) - len(others)) * 0.015
