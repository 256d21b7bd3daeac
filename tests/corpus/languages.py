"""What the tests know of each language: it stands in the language's own folder, so that a new one needs no code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from worker.extract.evaluation.evaluate import Level
from worker.lexicon import languages

LEXICON = Path(__file__).parents[2] / "worker" / "lexicon"
LANGUAGES = languages()


@dataclass(frozen=True, slots=True)
class Known:
    """`corpus.toml` of one folder: see its comments."""

    floor: dict[Level, float]
    sentence: str
    derived: str
    none: tuple[str, ...]
    words: dict[int, tuple[str, ...]]


@cache
def known(language: str) -> Known:
    """Read `corpus.toml` of a language; an unknown or missing key is an error."""
    table = tomllib.loads((LEXICON / language / "corpus.toml").read_text(encoding="utf-8"))
    words = {int(number): tuple(forms) for number, forms in table.pop("words").items()}
    return Known(**{**table, "none": tuple(table["none"]), "words": words})
