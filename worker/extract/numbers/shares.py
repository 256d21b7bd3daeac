"""Numbers that are not said but reckoned from another one: "all but two", "half of the 80", "two thirds of them"."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.grammar.units import Unit, Units

# Words that say a share, and by what it divides the whole.
SHARES = {"half": 2, "third": 3, "quarter": 4}
# Units between a share and the number it is a share of, where that follows.
_REACH = 14
_LONGEST_ARTICLE = 3
# Letters of "were", "wurden", "було".
_AUXILIARY = 6
_FATES = ("intercepted", "suppressed", "neutralised")
_SOME_PLACES = (1, 2)
# Units from "all" to its verb, and of what commas insert between.
_LONGEST_SUBJECT = 7
_LONGEST_INSERTION = 7
_COMMAS = 2
_UNINSERTED = ("measure", "number", "vague", "clause")


def all_but(sentence: Units, index: int, before: Sequence[int], earlier: int | None) -> int | None:
    """Return the whole less the number at `index` ("all but two of the 16"), None if it is not said so.

    `before` are the counts of the sentence so far, `earlier` is the last count of the sentences before.
    """
    if not index or not sentence[index - 1].has("particle", "but"):
        return None
    number = sentence[index].number
    if number is None:
        return None  # "all but a few"
    following = [
        sentence[p]
        for p in sentence.positions("number")
        if index < p <= index + _REACH
        and sentence[p - 1].kind in ("particle", "word")
        and len(sentence[p - 1].form) < 7
    ]
    said = [unit.number for unit in following if unit.role != "time" and unit.number is not None]
    whole = next((one for one in (*said, *reversed(before), earlier) if one is not None and one > number), None)
    return None if whole is None else whole - number


def all_of(sentence: Units, index: int, before: Sequence[int], earlier: int | None) -> int | None:
    """Return the whole that "all" at `index` stands for ("All of them were shot down"), None if it is not said so."""
    before_all = sentence[index - 1] if index else None
    if before_all is not None and (
        before_all.kind == "qualifier" or before_all.has("particle", "no") or before_all.has("preposition", "at")
    ):
        return None  # "not all", "almost all" (where no number follows, "almost" is read like "over")
    if _ends_verb(sentence, index):
        return max(before, default=None)  # the text before may tell of another place, or of the other side
    ahead = _without_insertion(sentence, index + 1)[: _LONGEST_SUBJECT - 1]
    for unit in ahead:
        if unit.kind == "measure":
            return max(before) if before else earlier
        auxiliary = unit.kind == "word" and len(unit.form) <= _AUXILIARY
        if not (
            auxiliary
            or unit.kind in ("drone", "nation")
            or unit.has("particle", "of", "them", "part", "both", "exist", "were")
        ):
            return None
    return None


def _without_insertion(sentence: Units, first: int) -> list[Unit]:
    """The units from `first` on, without who says so between commas ("all of them, he says, were shot down").

    An exception or a doubt ("all of them, save a few, …") is left where it stands.
    """
    ahead = list(sentence[first : first + _LONGEST_SUBJECT + _LONGEST_INSERTION])
    commas = [at for at, unit in enumerate(ahead) if unit.has("mark", ",")][:2]
    inserted = ahead[commas[0] : commas[1]] if len(commas) == _COMMAS else []
    said = any(unit.kind in ("claimant", "report") or unit.has("preposition", "by") for unit in inserted)
    if not said or any(unit.kind in _UNINSERTED or unit.has("particle", "but") for unit in ahead[: commas[1]]):
        return ahead
    return ahead[: commas[0]] + ahead[commas[1] + 1 :]


def _ends_verb(sentence: Units, index: int) -> bool:
    """Tell whether "all" is the object of the verb before it ("24 came, all were shot down", "destroyed all drones").

    Near one or two places, or a town that is not named, they are only all that came there.
    """
    at = index - 1 - (index > 1 and sentence[index - 1].has("particle", "them"))  # "сбили их все"
    verb = sentence[at] if index else None
    if verb is None or not verb.has("measure", *_FATES) or " " in verb.form:
        return False  # "відпрацювали по всіх": at all, with whatever success
    if len(sentence.positions("place")) in _SOME_PLACES or sentence.any("head"):
        return False
    after = sentence[index + 1] if index + 1 < len(sentence) else None
    return after is None or after.kind in ("drone", "mark") or after.has("particle", "them", "part")


def _is_whole(sentence: Units, index: int) -> bool:
    """Tell whether "of", "all" or an article stands before a number ("all 23", "of the 16")."""
    before = sentence[index - 1]
    return before.kind == "particle" or (before.kind == "word" and len(before.form) <= _LONGEST_ARTICLE)


def is_numerator(sentence: Units, index: int) -> bool:
    """Tell whether a number says how many parts are meant ("two thirds")."""
    after = sentence[index + 1] if index + 1 < len(sentence) else None
    return after is not None and after.kind == "particle" and after.value in SHARES


def share(sentence: Units, index: int, before: Sequence[int], earlier: int | None) -> int | None:
    """Return the number that "half" or "a third" at `index` stands for, rounded; None without a whole."""
    divisor = SHARES.get(sentence[index].value)
    if divisor is None:
        return None
    parts = (sentence[index - 1].number or 1) if index and sentence[index - 1].kind == "number" else 1
    whole: int | None = None
    for unit in sentence[index + 1 : index + _REACH]:
        if unit.kind in ("measure", "mark"):
            break
        if unit.kind == "number" and unit.role != "time":
            whole = unit.number
            break
    if whole is None:
        whole = before[-1] if before else earlier
    return None if whole is None or whole <= parts else (2 * whole * parts + divisor) // (2 * divisor)
