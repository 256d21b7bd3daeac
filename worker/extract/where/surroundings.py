"""A capital or another city together with the region around it ("over Kyiv and the region")."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from worker.extract.grammar.units import Units

# The capital of each country, and what lies around it.
CAPITALS = {"RU": (("RU-MOW",), ("RU-MOS", "RU-MOW")), "UA": (("UA-30",), ("UA-32",))}
# What "the region" is where a city that is a region of its own was named before.
AROUND: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("UA-30",): ("UA-32",),
    ("RU-MOW",): ("RU-MOS",),
    ("RU-SPE",): ("RU-LEN",),
}
# "The city" where its region was named before.
CITY_OF: Mapping[tuple[str, ...], tuple[str, ...]] = {around: city for city, around in AROUND.items()}
_REACH = 8  # units from a place to what is joined to it
_SHORT = 6  # letters of "the", "dans", "sowie"
_NUMBER_BEFORE = 30  # units from a place back to a number before it; one hostile sentence has thousands of places
_NUMBER_BEHIND = 3  # units from a place to a number of its own


def with_surroundings(sentence: Units, last: int) -> bool:
    """Tell whether a city and its region are meant ("over Kyiv and the region", "in the capital and in the region")."""
    joined = _joined(sentence, last)
    # Some languages know "in the region" as one phrase that says no more than "there".
    return joined is not None and (
        sentence[joined].has("head", "region")
        or (sentence[joined].has("particle", "there") and " " in sentence[joined].form)
    )


def with_capital(sentence: Units, last: int, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Add the capital that is named behind the region around it ("over the Kyiv region and the capital")."""
    joined = _joined(sentence, last) if len(codes) == 1 else None
    if joined is None or not sentence[joined].has("head", "capital"):
        return codes
    city = next((city for city, around in CAPITALS.values() if codes[0] in around), ())
    return tuple(sorted({*codes, *city}))


def just_outside(sentence: Units, first: int, codes: tuple[str, ...], near: Collection[str]) -> tuple[str, ...]:
    """What lies around a city that is a region of its own where a word says "just outside" it ("під Києвом").

    Its mayor means the city by that: he tells of those that flew to it.
    """
    if not near or not first or codes not in AROUND or sentence[first - 1].form not in near:
        return ()
    return () if any(unit.value == f"local:{codes[0]}" for unit in sentence.of("claimant")) else AROUND[codes]


def counted_apart(sentence: Units, first: int, last: int) -> bool:
    """Tell whether each of two places has a number: one before `first`, one behind `last`.

    "Ten were downed over Kyiv and in the region two people were hurt"
    """
    before, farthest = first - 1, max(0, first - _NUMBER_BEFORE)
    while before >= farthest and not sentence[before].has("mark", ",", ";", ":"):
        if _counts(sentence, before):
            return any(_counts(sentence, p) for p in range(last + 1, min(last + 1 + _NUMBER_BEHIND, len(sentence))))
        before -= 1
    return False


def _counts(sentence: Units, position: int) -> bool:
    unit, behind = sentence[position], sentence[position + 1 : position + 2]
    dated = bool(behind) and behind[0].kind in ("month", "year")
    return unit.kind in ("number", "vague") and unit.role != "time" and not (dated or unit.article)


def _joined(sentence: Units, last: int) -> int | None:
    """Where the word behind a place and "and (in the)" stands.

    None where it has a name of its own ("and the region of Odesa") or both have a number of their own.
    """
    reach = range(last + 1, min(last + _REACH, len(sentence)))
    after = [p for p in reach if sentence[p].kind != "word" or len(sentence[p].form) > _SHORT]
    if len(after) < 2 or not sentence[after[0]].has("particle", "and"):
        return None
    at = 2 if sentence[after[1]].has("preposition", "at") else 1
    if at + 1 < len(after) and sentence[after[at]].kind == "word" and not sentence[after[at]].capital:
        at += 1  # "the surrounding region"
    if at >= len(after) or counted_apart(sentence, last, after[at]):
        return None
    behind = after[at + 1 :]
    if behind and sentence[behind[0]].kind in ("word", "person") and not sentence[behind[0]].capital:
        behind = behind[1:]  # "la région voisine de Poltava"
    if behind and sentence[behind[0]].kind in ("particle", "preposition"):
        behind = behind[1:]
    return None if behind and sentence[behind[0]].kind == "place" else after[at]
