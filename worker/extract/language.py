"""The language of a text: by its most frequent words and own letters, less those of other languages.

Related languages share many small words, so each grammar also names words and letters that its language never has:
a text in a language without a folder is told by them, and is of no language instead of the nearest one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from worker.lexicon import languages, lexicon
from worker.text.normalise import compose

UNKNOWN = "und"
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_QUOTED = re.compile(r"[«“„\"][^«»“”„\"]*[»”“\"]")
_LETTERS = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile("[\u0400-\u052f]+")
_OTHER = re.compile(r"[^\W\d_\u0400-\u052f]")
SAMPLE = 4_000  # characters that are enough to tell
_SCRIPT_SAMPLE = 300  # characters that are enough to hold a hint against
_HEADLINE = 12  # words of a text that may well have no stop words
_LEAST_SHARE = 0.06  # of stop words and own letters together: below it the text is in another language


# Language, stop words, letters of its own, words and letters it never has, whether it is written in Cyrillic.
_Table = tuple[str, frozenset[str], frozenset[str], frozenset[str], frozenset[str], bool]
_LEAST_KNOWN = 0.2  # of the words of a text that has none of the most frequent ones
_STRANGE_SHARE = 5  # one in so many words may well be a footer's
_AGAINST = 2  # a word of another language says more than one that several languages have


@cache
def _tables() -> tuple[_Table, ...]:
    found = []
    for language in languages():
        grammar = lexicon(language).grammar
        cyrillic = any("\u0400" <= word[0] <= "\u052f" for word in grammar.stopwords)
        others = (grammar.foreign_words, grammar.foreign_letters)
        found.append((language, grammar.stopwords, grammar.letters, *others, cyrillic))
    return tuple(found)


def _of_script(text: str) -> list[_Table]:
    """Return the languages written as most of the words are; none where there are no words."""
    mostly: bool | None
    if _CYRILLIC.search(text) is None:
        mostly = False if _LETTERS.search(text) else None
    elif _OTHER.search(text) is None:
        mostly = True
    else:
        mostly = len(_CYRILLIC.findall(text)) * 2 > len(_LETTERS.findall(text))
    return [table for table in _tables() if table[-1] is mostly]


def detect(text: str, hint: str | None = None, *, doubting: bool = True) -> str:
    """Return a supported language, or "und".

    A supported hint is believed unless the script contradicts it, or, `doubting`, what its language never has.
    """
    short = (hint or "").split("-")[0].split("_")[0].lower()
    if short in languages():
        opening = text[:_SCRIPT_SAMPLE]
        hinted = next((table for table in _of_script(opening) if table[0] == short), None)
        if hinted is not None and not (doubting and _contradicts(opening, hinted)):
            return short
    elif len(short) in (2, 3) and short.isalpha():
        return UNKNOWN
    sample = compose(text[:SAMPLE]).lower()
    words = _WORD.findall(sample)
    if not words:
        return UNKNOWN
    letters = sum(map(len, words))
    scores: dict[str, float] = {}
    possible: list[str] = []
    for language, stopwords, own, foreign, strange, _ in _of_script(sample):
        strangers, marks = sum(map(foreign.__contains__, words)), sum(map(sample.count, strange))
        common = sum(map(stopwords.__contains__, words))
        share = common - _AGAINST * strangers
        letter = sum(map(sample.count, own)) - 2 * _AGAINST * marks
        if letter > 0 and not common and sum(_knows(language, word) for word in words) < _LEAST_KNOWN * len(words):
            letter = 0  # letters alone tell nothing: "ä" is as common in Finnish as in German
        scores[language] = share / len(words) + 2 * letter / letters
        if not (strangers or marks):
            possible.append(language)
    best = max(scores, key=lambda language: scores[language], default=UNKNOWN)
    if len(words) <= _HEADLINE:
        told = _by_dictionary(words, possible)
        if told != UNKNOWN or best not in possible:
            return told
    return best if scores.get(best, 0) >= _LEAST_SHARE else UNKNOWN


def _contradicts(opening: str, table: _Table) -> bool:
    """Tell whether the opening of a text has more words that a language never has than frequent words of it.

    Names and quotations may be in any language: letters of capitalised words and what is quoted say nothing.
    """
    _, stopwords, _, foreign, strange, _ = table
    seen = _QUOTED.sub(" ", compose(opening))
    written = _WORD.findall(seen)
    marks = [mark for mark in strange if mark in seen]
    words = [word.lower() for word in written]
    strangers = [
        word
        for word, lower in zip(written, words, strict=True)
        if lower in foreign or (marks and not word[0].isupper() and any(mark in word for mark in marks))
    ]
    if len(strangers) * _STRANGE_SHARE <= len(words):
        return False
    common = sum(map(stopwords.__contains__, words))
    return common < _AGAINST * len(strangers) and (len(strangers) > 1 or not common)


def _by_dictionary(words: list[str], candidates: Sequence[str]) -> str:
    """Tell the language of a headline, which has few stop words, by the one dictionary that knows most of it."""
    known = {
        language: sum(
            lexicon(language).entry(word).word is not None or word in lexicon(language).grammar.stopwords
            for word in words
        )
        for language in candidates
    }
    ranked = sorted(known, key=lambda language: known[language], reverse=True)
    if not ranked or known[ranked[0]] < 2 or known[ranked[0]] * 2 < len(words):
        return UNKNOWN
    return UNKNOWN if len(ranked) > 1 and known[ranked[1]] == known[ranked[0]] else ranked[0]


def _knows(language: str, word: str) -> bool:
    words = lexicon(language)
    return word in words.grammar.stopwords or words.entry(word).word is not None
