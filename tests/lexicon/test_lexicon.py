from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from worker.lexicon import LexiconError, compose, languages, lexicon, load
from worker.lexicon.loader import entries

FOLDERS = Path(__file__).parents[2] / "worker" / "lexicon"


@pytest.mark.parametrize("language", languages())
def test_every_language_names_the_things_that_are_counted(language: str) -> None:
    kinds = {(kind, value) for _, kind, value, _ in entries(FOLDERS / language)}
    for measure in ("launched", "intercepted", "suppressed", "neutralised", "hit", "killed", "injured"):
        assert ("measure", measure) in kinds
    assert {("weekday", str(day)) for day in range(7)} <= kinds
    assert {("month", str(month)) for month in range(1, 13)} <= kinds


@pytest.mark.parametrize("language", languages())
def test_a_language_brings_a_corpus_and_places(language: str) -> None:
    assert (FOLDERS / language / "corpus.jsonl").stat().st_size
    assert lexicon(language).places


def test_loading_every_language_is_quick() -> None:
    started = time.process_time()
    for language in languages():
        load(FOLDERS / language)
    assert time.process_time() - started < 2


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDERS / "en", tmp_path / "en"))


@pytest.mark.parametrize(
    ("addition", "complaint"),
    [
        ("\n[dronne]\nplain = ['x']\n", "unknown kind"),
        ("\n[jamming2]\nplain = []\n", "unknown kind"),
        ("\n[defence.more]\nplain = []\n", "knows no"),
        ("\n[claimant]\n'local:RU-XYZ' = ['nobody']\n", "knows no"),
        ("\n[zone]\nmars = ['mars time']\n", "knows no"),
        ("\n[zone]\nutc = ['Zulu']\n", "lower case"),
        ("\n[zone]\nutc = ['drone']\n", "is both"),
        ("\n[zone\n", "words2.toml"),
    ],
)
def test_a_wrong_entry_is_refused_by_name(folder: Path, addition: str, complaint: str) -> None:
    (folder / "words2.toml").write_text(addition, encoding="utf-8")
    with pytest.raises(LexiconError, match=complaint):
        load(folder)


def test_an_unknown_habit_is_refused(folder: Path) -> None:
    with (folder / "grammar.toml").open("a", encoding="utf-8") as file:
        file.write("\nplurals = []\n")
    with pytest.raises(LexiconError, match="plurals"):
        load(folder)


@pytest.mark.parametrize(
    ("values", "number"),
    [
        ((20, 7), 27),
        ((100, 20, 7), 127),
        ((2, 100, 40), 240),
        ((2, 1000, 300), 2300),
        ((5, 7), None),
        ((20, 30), None),
        ((15, 3), None),
    ],
)
def test_number_words_in_a_row_are_one_number_or_a_list(values: tuple[int, ...], number: int | None) -> None:
    assert compose(values) == number


def test_german_compounds_are_read() -> None:
    german = lexicon("de")
    for form, number in (("siebenundzwanzig", 27), ("hundertsiebenundzwanzig", 127), ("zweihunderteins", 201)):
        word = german.entry(form).word
        assert word is not None
        assert (word.kind, word.value) == ("number", str(number))
