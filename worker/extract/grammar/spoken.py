"""Numbers said in words, in one or several ("two hundred and five"), or in words and digits ("mil 200")."""

from __future__ import annotations

from collections.abc import Sequence

from worker.lexicon import Lexicon, Word, compose
from worker.text import Token

_AND = Word("particle", "and")
_TENS = frozenset(range(20, 100, 10))


def number_words(found: Sequence[Token], index: int, lexicon: Lexicon) -> tuple[int | None, int]:
    """Return the number that begins at a word and the index behind it; None if the words are no number."""
    values: list[int] = []
    best: tuple[int | None, int] = (None, index)
    position = index
    tens_and_units = lexicon.grammar.tens_and_units
    while position < len(found) and len(values) < 8:
        token = found[position]
        if token.kind != "word":
            rest = digits_behind(found, position, best[0] or 0) if best[1] == position else 0
            best = ((best[0] or 0) + rest, position + 1) if rest else best
            break
        spoken = _spoken(token.form, lexicon)
        if spoken is None:
            word = lexicon.entry(token.form).word
            joined = values and (values[-1] in (100, 1000) or (tens_and_units and values[-1] in _TENS))
            if not (joined and word == _AND):
                break
        else:
            values.extend(spoken)
            value = compose(values)
            if value is None:
                break
            best = (value, position + 1)
        position += 1
    return best


def digits_behind(found: Sequence[Token], index: int, value: int) -> int:
    """Return what digits add to whole thousands before them ("mil 200", "2 mil 300"); 0 where there are none."""
    token = found[index] if index < len(found) else None
    if value <= 0 or value % 1000 or token is None or token.kind != "number":
        return 0
    return int(token.form) if token.form.isdigit() and 1 <= len(token.form) <= 3 else 0


def _spoken(form: str, lexicon: Lexicon) -> list[int] | None:
    word = lexicon.entry(form).word
    if word is not None and word.kind == "number":
        return [int(word.value)]
    if "-" not in form:
        return None
    values: list[int] = []
    for part in form.split("-"):
        word = lexicon.entry(part).word
        if word is None or word.kind != "number":
            return None
        values.append(int(word.value))
    return values
