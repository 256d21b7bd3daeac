"""Every folder beside this file is a language; what it says is checked before a single word is used."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING
from functools import cache
from pathlib import Path
from typing import Any

from worker.gazetteer import places as read_places
from worker.gazetteer import regions
from worker.lexicon.model import KINDS, Grammar, Lexicon, Phrase, Place, Word, bare, parted
from worker.lexicon.numbers import compound_numbers

_HERE = Path(__file__).parent
_GRAMMAR_KEYS = frozenset(Grammar.__dataclass_fields__)
# Keys that a language may leave out, and what they are read as.
_OPTIONAL_KEYS = {
    key: type(of.default) for key, of in Grammar.__dataclass_fields__.items() if of.default is not MISSING
}
# Lists by which the letters of a text are judged, not its words looked up.
_AS_WRITTEN = frozenset(("letters", "stopwords", "foreign_letters", "foreign_words", "abbreviations"))
# Habits of the language, and what the tests know of it: read elsewhere.
_NO_WORDS = ("grammar.toml", "corpus.toml")
# No noun is of these kinds: behind "the 19." they begin a sentence.
_FUNCTION = frozenset(("particle", "preposition", "qualifier", "clause", "number", "bound"))
_NUMBER_TABLES = frozenset(("number", "round"))


class LexiconError(ValueError):
    """A language folder says something that is not understood; the message names file and entry."""


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of all languages, which are the names of the folders, sorted."""
    return tuple(sorted(path.parent.name for path in _HERE.glob("*/words.toml")))


@cache
def lexicon(language: str) -> Lexicon:
    """Return the lexicon of a shipped language.

    Raises:
        LexiconError: a file is wrong.
    """
    return load(_HERE / language)


def entries(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield (file name, kind, value, entry) for every entry of a folder's word files.

    Raises:
        LexiconError: a kind or value is unknown, or the file is no valid TOML.
    """
    for path in sorted(folder.glob("*.toml")):
        if path.name in _NO_WORDS:
            continue
        for kind, values in _read(path).items():
            if kind not in KINDS or not isinstance(values, dict):
                raise LexiconError(f"{path}: unknown kind [{kind}]")
            for value, words in values.items():
                allowed = value.isdigit() if kind in _NUMBER_TABLES else value in KINDS[kind] or _official(kind, value)
                if not allowed or not isinstance(words, list):
                    raise LexiconError(f"{path}: [{kind}] knows no {value!r}")
                for word in words:
                    if not isinstance(word, str) or word != word.strip().lower() or not word:
                        raise LexiconError(
                            f"{path}: [{kind}] {value}: {word!r} must be lower case without blanks around"
                        )
                    yield path.name, kind, value, word


def _official(kind: str, value: str) -> bool:
    """Tell whether the value means who speaks for one region: "local:RU-BEL", "held:UA-14" for its occupiers."""
    office, _, region = value.partition(":")
    return kind == "claimant" and office in ("local", "held") and region in regions()


def load(folder: Path) -> Lexicon:
    """Read one language folder.

    Raises:
        LexiconError: unknown keys, wrong types, or one entry with two meanings.
    """
    grammar = _grammar(folder / "grammar.toml")
    exact: dict[str, Word] = {}
    stems: dict[str, Word] = {}
    endings: dict[str, Word] = {}
    phrases: dict[str, list[Phrase]] = {}
    stem_phrases: dict[str, list[Phrase]] = {}
    seen: dict[str, Word] = {}
    marked: dict[str, Word] = {}
    spelt = (
        (file, kind, value, spelling)
        for file, kind, value, entry in entries(folder)
        for spelling in _spellings(entry, grammar.respelled)
    )
    for file, kind, value, written in spelt:
        word, plain = Word(kind, value), bare(written, grammar.optional_marks)
        if plain != written:
            marked[written] = word
        entry = parted(plain, grammar.elided)
        if seen.setdefault(entry, word) != word:
            raise LexiconError(f"{folder / file}: {entry!r} is both {seen[entry]} and {word}")
        if " " in entry:
            phrase = _phrase(entry, word)
            head = phrase.patterns[0]
            target, key = (stem_phrases, head[:-1]) if head.endswith("*") else (phrases, head)
            target.setdefault(key, []).append(phrase)
        elif entry.startswith("*"):
            endings[entry[1:]] = word
        elif entry.endswith("*"):
            stems[entry[:-1]] = word
        else:
            exact[entry] = word
    if grammar.compounds:
        for number, form in compound_numbers(exact):
            exact.setdefault(form, Word("number", str(number)))
    names, name_phrases = _places(folder / "places.tsv", grammar, exact)
    return Lexicon(
        language=folder.name,
        grammar=grammar,
        exact=exact,
        stems=stems,
        endings=endings,
        phrases={key: tuple(value) for key, value in phrases.items()},
        stem_phrases={key: tuple(value) for key, value in stem_phrases.items()},
        places=names,
        place_phrases={key: tuple(value) for key, value in name_phrases.items()},
        months=frozenset(form for form, word in exact.items() if word.kind == "month"),
        openers=grammar.stopwords | frozenset(form for form, word in exact.items() if word.kind in _FUNCTION),
        marked=marked,
    )


def _spellings(written: str, respelled: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a word as it is written, and as those write it who spell a letter in another way ("ss" for "ß")."""
    yield written
    for letter, other in respelled:
        if letter in written and written != letter:
            yield written.replace(letter, other)


def _phrase(entry: str, word: Word) -> Phrase:
    patterns = tuple(entry.split())
    if "..." in patterns:
        return Phrase(tuple(pattern for pattern in patterns if pattern != "..."), word, gapped=True)
    return Phrase(patterns, word)


def _places(
    path: Path, grammar: Grammar, exact: Mapping[str, Word]
) -> tuple[dict[str, Place], dict[str, list[tuple[tuple[str, ...], Place]]]]:
    names: dict[str, Place] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Place]]] = {}
    if not path.exists():
        raise LexiconError(f"{path}: missing")
    for row in read_places(path):
        small = row.form[0].islower() and row.kind == "adjective"
        adjective, needs_head = row.kind == "adjective", row.needs_head or small
        place = Place(
            row.alone,
            row.region,
            adjective,
            needs_head,
            row.government,
            row.region_only,
            small,
            row.held,
            row.taken,
        )
        words = parted(bare(row.form.lower(), grammar.optional_marks), grammar.elided).replace(".", " . ").split()
        for ending in ("", *grammar.name_endings):
            form = (*words[:-1], words[-1] + ending)
            if len(form) > 1:
                phrases.setdefault(form[0], []).append((form, place))
            elif not ending or form[0] not in exact:  # "Moscow's" is the government's
                names[form[0]] = place
    for rows in phrases.values():
        rows.sort(key=lambda row: -len(row[0]))
    return names, phrases


def _grammar(path: Path) -> Grammar:
    table = dict(_read(path))
    unknown, missing = sorted(set(table) - _GRAMMAR_KEYS), sorted(_GRAMMAR_KEYS - set(_OPTIONAL_KEYS) - set(table))
    if unknown or missing:
        raise LexiconError(f"{path}: unknown keys {unknown}, missing keys {missing}")

    respelled = tuple(tuple(pair) for pair in table.pop("respelled", ()))
    marks = unicodedata.normalize("NFD", str(table["optional_marks"]))
    for key, value in table.items():
        if isinstance(value, list):
            table[key] = [spelt for word in value for spelt in _spellings(word, respelled)]
            if key not in _AS_WRITTEN:  # words of a text are looked up without the marks that writers leave out
                table[key] = [bare(word, marks) for word in table[key]]

    def words(key: str) -> frozenset[str]:
        return frozenset(table[key])

    return Grammar(
        letters=words("letters"),
        stopwords=words("stopwords"),
        foreign_letters=words("foreign_letters"),
        foreign_words=words("foreign_words"),
        abbreviations=words("abbreviations"),
        ordinals=words("ordinals"),
        adjective_endings=tuple(table["adjective_endings"]),
        singular_heads=words("singular_heads"),
        singular_verbs=words("singular_verbs"),
        weak_one=words("weak_one"),
        collectives=words("collectives"),
        compounds=bool(table["compounds"]),
        tens_and_units=bool(table["tens_and_units"]),
        capital_nouns=bool(table["capital_nouns"]),
        articles=words("articles"),
        standing_articles=words("standing_articles"),
        genitives=words("genitives"),
        inner_articles=words("inner_articles"),
        of_is_from=bool(table["of_is_from"]),
        optional_marks=marks,
        home=str(table["home"]) or None,
        **{key: of(table.get(key, ())) for key, of in _OPTIONAL_KEYS.items() if key != "respelled"},
        respelled=respelled,
    )


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{path}: {error}") from error
