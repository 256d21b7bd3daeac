"""The language of a text: by letters only one language has, and by its most frequent words."""

from __future__ import annotations

import re
from functools import cache

from worker.lexicon import languages, lexicon

UNKNOWN = "und"
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SAMPLE = 4_000  # characters that are enough to tell
_LEAST_SHARE = 0.06  # of stop words and own letters together: below it the text is in another language


@cache
def _tables() -> tuple[tuple[str, frozenset[str], frozenset[str], bool], ...]:
    found = []
    for language in languages():
        grammar = lexicon(language).grammar
        cyrillic = any("\u0400" <= word[0] <= "\u052f" for word in grammar.stopwords)
        found.append((language, grammar.stopwords, grammar.letters, cyrillic))
    return tuple(found)


def detect(text: str, hint: str | None = None) -> str:
    """Return a supported language, or "und"; a supported hint is believed unless the script contradicts it."""
    sample = text[:_SAMPLE].lower()
    words = _WORD.findall(sample)
    if not words:
        return UNKNOWN
    letters = sum(len(word) for word in words)
    cyrillic = sum("\u0400" <= word[0] <= "\u052f" for word in words) * 2 > len(words)
    scores: dict[str, float] = {}
    for language, stopwords, own, is_cyrillic in _tables():
        if is_cyrillic != cyrillic:
            continue
        share = sum(word in stopwords for word in words) / len(words)
        scores[language] = share + 2 * sum(map(sample.count, own)) / letters
    short = (hint or "").split("-")[0].split("_")[0].lower()
    if short in scores:
        return short
    if short and len(short) in (2, 3) and short.isalpha() and short not in languages():
        return UNKNOWN
    best = max(scores, key=lambda language: scores[language], default=UNKNOWN)
    return best if scores.get(best, 0) >= _LEAST_SHARE else UNKNOWN
