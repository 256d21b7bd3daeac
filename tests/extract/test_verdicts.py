"""The second look at numbers: what was learned is used where it is sure, can be seen, and knows no language."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.corpus import training
from worker.extract import explain, extract
from worker.extract.numbers.verdicts import NOTHING, TABLE, UNDECIDED, VERDICTS, weights
from worker.model import Article


def test_the_table_has_the_verdicts_of_the_code_and_no_word_of_any_language() -> None:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    assert lines[0].split("\t") == ["clue", *VERDICTS]
    assert len(lines) > 1000
    assert all(line.isascii() for line in lines)
    assert {line.split("\t")[0].removeprefix("refused:") for line in lines if line.startswith("refused:")} <= UNDECIDED
    assert lines[1:] == sorted(lines[1:])
    assert len(weights()) == len(lines) - 1


@pytest.fixture
def one_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Learn in one order only: the mean of several is a little better and takes so many times as long."""
    monkeypatch.setattr(training, "ORDERS", 1)


@pytest.mark.usefixtures("one_order")
def test_what_is_learned_from_most_texts_reads_the_others_better_than_rules_alone() -> None:
    groups = [training.examples(raw) for raw in training.texts()]
    random.Random(1).shuffle(groups)
    learner = training.Learner()
    learner.learn([example for group in groups[: len(groups) * 3 // 4] for example in group])
    left = [example for group in groups[len(groups) * 3 // 4 :] for example in group]
    assert len(left) > 400
    alone = sum(example.rule == VERDICTS[example.truth] for example in left)
    together = sum(training.followed(example, learner.chances(example)) == VERDICTS[example.truth] for example in left)
    assert together > alone * 1.01  # the more the rules know, the less is left to learn


def test_the_same_corpora_give_the_same_table() -> None:
    seen = [example for raw in training.texts()[::20] for example in training.examples(raw)]
    first, second = training.Learner(), training.Learner()
    first.learn(seen)
    second.learn(seen)
    assert first.weights == second.weights


def test_a_count_settled_by_its_surroundings_says_so() -> None:
    told = [
        reasons.decided_by["measure"]
        for raw in training.texts()
        for reasons in explain(_article(raw)).claims
        if "measure" in reasons.decided_by
    ]
    assert told
    assert all(" by rule, " in text and text.endswith(" by its surroundings") for text in told)


def test_no_claim_is_left_of_a_number_that_counts_nothing() -> None:
    for raw in training.texts()[::5]:
        assert NOTHING not in {claim.measure for claim in extract(_article(raw)).claims}


def _article(raw: dict[str, Any]) -> Article:
    return Article(id=raw["name"], title=raw.get("title") or "", body=raw["body"], language=raw["language"])
