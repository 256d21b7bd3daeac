"""A text that names no drone in any language is passed over at once."""

from __future__ import annotations

from functools import cache

import ahocorasick_rs

from worker.lexicon import languages, lexicon
from worker.text.normalise import IGNORABLE


@cache
def _automaton() -> ahocorasick_rs.AhoCorasick:
    words: set[str] = set()
    for language in languages():
        known = lexicon(language)
        for table, before, after in ((known.exact, " ", ""), (known.stems, " ", ""), (known.endings, "", "")):
            for form, word in table.items():
                if word.kind == "drone" and word.value != "anaphor":
                    # Short words ("uav", "бпла") are searched with the blank before them.
                    words.add(form if len(form) > 3 else before + form + after)
        for phrases in (known.phrases, known.stem_phrases):
            for rows in phrases.values():
                for phrase in rows:
                    if phrase.word.kind == "drone":
                        words.add(phrase.patterns[-1].rstrip("*"))
    return ahocorasick_rs.AhoCorasick(sorted(word for word in words if len(word) > 2))


def may_be_relevant(text: str) -> bool:
    """Tell whether a normalised text names a drone at all; linear in the length of the text."""
    return bool(_automaton().find_matches_as_indexes(f" {text.replace(IGNORABLE, '').lower()}", overlapping=False))
