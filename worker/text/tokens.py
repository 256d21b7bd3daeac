"""A text is cut into words, numbers and marks; every token knows where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from worker.text.normalise import IGNORABLE, fold

_LETTER = rf"[^\W\d_]|[\u0300-\u036f{IGNORABLE}]"
_TOKEN = re.compile(
    rf"""
    (?P<number>(?<![\w])\d{{1,3}}(?:(?:[., ']\d{{3}})+)(?![\d]|[.,]\d)      # 1.110  1 000
      |\d(?:{IGNORABLE}*\d)*(?:[.,:]\d+)*)                                             # 47  20.00  8:30  2.5
      (?P<tail>(?:-?(?:{_LETTER})(?:{_LETTER}|[\d'-])*)?)             # 28-jährig  10x  2nd
    |(?P<word>[A-Za-z]\.(?:[A-Za-z](?:\.|(?![\w])))+|(?:[^\W\d_])(?:{_LETTER}|['](?=[^\W\d_])|-(?=\w)|(?<=-)\d|(?<=\d)\d|(?<=\d)/(?=\d))*)
    |(?P<mark>[^\s{IGNORABLE}])
    """,
    re.VERBOSE,
)
_EMOJI = re.compile("[\u2190-\u21ff\u2300-\u2bff\U0001f000-\U0001faff]")


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is number, word, age (a number grown together with letters) or mark; offsets count code points."""

    kind: str
    form: str
    start: int
    end: int
    capital: bool = False


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of `text[start:end]`; `text` must come from `normalise`."""
    found: list[Token] = []
    append = found.append
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        first, last = match.span()
        if match.lastgroup == "mark":
            append(Token("mark", match.group(), first, last))
            continue
        if match.lastgroup == "word":
            word = match.group()
            append(Token("word", fold(word).rstrip("."), first, last, word[0].isupper()))
            continue
        tail = match.group("tail").replace(IGNORABLE, "")
        number = match.group("number").replace(IGNORABLE, "")
        if tail:
            append(Token("age", fold(number + tail), first, last))
        else:
            append(Token("number", number, first, last))
    return found


def is_emoji(mark: str) -> bool:
    """Tell whether a mark is a pictograph: bulletins use them instead of full stops and headings."""
    return _EMOJI.match(mark) is not None
