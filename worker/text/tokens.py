"""A text is cut into words, numbers and marks; every token knows where it stands."""

from __future__ import annotations

import re

import msgspec

from worker.text.normalise import IGNORABLE, fold

_LETTER = rf"[^\W\d_]|[\u0300-\u036f{IGNORABLE}]"
# Every character belongs to a match, so offsets follow from lengths. The most frequent kinds come first; runs of
# letters are taken whole, without a way back.
_TOKEN = re.compile(
    rf"""
    ([\s{IGNORABLE}]*+)(?:
      ([A-Za-z]\.(?:[A-Za-z](?:\.|(?![\w])))+                                    # word: p.m  U.S
        |[^\W\d_]++(?:[^\W\d_]++|[\u0300-\u036f{IGNORABLE}]|['](?=[^\W\d_])|-(?=\w)|(?<=[\d-])\d|(?<=\d)/(?=\d))*+)
      |([^\s\d{IGNORABLE}])                                                      # mark
      |((?<![\w])\d{{1,3}}(?:(?:[., ']\d{{3}})+)(?![\d]|[.,]\d)                   # number: 1.110  1 000
        |\d(?:{IGNORABLE}*\d)*(?:[.,:]\d+)*)                                      #   47  20.00  8:30  2.5
        ((?:-?(?:{_LETTER})(?:{_LETTER}|[\d'-])*)?)                              # grown: 28-jährig  10x  2nd
    )?  # nothing follows only the last blanks: without this they would be looked at again from each of them
    """,
    re.VERBOSE,
)
_EMOJI = re.compile("[\u2190-\u21ff\u2300-\u2bff\U0001f000-\U0001faff]")


class Token(msgspec.Struct, frozen=True, gc=False):
    """`kind` is number, word, age (a number grown together with letters) or mark; offsets count code points."""

    kind: str
    form: str
    start: int
    end: int
    capital: bool = False


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of `text[start:end]`; `text` must come from `normalise`."""
    found: list[Token] = []
    append, known = found.append, _known.get
    last = start
    for blank, word, mark, number, tail in _TOKEN.findall(text, start, len(text) if end is None else end):
        first = last + len(blank)
        if word:
            last = first + len(word)
            form, capital = known(word) or _learn(word)
            append(Token("word", form, first, last, capital))
        elif mark:
            last = first + 1
            append(Token("mark", mark, first, last))
        elif number:
            last = first + len(number) + len(tail)
            number, tail = number.replace(IGNORABLE, ""), tail.replace(IGNORABLE, "")
            if tail:
                append(Token("age", fold(number + tail), first, last))
            else:
                append(Token("number", number, first, last))
    return found


# Words as written → (form they are looked up by, whether a capital begins them); forgotten when too many.
_known: dict[str, tuple[str, bool]] = {}
_MOST_KNOWN = 50_000
_LONGEST_KNOWN = 40


def _learn(word: str) -> tuple[str, bool]:
    learnt = fold(word).rstrip("."), word[0].isupper()
    if len(word) <= _LONGEST_KNOWN:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[word] = learnt
    return learnt


def is_emoji(mark: str) -> bool:
    """Tell whether a mark is a pictograph: bulletins use them instead of full stops and headings."""
    return mark > "\u2000" and _EMOJI.match(mark) is not None
