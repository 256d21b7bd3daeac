"""Tokens are grouped into sentences: lines broken by PDF extraction are joined, headings stand alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from worker.text.normalise import IGNORABLE
from worker.text.tokens import Token, is_emoji

# Tokens; a longer sentence is cut, so that the cost of reading stays linear in the length of any text.
LONGEST = 250
_ITEMS = frozenset("-–")
# Characters in which the dash of an item begins, with the blanks before it.
_INDENTED = 12
_BULLETS = frozenset("•▪▫◾◽●■□★*·‣⁃")
# Below this many characters a line that is not followed by a small letter was ended by its author, not by a page.
_PAGE_LINE = 34
# The share of the widest line that a line has to have to be broken by the page.
_FULL_LINE = 0.7
# A longer line was not broken by a page.
_UNBROKEN = 160
# So many characters are nearly always wider than that, however they are typed.
_SURELY_WIDE = 200
# Behind a greater number and a dot another number begins a sentence: it is no day of a month.
_LAST_ORDINAL = 31
# Adds nothing to the width of a line: what is not read, marks on letters, blanks behind blanks.
_UNSEEN = re.compile(rf"[{IGNORABLE}\u0300-\u036f]+|(?<= ) +")
# An hour that opens a line.
_HOUR = re.compile(r"[012]?\d[:.][0-5]\d\b")
# No line is ended by its author behind so short a small word ("and", "und", "и").
_JOINING_WORD = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `first..last` (exclusive) of a text; `paragraph` counts from 0."""

    first: int
    last: int
    paragraph: int
    heading: bool = False


def sentences(
    text: str,
    found: Sequence[Token],
    abbreviations: Collection[str] = (),
    ordinals: Collection[str] = (),
    months: Collection[str] = (),
    openers: Collection[str] = (),
) -> list[Sentence]:
    """Return the sentences of `text`, whose tokens are `found`.

    `abbreviations` are words (folded, without dot) whose dot ends no sentence; behind one of `ordinals` a dot after one
    or two digits is read as an ordinal unless a new sentence plainly begins, as it does with one of the `openers`;
    `months` are names that may follow it.
    """
    result: list[Sentence] = []
    first = paragraph = page = 0
    line_start = found[0].start if found else 0
    line_break = _line_end(text, line_start)
    for index, (token, following) in enumerate(pairwise(found)):
        breaks, ends = 0, False
        if line_break < following.start:
            breaks = text.count("\n", line_break, following.start)
            line_break = _line_end(text, following.start)
            if breaks > 1:
                ends = _paragraph_ends(token, following)
            else:
                length = _width(text, line_start, token.end)
                next_length = _width(text, following.start, line_break)
                ends = _line_ends(token, following, length, next_length)
                if not ends and _HOUR.match(text, following.start) and _HOUR.match(text, line_start):
                    ends = True  # lines of a live page, each with its hour
                if not ends:
                    page = max(page, min(length, _PAGE_LINE))
                elif following.kind == "number" and token.kind == "word" and not token.capital:
                    ends = length < page * _FULL_LINE  # a page that breaks its lines breaks them before numbers too
                if ends and length >= _PAGE_LINE:  # perhaps a page broke the line, not its author
                    if following.form in _ITEMS:
                        ahead = text[line_break + 1 : line_break + _INDENTED].lstrip()[:1]
                        ends = token.form in ".:;!?…" or text[line_start] in _ITEMS or ahead in _ITEMS
                    elif token.form == ".":
                        ends = _stop_ends(found, index, True, abbreviations, ordinals, months, openers)
            line_start = following.start
        elif token.kind == "mark":
            form, gap = token.form, following.start > token.end
            if form in ".!?…":
                ends = _stop_ends(found, index, gap, abbreviations, ordinals, months, openers)
            elif form == "+" and index > 1 and found[index - 1].form == found[index - 2].form == "+":
                ends = following.form != "+"  # tickers part their reports by "+++"
            elif (form in ')"' and index and found[index - 1].form in ("!", "?", ".")) or (
                form == "]" and _is_footnote(found, first, index)
            ):
                ends = gap and following.capital
        if index - first >= LONGEST or (following.kind == "mark" and is_emoji(following.form)):
            ends = True
        if ends:
            result.append(Sentence(first, index + 1, paragraph, _is_heading(found, first, index, breaks)))
            first = index + 1
            if breaks > 1 or (breaks and token.form not in ".!?"):
                paragraph += 1
    if first < len(found):
        result.append(Sentence(first, len(found), paragraph))
    return result


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end > -1 else len(text)


def _width(text: str, start: int, end: int) -> int:
    """Return how many characters of `text[start:end]` are seen: however they are typed, a line is as wide.

    Behind `_UNBROKEN` they are not counted to their end.
    """
    if end - start > _SURELY_WIDE:  # mostly a paragraph in one line; how wide it is makes no difference
        seen = _width(text, start, start + _SURELY_WIDE)
        if seen > _UNBROKEN:
            return seen
    line = text[start:end].rstrip(f" {IGNORABLE}")
    return len(line) if line.isascii() and "  " not in line else len(_UNSEEN.sub("", line))


def _is_heading(found: Sequence[Token], first: int, last: int, breaks: int) -> bool:
    return breaks > 0 and found[last].form not in (".", "!", "?", "…", ":", ";", ",") and last - first < 16


def _opens_item(token: Token) -> bool:
    return token.form in _BULLETS or (token.form in "-–" and token.kind == "mark")


def _paragraph_ends(token: Token, following: Token) -> bool:
    """Tell whether a sentence ends before an empty line: pages leave them inside sentences, too."""
    small = following.kind == "word" and not following.capital
    return not small or token.form in (".", "!", "?", ";") or _opens_item(following)


def _line_ends(token: Token, following: Token, length: int, next_length: int) -> bool:
    """Tell whether a line was ended by its author; `length` and `next_length` are those of the lines around."""
    if _opens_item(following):
        return True
    small = following.kind == "word" and not following.capital
    if token.form in (".", "!", "?", "…"):
        return not small
    unfinished = token.kind == "word" and not token.capital and len(token.form) <= _JOINING_WORD
    if (
        small
        or unfinished
        or token.form in (",", "–", "-")
        or (following.kind == "mark" and following.form in ",.;:)–")
    ):
        return False
    # Whoever breaks lines breaks them all: before a paragraph in one line stands a heading.
    return length < _PAGE_LINE or next_length > _UNBROKEN


def _is_footnote(found: Sequence[Token], first: int, index: int) -> bool:
    """Tell whether a closing bracket ends the sources behind a full stop ("… were hit.[12][13] The")."""
    position = index
    while position > first and (found[position].form in "[],–-" or found[position].kind == "number"):
        position -= 1
    return position < index and found[position].form in (".", "!", "?", '"')


def _stop_ends(
    found: Sequence[Token],
    index: int,
    gap: bool,
    abbreviations: Collection[str],
    ordinals: Collection[str],
    months: Collection[str],
    openers: Collection[str],
) -> bool:
    following = found[index + 1]
    if not gap or (following.kind == "word" and not following.capital):
        return False
    ahead = found[index + 2] if index + 2 < len(found) else None
    if following.form == "–" or (following.form == "-" and ahead is not None and ahead.start > following.end):
        behind_word = found[index].form == "." and index > 0 and found[index - 1].kind == "word"
        return behind_word and ahead is not None and ahead.capital
    if following.kind == "mark" and following.form in ",;:)":
        return False
    if found[index].form != "." or not index:
        return True
    before = found[index - 1]
    if before.end != found[index].start:
        return True
    if before.kind == "word":
        initial = len(before.form) == 1 and before.capital
        # "until 07:00 MSK. In Tuapse": no name begins with a preposition or an article.
        opens = following.kind == "word" and following.form in openers
        return not initial and (opens or before.form not in abbreviations)
    if before.kind == "number" and ordinals and before.form.isdigit() and len(before.form) <= 2:
        if following.form in months:
            return False
        if following.form in openers or (following.kind == "number" and int(before.form) > _LAST_ORDINAL):
            return True
        return not (index > 1 and found[index - 2].form in ordinals)
    return True
