"""A text is cleaned character for character: length and offsets never change.

What must not be read (control characters, soft hyphens, bidirectional marks, zero-width characters) becomes
`IGNORABLE`, which tokens skip; tags and entities become blanks. So every offset into the result is an offset into
the text as received.
"""

from __future__ import annotations

import html
import re
import unicodedata

IGNORABLE = "\u00ad"

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\v\f"
_BREAKS = "\r\u0085\u2028\u2029"
_APOSTROPHES = "\u2018\u2019\u201b\u02bc\u02b9\u00b4`\u2032\uff07"
_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u2039\u203a\u201a"
_HYPHENS = "\u2010\u2011\ufe63\uff0d"
_DASHES = "\u2012\u2014\u2015\u2212\u2e3a\u2e3b\ufe58"


def _table() -> dict[int, str]:
    table = {code: IGNORABLE for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n"}
    for code in (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10)):
        table[code] = IGNORABLE
    for code in (0xFEFF, 0x00AD, 0x061C, 0x180E, 0x034F, 0xFFFD):
        table[code] = IGNORABLE
    groups = (
        (_SPACES, " "),
        (_BREAKS, "\n"),
        (_APOSTROPHES, "'"),
        (_QUOTES, '"'),
        (_HYPHENS, "-"),
        (_DASHES, "\u2013"),
    )
    for characters, replacement in groups:
        table.update({ord(character): replacement for character in characters})
    table.update({0xFF10 + digit: str(digit) for digit in range(10)})
    return table


_TABLE = _table()
# Few characters of a text are special: runs without any are passed over much faster than each one is translated.
_SPECIAL = re.escape("".join(map(chr, _TABLE)))
_RUNS = re.compile(f"([^{_SPECIAL}]*+)([{_SPECIAL}]*+)")
# Bounded repetition keeps both patterns linear in the length of the text.
_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,400}>")
_BLOCK = re.compile(r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|table|blockquote|section|article)\b", re.IGNORECASE)
# A word that a page cut at the end of a line; a number or name behind the hyphen begins something new.
_CUT = re.compile(r"(?<=[^\W\d_])- ?\n(?=([^\W\d_]))")
# The bar of a table before a number: what stands behind it belongs to what stands before it.
_BAR = re.compile(r"(?<=[^\s|]) ?\|(?= ?\d)")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9A-Fa-f]{1,5}|[A-Za-z]{2,10});")


def _blank_tag(match: re.Match[str]) -> str:
    tag = match.group()
    if _BLOCK.match(tag):
        return "\n\n" + " " * (len(tag) - 2)
    return IGNORABLE * len(tag)


def _rejoined(match: re.Match[str]) -> str:
    cut = match.group()
    return IGNORABLE * (len(cut) - 1) + "-" if match[1].islower() else cut


def _plain_entity(match: re.Match[str]) -> str:
    entity = match.group()
    character = html.unescape(entity)
    if len(character) != 1:
        return entity
    return character.translate(_TABLE) + IGNORABLE * (len(entity) - 1)


def normalise(raw: str) -> str:
    """Return `raw` cleaned, with the same length: `normalise(raw)[i]` stands for `raw[i]`."""
    raw = raw.replace("\r\n", " \n")
    if raw.isascii():
        text = raw.translate(_TABLE)
    else:
        raw = raw.replace("\u00ad\n", 2 * IGNORABLE).replace("\u00ad \n", 3 * IGNORABLE)
        runs = _RUNS.findall(raw)
        text = "".join([plain + special.translate(_TABLE) if special else plain for plain, special in runs])
    if "<" in text:
        text = _TAG.sub(_blank_tag, text)
    if "&" in text:
        text = _ENTITY.sub(_plain_entity, text)
    if "|" in text:
        text = _BAR.sub(lambda bar: bar.group()[:-1] + ":", text)
    if "-\n" in text or "- \n" in text:
        text = _CUT.sub(_rejoined, text)
    return text


# What is left of it in a composed text only marks a stress (Cyrillic); in "más" it has become part of the letter.
_STRESS = "\u0301"


def fold(word: str) -> str:
    """Return the form a word is looked up by: without ignorable characters and stress marks, NFC, lower case."""
    if word.isascii():
        return word.lower()
    return compose(word).lower()


def compose(text: str) -> str:
    """Return the letters of a text as they are compared (NFC, without ignorable characters); offsets are lost."""
    return unicodedata.normalize("NFC", text.replace(IGNORABLE, "")).replace(_STRESS, "")
