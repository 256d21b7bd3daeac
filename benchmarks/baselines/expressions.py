"""Baseline 1: regular expressions per language over sentences split at full stops."""

from __future__ import annotations

import re
from functools import cache

from benchmarks.baselines.assembling import Found, number_of, statements
from benchmarks.baselines.vocabulary import regions, vocabulary
from worker.extract.evaluation.evaluate import Statement
from worker.model import Article

_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\d)[^.!?\n]*)*")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
# Words between a number and its noun.
_BETWEEN = r"(?:\s+[^\W\d_][\w'’-]*){0,4}?\s+"


@cache
def _expression(language: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    words = vocabulary(language)
    if words is None:
        return None
    number = r"\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+|\d+|" + "|".join(map(re.escape, words.numbers))
    counts = rf"\b(?P<number>{number})\b{_BETWEEN}(?:(?P<drone>(?:{words.drone})\w*)|(?P<people>(?:{words.people})\w*))"
    cues = "|".join(rf"(?P<{name}>\b(?:{stems}))" for name, stems in words.measures.items())
    others = rf"(?P<past>\b(?:{words.past}))|(?P<RU>\b(?:{words.russian}))|(?P<UA>\b(?:{words.ukrainian}))"
    return re.compile(counts, re.IGNORECASE), re.compile(f"{cues}|{others}", re.IGNORECASE)


def extract(article: Article) -> list[Statement]:
    """Return the statements of an article whose language is given."""
    language = article.language or ""
    expressions, words = _expression(language), vocabulary(language)
    if expressions is None or words is None:
        return []
    counts, cues = expressions
    known = regions(language)
    result: list[Statement] = []
    for text in (article.title, article.body):
        for match in _SENTENCE.finditer(text):
            sentence = match.group()
            found: list[Found] = []
            for count in counts.finditer(sentence):
                number = number_of(count["number"], words.numbers)
                if number is not None:
                    kind = "drone" if count["drone"] else "people"
                    found.append(Found("number", kind, count.start(), number=number))
            if not found:
                continue
            for cue in cues.finditer(sentence):
                name = cue.lastgroup or ""
                kind = "past" if name == "past" else "side" if name in ("RU", "UA") else "measure"
                found.append(Found(kind, name, cue.start()))
            for word in _WORD.finditer(sentence):
                codes = known.get(word.group().lower()) if word.group()[0].isupper() else None
                if codes:
                    found.append(Found("place", "", word.start(), codes=codes))
            result += statements(found, sentence)
    return result
