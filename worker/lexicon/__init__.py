"""The words of each language: one folder per language, all declarative, checked when read."""

from worker.lexicon.loader import LexiconError, languages, lexicon, load
from worker.lexicon.model import KINDS, Entry, Grammar, Lexicon, Phrase, Place, Word
from worker.lexicon.numbers import compose

__all__ = [
    "KINDS",
    "Entry",
    "Grammar",
    "Lexicon",
    "LexiconError",
    "Phrase",
    "Place",
    "Word",
    "compose",
    "languages",
    "lexicon",
    "load",
]
