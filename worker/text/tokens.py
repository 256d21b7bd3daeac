"""A text is cut into words, numbers and marks; every token knows where it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

import msgspec

from worker.text.normalise import IGNORABLE, fold

_LETTER = rf"[^\W\d_]|[\u0300-\u036f{IGNORABLE}]"
# Every character belongs to a match, so offsets follow from lengths. The most frequent kinds come first; runs of
# letters are taken whole, without a way back; groups are not, for Python before 3.11.5 loses a character behind them.
_BLANK = rf"[\s{IGNORABLE}]*+"
_NUMBER = rf"""
    (?:(?<![\w])\d{{1,3}}(?:(?:[., ']\d{{3}})+)(?![\d]|[.,]\d)                   # number: 1.110  1 000
      |\d(?:{IGNORABLE}*\d)*(?:[.,:]\d+)*)                                      #   47  20.00  8:30  2.5
"""
_TOKEN = re.compile(
    rf"""
    [ ]?+[^\W\d_]++(?![.'{IGNORABLE}\u0300-\u036f-])                              # most words, found soonest
    |{_BLANK}(?:
      (?:[A-Za-z]\.(?:[A-Za-z](?:\.|(?![\w])))+                                  # word: p.m  U.S
        |[^\W\d_]++(?:[^\W\d_]++|[\u0300-\u036f{IGNORABLE}]|['](?=[^\W\d_])|-(?=\w)|(?<=[\d-])\d|(?<=\d)/(?=\d))*)
      |[^\s\d{IGNORABLE}]                                                        # mark
      |{_NUMBER}
        (?:-?(?:{_LETTER})(?:{_LETTER}|[\d'-])*)?                                # grown: 28-jährig  10x  2nd
    )?  # nothing follows only the last blanks: without this they would be looked at again from each of them
    """,
    re.VERBOSE,
)
_LEADING_BLANK = re.compile(_BLANK)
_LEADING_NUMBER = re.compile(_NUMBER, re.VERBOSE)
_EMOJI = re.compile("[\u2190-\u21ff\u2300-\u2bff\U0001f000-\U0001faff]")


class Token(msgspec.Struct, frozen=True, gc=False):
    """`kind` is number, word, age (a number grown together with letters) or mark; offsets count code points."""

    kind: str
    form: str
    start: int
    end: int
    capital: bool = False


def tokens(text: str, start: int = 0, end: int | None = None, *, elided: Collection[str] = ()) -> list[Token]:
    """Return the tokens of `text[start:end]`; `text` must come from `normalise`.

    `elided` are short words that lose their vowel and are written together with the next one ("l'Ukraine", "qu'une"):
    folded, without the apostrophe, which they keep as a token of their own.
    """
    found: list[Token] = []
    append, known = found.append, _known.get
    last = start
    for written in _TOKEN.findall(text, start, len(text) if end is None else end):
        kind, form, capital, blank, length = known(written) or _learn(written)
        if kind:
            append(Token(kind, form, last + blank, last + length, capital))
        last += length
    return _apart(text, found, elided) if elided else found


def _apart(text: str, found: Iterable[Token], elided: Collection[str]) -> list[Token]:
    """Take apart what elision wrote together."""
    result: list[Token] = []
    for token in found:
        short, apostrophe, rest = token.form.partition("'")
        if not apostrophe or token.kind != "word" or short not in elided:
            result.append(token)
            continue
        middle = text.index("'", token.start) + 1
        result.append(Token("word", short + apostrophe, token.start, middle, token.capital))
        result.append(Token("word", rest, middle, token.end, text[middle].isupper()))
    return result


# Tokens as written, with the blanks before them → kind, form, capital, length of the blanks, length of all; most of a
# text is said in few words, so few are cut and folded more than once. Forgotten when too many.
_known: dict[str, tuple[str, str, bool, int, int]] = {}
_MOST_KNOWN = 50_000
_LONGEST_KNOWN = 40


def _learn(written: str) -> tuple[str, str, bool, int, int]:
    learnt = _cut(written)
    if len(written) <= _LONGEST_KNOWN:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[written] = learnt
    return learnt


def _cut(written: str) -> tuple[str, str, bool, int, int]:
    plain = _LEADING_BLANK.sub("", written, count=1)
    length = len(written)
    blank = length - len(plain)
    if not plain:
        return "", "", False, blank, length
    number = _LEADING_NUMBER.match(plain)
    if number is not None:
        digits, tail = number[0].replace(IGNORABLE, ""), plain[number.end() :].replace(IGNORABLE, "")
        if tail:
            return "age", fold(digits + tail), tail != tail.lower(), blank, length
        return "number", digits, False, blank, length
    if len(plain) == 1 and not plain.isalnum():
        return "mark", plain, False, blank, length
    return "word", fold(plain).rstrip("."), plain[0].isupper(), blank, length


def is_emoji(mark: str) -> bool:
    """Tell whether a mark is a pictograph: bulletins use them instead of full stops and headings."""
    return mark > "\u2000" and _EMOJI.match(mark) is not None
