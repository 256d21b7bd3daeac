"""A text that names no drone in any language is passed over at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain

import ahocorasick_rs

from worker.lexicon import Word, languages, lexicon
from worker.text.normalise import IGNORABLE, compose

# Stress marks, and the marks of letters that are written apart from them.
_MARKS = ("\u0301", "\u0306", "\u0308")
_SHORT = 3
_BEFORE = (" ", "(", '"')


@cache
def _gate() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[tuple[str, ...], ...], ...]]:
    """Return what finds words, and for each of them the rests of the phrases it begins; one must be in the text."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for form, rest in _names():
        # Short words ("uav", "бла") are searched with what may stand before a word.
        for word in (form,) if len(form) > _SHORT else [before + form for before in _BEFORE]:
            found.setdefault(word, set()).add(rest)
    words = sorted(found)
    automaton = ahocorasick_rs.AhoCorasick(words, implementation=ahocorasick_rs.Implementation.DFA)
    return automaton, tuple(tuple(sorted(found[word])) for word in words)


def _names() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every word that names a drone, and the first word of every phrase that does, with the rest of it."""
    for language in languages():
        known = lexicon(language)
        for table in (known.exact, known.stems, known.endings):
            for form, word in table.items():
                if _names_drone(word) and len(form) > 1:
                    yield form, ()
        for form, word in known.marked.items():
            if _names_drone(word):
                yield form.split()[0].rstrip("*"), ()
        for phrase in chain.from_iterable((*known.phrases.values(), *known.stem_phrases.values())):
            parts = [pattern.rstrip("*") for pattern in phrase.patterns]
            if phrase.word.kind == "drone" and not any(_names_drone(known.entry(part).word) for part in parts):
                yield parts[0], tuple(parts[1:])


# How the hyphen of a word cut at the end of a line is left by `normalise`.
_CUT = IGNORABLE + "-"


def _names_drone(word: Word | None) -> bool:
    return word is not None and word.kind == "drone" and word.value not in ("anaphor", "target")


def may_be_relevant(text: str) -> bool:
    """Tell whether a normalised text names a drone at all; linear in the length of the text."""
    if not text.isascii():
        if _CUT in text:
            text = f"{text} {text.replace(_CUT, '')}"  # a word that a page cut may be the only one that tells
        decomposed = any(mark in text for mark in _MARKS)
        text = compose(text) if decomposed else text.replace(IGNORABLE, "")
    plain = f" {text.lower()}".replace("\n", " ")
    automaton, rests = _gate()
    hits = {hit[0] for hit in automaton.find_matches_as_indexes(plain, overlapping=True)}
    return any(all(part in plain for part in rest) for hit in hits for rest in rests[hit])
