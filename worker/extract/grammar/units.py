"""A sentence is read as units: words with their meaning, numbers with their value, places with their codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set

import msgspec
from msgspec.structs import replace

from worker.extract.grammar.apposed import fold_ages
from worker.extract.grammar.settling import settle
from worker.extract.grammar.spoken import digits_behind, number_words
from worker.lexicon import Entry, Lexicon, Phrase, Place
from worker.text import Token

_CLOCK = re.compile(r"([01]?\d|2[0-4])[.:]([0-5]\d)")
_DATE = re.compile(r"([0-3]?\d)\.([01]\d)(?:\.((?:20)?\d\d))?")
_DECIMAL = re.compile(r"\d{1,3}[.,]\d{1,2}")
_THOUSANDS = re.compile(r"\d{1,3}(?:[., ']\d{3})+")
# An hour grown together with its half of the day, or with the word for hour before its minutes: 5am, 11.40pm, 20h30.
_HOUR = re.compile(r"([01]?\d|2[0-4])(?:[.:]([0-5]\d))?([^\W\d]{1,4})([0-5]\d)?")
_GROWN = re.compile(r"(\d{1,4})(-?)([^\W\d_]{2,})")
_LEADING_DIGITS = re.compile(r"(\d{1,4})(?:-?[хx]|-(?:ти|те|ть|х|ма|мя|тьох|ми|ох|ро|рых))")
# The same ending makes an ordinal of a number, unless what it counts is in the plural of that case: "20-ю дронами".
_INSTRUMENTAL, _PLURAL = re.compile(r"(\d{1,4})-ь?ю"), "ми"
# A year with its ending: 2024-го.
_YEAR = re.compile(r"((?:19|20)\d\d)-(?:го|му|м|й|ого|ому|о|х)")
# Marks that are written in more than one way.
_SAME_MARK = {"-": "–", "'": '"'}
# A gapped phrase ("fing … ab") may not stretch over more than this many units, nor over another sentence.
_GAP = 24
# A zone is one only behind an hour ("08:00 on Friday (Moscow time)"); else the town is meant.
_HOURS, _BETWEEN = frozenset(("clock", "number", "meridiem")), ("mark", "weekday", "month", "particle")
_SENT = ("drone", "weapon", "measure", "attack", "person")


class Unit(msgspec.Struct, gc=False):
    """One word, phrase, number, mark or place of a sentence; `end` is exclusive, in code points of the text.

    `rough` marks a number that its word gives only about ("una treintena"). `role` is filled while reading: what a
    number turned out to be ("time", "claim", or why it counts nothing).
    """

    kind: str
    value: str
    form: str
    start: int
    end: int
    capital: bool = False
    number: int | None = None
    place: Place | None = None
    article: bool = False
    rough: bool = False
    role: str = ""

    @property
    def amount(self) -> int:
        """How many it says: a number itself, a vague word ("dozens") its least, anything else 0."""
        return int(self.value) if self.kind == "vague" else self.number or 0

    def has(self, kind: str, *values: str) -> bool:
        """Tell whether the unit is of a kind and, if values are given, has one of them."""
        return self.kind == kind and (not values or self.value in values)


class Units(list[Unit]):
    """The units of a sentence in order; `at` says where the units of each kind are (plain words excepted).

    Most questions are about one kind, and most sentences have none of it. `subjects`: who acts by a verb, once asked.
    """

    __slots__ = ("at", "subjects")

    def __init__(self, members: Iterable[Unit]) -> None:
        super().__init__(members)
        self.at: dict[str, list[int]] = {}
        self.subjects: dict[int, str | None] = {}
        at = self.at
        for index, unit in enumerate(self):
            kind = unit.kind
            if kind != "word":
                if kind in at:
                    at[kind].append(index)
                else:
                    at[kind] = [index]

    def positions(self, kind: str, *others: str) -> Sequence[int]:
        """Return where the units of these kinds are, in order."""
        at = self.at
        found: Sequence[int] = at.get(kind, ())
        for other in others:
            if other in at:
                found = sorted((*found, *at[other])) if found else at[other]
        return found

    def of(self, kind: str) -> Iterator[Unit]:
        """Return the units of a kind, in order."""
        return map(self.__getitem__, self.at.get(kind, ()))

    def number_of(self, *kinds: str) -> int:
        """Return how many units are of these kinds."""
        return sum(len(self.at[kind]) for kind in kinds if kind in self.at)

    def any(self, kind: str, *values: str) -> bool:
        """Tell whether a unit of a kind and, if values are given, with one of them is there."""
        at = self.at.get(kind)
        if at is None:
            return False
        for index in at:
            if self[index].value in values:
                return True
        return not values

    def lack(self, kinds: Set[str]) -> bool:
        """Tell whether there is no unit of any of these kinds."""
        return kinds.isdisjoint(self.at)


def units(found: Sequence[Token], lexicon: Lexicon) -> Units:
    """Return the units of one sentence, whose tokens are `found`."""
    if lexicon.grammar.optional_marks:
        found = [token if token.form.isascii() else _plain(token, lexicon) for token in found]
    result: list[Unit] = []
    append, known, remembered = result.append, lexicon.entry, lexicon.memo.get
    short, capitals = lexicon.grammar.abbreviations, lexicon.grammar.capital_nouns
    index, last = 0, len(found)
    closed: set[int] = set()
    parted = False
    while index < last:
        if closed and index in closed:
            index += 1
            continue
        token = found[index]
        kind, form = token.kind, token.form
        if kind == "word":
            entry = remembered(form) or known(form)
            if "-" in form and entry.word is None and entry.place is None:
                joined = known(form.replace("-", ""))  # a page cut the word at the end of a line
                if joined.word is not None or joined.place is not None:
                    form = form.replace("-", "")
                    token, entry = replace(token, form=form), joined
                    found = [*found[:index], token, *found[index + 1 :]]
            if entry.alone and not (entry.phrases and index + 1 < last and entry.going_on(found[index + 1].form)):
                adjective = capitals and entry.kind == "person" and not token.capital  # "ihr neunjähriger Sohn"
                word, value = ("word", "") if adjective else (entry.kind, entry.value)
                append(Unit(word, value, form, token.start, token.end, token.capital))
                index += 1
            else:
                index = _word(found, index, entry, lexicon, result, closed)
        elif kind == "mark":
            if form == "." and 0 < index < last - 1 and found[index - 1].form in short:
                index += 1  # "обл.", "approx.": no stop
                continue
            form = _SAME_MARK.get(form, form)
            append(Unit("mark", form, form, token.start, token.end))
            index += 1
        elif kind == "number":
            index = _digits(found, index, lexicon, result)
        elif not parted and _parts(token, lexicon):
            parted = True
            found = [*found[:index], *(part for later in found[index:] for part in _parts(later, lexicon) or (later,))]
            last = len(found)
        else:
            append(_grown(token, found[index + 1].form if index + 1 < last else "", lexicon))
            index += 1
    settle(result)
    fold_ages(result, lexicon.grammar)
    return Units(result)


def _plain(token: Token, lexicon: Lexicon) -> Token:
    """Leave out the optional marks of the language; made by hand, for `replace` takes five times as long."""
    return Token(token.kind, lexicon.plain(token.form), token.start, token.end, token.capital)


def _twelve_hours(hour: int, meridiem: str) -> int:
    midnight_or_noon = meridiem in ("am", "pm") and hour == 12
    return (0 if midnight_or_noon else hour) + (12 if meridiem == "pm" and hour <= 12 else 0)


def _grown(token: Token, following: str, lexicon: Lexicon) -> Unit:
    noun = token.form.lstrip("0123456789-") if token.capital and lexicon.grammar.capital_nouns else ""
    if noun and lexicon.entry(noun).kind == "person":  # "50-Jähriger" is no age where nouns have capitals
        return Unit("person", "plain", noun, token.start, token.end, capital=True)
    hour = _HOUR.fullmatch(token.form)
    if hour:
        half = lexicon.entry(hour[3].rstrip("."))
        if half.kind == "meridiem":
            clock = _twelve_hours(int(hour[1]), half.value)
            return Unit("clock", "", f"{clock}:{hour[2] or hour[4] or '00'}", token.start, token.end)
    digits = _INSTRUMENTAL if following.endswith(_PLURAL) else _LEADING_DIGITS
    match = _LEADING_DIGITS.fullmatch(token.form) or digits.fullmatch(token.form) or _YEAR.fullmatch(token.form)
    if match:
        return Unit("number", match[1], token.form, token.start, token.end, number=int(match[1]))
    return Unit("age", "", token.form, token.start, token.end)


def _parts(token: Token, lexicon: Lexicon) -> tuple[Token, Token] | None:
    """Take a number apart from the noun or preposition it is written together with ("58UAVs", "19-over")."""
    match = _GROWN.fullmatch(token.form) if token.kind == "age" else None
    if match is None:
        return None
    word = lexicon.entry(match[3]).word
    if word is None or not (word.kind == "drone" or (word.kind == "preposition" and match[2])):
        return None
    middle = token.start + len(match[1])
    return (
        replace(token, kind="number", form=match[1], end=middle),
        replace(token, kind="word", form=match[3], start=token.end - len(match[3])),
    )


def _digits(found: Sequence[Token], index: int, lexicon: Lexicon, result: list[Unit]) -> int:
    token = found[index]
    form, start, end = token.form, token.start, token.end
    if form.isdigit():
        value = int(form) if len(form) <= 9 else 10**9
    elif _CLOCK.fullmatch(form) and not _THOUSANDS.fullmatch(form):
        result.append(Unit("clock", form, form, start, end))
        return index + 1
    elif _THOUSANDS.fullmatch(form):
        value = int(re.sub(r"\D", "", form)) if len(form) <= 12 else 10**9
    elif _DATE.fullmatch(form):
        result.append(Unit("date", form, form, start, end))
        return index + 1
    elif _thousands_of(found, index, lexicon):
        value = round(float(form.replace(",", ".")) * 1000)  # "2,5 тысячи", "1.2 thousand"
        result.append(Unit("number", "", form, start, found[index + 1].end, number=value))
        return index + 2
    else:
        result.append(Unit("decimal", form, form, start, end))
        return index + 1
    following = found[index + 1] if index + 1 < len(found) else None
    if following is not None and following.kind == "word":
        word = lexicon.entry(following.form).word
        if word is not None and word.kind == "number" and word.value in ("1000", "100") and value < 1000:
            value, after = value * int(word.value), index + 2
            rest = digits_behind(found, after, value)
            value, after = value + rest, after + bool(rest)
            result.append(Unit("number", "", form, start, found[after - 1].end, number=value))
            return after
    result.append(Unit("number", form, form, start, end, number=value))
    return index + 1


def _thousands_of(found: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Tell whether a decimal number counts thousands."""
    following = found[index + 1] if index + 1 < len(found) else None
    if following is None or following.kind != "word" or not _DECIMAL.fullmatch(found[index].form):
        return False
    word = lexicon.entry(following.form).word
    return word is not None and word.kind == "number" and word.value == "1000"


def _word(
    found: Sequence[Token], index: int, entry: Entry, lexicon: Lexicon, result: list[Unit], closed: set[int]
) -> int:
    token = found[index]
    if entry.compound is not None:
        length, first, second = entry.compound
        middle = min(token.start + length, token.end - 1)
        result.append(Unit(first.kind, first.value, token.form[:length], token.start, middle, token.capital))
        result.append(Unit(second.kind, second.value, token.form[length:], middle, token.end))
        return index + 1
    if entry.places:
        for names, place in entry.places:
            if _fits_names(found, index, names) and any(word.capital for word in found[index : index + len(names)]):
                after = index + len(names)
                result.append(_unit("place", "", found, index, after, place=place))
                return after
    phrase, after = (None, index)
    if entry.phrases or entry.gapped:
        phrase, after = _phrase(found, index, entry, closed)
    zone = phrase is not None and phrase.word.kind == "zone"
    if zone:
        near = [unit for unit in result[-7:] if unit.kind not in _BETWEEN][-2:]
        if not _HOURS & {unit.kind for unit in near} or near[-1].kind in _SENT or near[-1].has("unit", "plain"):
            phrase, after = None, index  # "запуск 58 дронов по Киеву"
    place_here = entry.place if token.capital or (entry.place is not None and entry.place.small) else None
    word = entry.word
    if phrase is not None:
        if phrase.word.kind in ("number", "round"):
            value, rough = int(phrase.word.value), phrase.word.kind == "round"
            result.append(_unit("number", "", found, index, after, number=value, rough=rough))
        else:
            result.append(_unit(phrase.word.kind, phrase.word.value, found, index, after))
        return after
    if place_here is not None and not (word is not None and (place_here.needs_head or _country_alone(place_here))):
        result.append(_unit("place", "", found, index, index + 1, place=place_here))
        return index + 1
    number, after = None, index
    if (word is not None and word.kind == "number") or "-" in token.form:
        number, after = number_words(found, index, lexicon)
    if number is not None:
        article = after == index + 1 and token.form in lexicon.grammar.weak_one
        result.append(_unit("number", "", found, index, after, number=number, article=article))
        return after
    if word is not None and word.kind == "round":
        result.append(_unit("number", "", found, index, index + 1, number=int(word.value), rough=True))
    elif word is None or word.kind == "number":
        result.append(_unit("word", "", found, index, index + 1, place=place_here))
    else:
        result.append(_unit(word.kind, word.value, found, index, index + 1, place=place_here))
    return index + 1


def _country_alone(place: Place) -> bool:
    """Tell whether a name means one of the two countries: they act, drones come to their regions."""
    return place.alone in (("RU",), ("UA",))


def _unit(
    kind: str,
    value: str,
    found: Sequence[Token],
    first: int,
    after: int,
    *,
    number: int | None = None,
    place: Place | None = None,
    article: bool = False,
    rough: bool = False,
) -> Unit:
    head = found[first]
    form = head.form if after == first + 1 else " ".join(token.form for token in found[first:after])
    return Unit(kind, value, form, head.start, found[after - 1].end, head.capital, number, place, article, rough)


def _fits_names(found: Sequence[Token], index: int, names: tuple[str, ...]) -> bool:
    fits = index + len(names) <= len(found)
    return fits and all(found[index + offset].form == name for offset, name in enumerate(names))


def _phrase(found: Sequence[Token], index: int, entry: Entry, closed: set[int]) -> tuple[Phrase | None, int]:
    """Return the longest phrase that begins here and the index behind it (behind its first word, if gapped)."""
    if index + 1 == len(found):
        return None, index
    third = found[index + 2].form if index + 2 < len(found) else ""
    for phrase in entry.going_on(found[index + 1].form) if entry.phrases else ():
        patterns = phrase.patterns
        size = len(patterns)
        if size == 2 or (third.startswith(patterns[2].rstrip("*")) and _fits(found, index + 2, patterns[2:])):
            return phrase, index + size
    for phrase in entry.gapped:
        # The words behind the gap are not read again.
        rest = phrase.rest
        stem = rest[0].rstrip("*")
        for begin in range(index + 1, min(index + _GAP, len(found) - len(rest) + 1)):
            form = found[begin].form
            if form in (";", ":"):
                break
            if form.startswith(stem) and _fits(found, begin, rest):
                closed.update(range(begin, begin + len(rest)))
                return phrase, index + 1
    return None, index


def _fits(found: Sequence[Token], index: int, patterns: Sequence[str]) -> bool:
    if index + len(patterns) > len(found):
        return False
    for pattern in patterns:
        form = found[index].form
        if form != pattern and not (pattern[-1] == "*" and form.startswith(pattern[:-1])):
            return False
        index += 1
    return True
