"""What both baselines do with what they found in a sentence: the nearest words decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from worker.extract.evaluation.evaluate import Statement
from worker.gazetteer import country_of

CASUALTIES = ("killed", "injured")


@dataclass(frozen=True)
class Found:
    """A number with its noun ("drone" or "people"), or a cue (a measure, a side, the past) or place, and where."""

    kind: str
    value: str
    at: int
    number: int = 0
    codes: tuple[str, ...] = ()


def statements(found: Sequence[Found], text: str) -> list[Statement]:
    """Turn numbers of one sentence into statements: nearest verb, nearest place behind, attacker by nation."""
    result: list[Statement] = []
    cues = [one for one in found if one.kind == "measure"]
    places = [one for one in found if one.kind == "place"]
    sides = {one.value for one in found if one.kind == "side"}
    past = any(one.kind == "past" for one in found)
    numbers = [one for one in found if one.kind == "number"]
    for index, number in enumerate(numbers):
        fitting = [cue for cue in cues if (cue.value in CASUALTIES) == (number.value == "people")]
        if not fitting:
            continue
        measure = min(fitting, key=lambda cue: abs(cue.at - number.at)).value
        following = numbers[index + 1].at if index + 1 < len(numbers) else len(text)
        behind = [place for place in places if number.at < place.at < following]
        codes = next((place.codes for place in behind or places), ())
        result.append(
            Statement(
                measure=measure,
                number=number.number,
                attacker=_attacker(sides, codes, measure),
                regions=frozenset("RU-MOS" if code == "RU-MOW" else code for code in codes if "-" in code),
                status="historic" if past else "current",
                text=text,
            )
        )
    return result


def _attacker(sides: set[str], codes: Sequence[str], measure: str) -> str:
    if codes and country_of(codes[0]) in ("RU", "UA"):
        return "UA" if country_of(codes[0]) == "RU" else "RU"
    if len(sides) == 1:
        return sides.pop()
    return "RU" if measure == "launched" else "UA"


def number_of(form: str, written: Mapping[str, int]) -> int | None:
    """Return the value of a number in digits or words."""
    digits = "".join(character for character in form if character.isdigit())
    if digits:
        return int(digits) if len(digits) < 7 else None
    return written.get(form.lower())
