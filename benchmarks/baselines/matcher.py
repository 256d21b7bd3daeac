"""Baseline 2: spaCy's blank pipeline of each language, its sentencizer and its rule-based Matcher."""

from __future__ import annotations

from functools import cache
from typing import Any

import spacy
from spacy.matcher import Matcher

from benchmarks.baselines.assembling import Found, number_of, statements
from benchmarks.baselines.vocabulary import Vocabulary, regions, vocabulary
from worker.extract.evaluation.evaluate import Statement
from worker.model import Article


@cache
def _pipeline(language: str) -> tuple[Any, Any, Vocabulary] | None:
    words = vocabulary(language)
    if words is None:
        return None
    nlp = spacy.blank(language)
    nlp.add_pipe("sentencizer")
    matcher = Matcher(nlp.vocab)
    number = [{"LOWER": {"REGEX": r"^\d{1,3}([.,]\d{3})*$|^\d+$"}}, {"LOWER": {"IN": list(words.numbers)}}]
    between = {"IS_ALPHA": True, "OP": "{0,4}"}
    for noun, stems in (("drone", words.drone), ("people", words.people)):
        head = {"LOWER": {"REGEX": f"^({stems})"}}
        matcher.add(noun, [[one, between, head] for one in number], greedy="FIRST")
    for name, stems in words.measures.items():
        matcher.add(name, [[{"LOWER": {"REGEX": f"^({stems.strip()})"}}]])
    for name, stems in (("past", words.past), ("RU", words.russian), ("UA", words.ukrainian)):
        matcher.add(name, [[{"LOWER": {"REGEX": f"^({stems})"}}]])
    return nlp, matcher, words


def extract(article: Article) -> list[Statement]:
    """Return the statements of an article whose language is given."""
    language = article.language or ""
    pipeline = _pipeline(language)
    if pipeline is None:
        return []
    nlp, matcher, words = pipeline
    known = regions(language)
    result: list[Statement] = []
    for text in (article.title, article.body):
        for sentence in nlp(text).sents:
            found: list[Found] = []
            taken: set[int] = set()
            for key, first, _ in matcher(sentence):
                name, token = nlp.vocab.strings[key], sentence[first]
                if name in ("drone", "people"):
                    number = number_of(token.text, words.numbers)
                    if number is not None and first not in taken:
                        taken.add(first)
                        found.append(Found("number", name, token.idx, number=number))
                else:
                    kind = "past" if name == "past" else "side" if name in ("RU", "UA") else "measure"
                    found.append(Found(kind, name, token.idx))
            if not any(one.kind == "number" for one in found):
                continue
            for token in sentence:
                codes = known.get(token.lower_) if token.text[:1].isupper() else None
                if codes:
                    found.append(Found("place", "", token.idx, codes=codes))
            found.sort(key=lambda one: one.at)
            result += statements(found, sentence.text)
    return result
