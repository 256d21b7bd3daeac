"""The language of a text: by letters only one language has, and by its most frequent words."""

from __future__ import annotations

import re
from functools import cache

from worker.lexicon import languages, lexicon

UNKNOWN = "und"
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_LETTERS = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile("[\u0400-\u052f]+")
SAMPLE = 4_000  # characters that are enough to tell
_SCRIPT_SAMPLE = 300  # characters that are enough to see the script a hint is held against
_LEAST_SHARE = 0.06  # of stop words and own letters together: below it the text is in another language


# Language, stop words, letters of its own, whether it is written in Cyrillic.
_Table = tuple[str, frozenset[str], frozenset[str], bool]


@cache
def _tables() -> tuple[_Table, ...]:
    found = []
    for language in languages():
        grammar = lexicon(language).grammar
        cyrillic = any("\u0400" <= word[0] <= "\u052f" for word in grammar.stopwords)
        found.append((language, grammar.stopwords, grammar.letters, cyrillic))
    return tuple(found)


def _of_script(text: str) -> list[_Table]:
    """Return the languages written as most of the words are; none where there are no words."""
    cyrillic, words = len(_CYRILLIC.findall(text)), len(_LETTERS.findall(text))
    return [table for table in _tables() if words and table[3] == (cyrillic * 2 > words)]


def detect(text: str, hint: str | None = None) -> str:
    """Return a supported language, or "und"; a supported hint is believed unless the script contradicts it."""
    short = (hint or "").split("-")[0].split("_")[0].lower()
    if short in languages():
        if any(language == short for language, *_ in _of_script(text[:_SCRIPT_SAMPLE])):
            return short
    elif len(short) in (2, 3) and short.isalpha():
        return UNKNOWN
    sample = text[:SAMPLE].lower()
    words = _WORD.findall(sample)
    if not words:
        return UNKNOWN
    letters = sum(map(len, words))
    scores: dict[str, float] = {}
    for language, stopwords, own, _ in _of_script(sample):
        share = sum(map(stopwords.__contains__, words)) / len(words)
        scores[language] = share + 2 * sum(map(sample.count, own)) / letters
    best = max(scores, key=lambda language: scores[language], default=UNKNOWN)
    return best if scores.get(best, 0) >= _LEAST_SHARE else UNKNOWN
