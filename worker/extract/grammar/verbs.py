"""Which word of a sentence says what happened to the things a number counts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from itertools import pairwise

from worker.extract.grammar.clauses import Clauses
from worker.extract.grammar.units import Units
from worker.lexicon import Grammar

DRONE_MEASURES = ("launched", "intercepted", "suppressed", "neutralised", "hit")
CASUALTIES = ("killed", "injured")


def nearest_care(sentence: Units, index: int, clauses: Clauses) -> int | None:
    """The nearest word for hospital or doctors in the clause of the people at `index`."""
    spots = [position for position in sentence.positions("care") if clauses.of[position] == clauses.of[index]]
    return min(spots, key=lambda position: abs(position - index), default=None)


# Units of a list of numbers with their places before one verb, and what may stand in it.
_LONGEST_LIST = 40
_LISTED = frozenset(("word", "place", "preposition", "head", "drone", "nation", "particle", "unit", "qualifier"))
# Before a number and behind it; one that stands further off is another's, and a long list asks for each of its numbers.
_MOST_VERBS = 12
# Units from "not" to its verb ("could not be shot down").
_DENIAL_REACH = 4
# Units between "or" and the second of two verbs.
_LONGEST_MANNER = 4
# Units from who strikes to the verb; what may stand between the verb and the number of drones.
_STRIKER = 3
_STRUCK_WITH = frozenset(("nation", "place", "word", "head", "qualifier", "particle", "part"))
_OWNING = ("-adjective", "-genitive")
# Units from a number of drones to what became of them.
_WAVE = 8


def fuse_measures(sentence: Units) -> None:
    """One number said of two measures together is of the measure `neutralised`."""
    for index, second in pairwise(sentence.positions("measure")):
        unit, joint, other = sentence[index], sentence[index + 1], sentence[second]
        if _joined(sentence, index, second) and (joint.has("particle", "or", "and") or joint.has("mark", "/")):
            pair = {unit.value, other.value}
            jammed_both = joint.has("particle", "and") and _by_jammers(sentence, second)
            if pair == {"intercepted", "suppressed"} and jammed_both:
                unit.value = other.value = "suppressed"
            elif (
                pair == {"intercepted", "suppressed"}
                or ("neutralised" in pair and pair <= set(DRONE_MEASURES[1:4]))
                or (pair == {"intercepted"} and joint.has("particle", "or") and _by_jammers(sentence, second))
            ):
                unit.value = other.value = "neutralised"
                unit.role = other.role = "joint"


def _by_jammers(sentence: Units, at: int) -> bool:
    """Tell whether the second of two verbs was done by jammers alone ("shot down or intercepted by jammers")."""
    behind = sentence[at + 1 : at + _LONGEST_MANNER]
    manner = next((unit.kind for unit in behind if unit.kind in ("jamming", "defence")), None)
    return manner == "jamming"


def _joined(sentence: Units, first: int, second: int) -> bool:
    """Tell whether two verbs have one number: only how the second was done stands between ("or by jammers …")."""
    between = sentence[first + 2 : second]
    return len(between) <= _LONGEST_MANNER and all(
        unit.kind in ("word", "jamming", "defence") or unit.has("preposition", "by") for unit in between
    )


def nearest_verb(
    sentence: Units,
    index: int,
    clauses: Clauses,
    allowed: Sequence[str],
    *,
    same_only: bool = False,
    ahead_first: bool = False,
) -> int | None:
    """The nearest word of an allowed measure: own clause, then backwards, then ahead (or the other way round)."""
    own = clauses.of[index]
    told = sentence.positions("measure")
    near = bisect_left(told, index)
    told = told[max(0, near - _MOST_VERBS) : near + _MOST_VERBS]
    spots = [position for position in told if sentence[position].value in allowed]
    same = [position for position in spots if clauses.of[position] == own]
    if index + 1 in same and sentence[index + 1].value == "hit":
        return index + 1
    spots = [position for position in spots if not _hits_of_another(sentence, index, position)]
    same = [position for position in same if not _hits_of_another(sentence, index, position)]
    if same:
        # What stands further off on the same side has no fewer numbers before it.
        nearest = (*[position for position in same if position <= index][-1:], *[p for p in same if p > index][:1])
        return min(nearest, key=lambda position: (_crossed(sentence, index, position), abs(position - index)))
    if same_only or not spots:
        jam = [position for position in sentence.positions("jamming") if clauses.of[position] == own]
        return jam[0] if jam and "suppressed" in allowed else None
    stops = [position for position in sentence.positions("mark") if sentence[position].value == ";"]
    reached = [p for p in spots if not any(min(p, index) < stop < max(p, index) for stop in stops)]
    behind = [position for position in reached or spots if position < index]
    ahead = [position for position in reached or spots if position > index]
    first, second = (ahead, behind) if ahead_first else (behind, ahead)
    if first:
        return first[0] if first is ahead else first[-1]
    return second[0] if second is ahead else second[-1]


def _hits_of_another(sentence: Units, index: int, position: int) -> bool:
    """Tell whether hits are counted by a number of their own ("49 drones and 13 hits")."""
    before = sentence[position - 1] if position else None
    ahead = sentence[position + 1 : position + 3]
    if sentence[position].value in CASUALTIES and len(ahead) == 2 and ahead[0].has("particle", "of"):
        counted = ahead[1].kind == "number" and not ahead[1].article and index != position + 2
        if counted and abs(index - position) > 1:
            return True  # "four were rescued and the bodies of two recovered"
    if (
        sentence[position].value == "hit"
        and index < position
        and before is not None
        and before.has("particle", "exist")
        and any(unit.has("mark", ",") for unit in sentence[index + 1 : position])
    ):
        return True  # "142 drones, there are hits"
    return (
        sentence[position].value == "hit"
        and before is not None
        and position - 1 != index
        and before.kind == "number"
        and before.role in ("", "claim")
    )


def _crossed(sentence: Units, index: int, position: int) -> int:
    """How many other numbers stand between a number and a verb."""
    first, last = min(index, position), max(index, position)
    numbers = sentence.positions("number")
    between = numbers[bisect_right(numbers, first) : bisect_left(numbers, last)]
    return sum(sentence[number].role != "time" for number in between)


def behind_relative_clause(sentence: Units, index: int, at: int, clauses: Clauses) -> int:
    """The main verb behind "…, which attacked, …": a launch told in passing is not what the number counts."""
    own = clauses.of[index]
    if sentence[at].value == "launched" and at == index - 1:
        return _fate_of_wave(sentence, index) or at
    if sentence[at].value != "launched" or at < index or clauses.of[at] > own + 2:
        return at
    if at + 1 < len(sentence) and sentence[at + 1].has("preposition", "by"):
        before = _fate_before(sentence, index)
        if before is not None:
            return before
    # "15 drones that Russia launched hit their targets": a restrictive clause ends before the main verb.
    restrictive = clauses.of[at] == own + 1 and any(unit.kind == "clause" for unit in sentence[index + 1 : at])
    fates = DRONE_MEASURES[1:] if restrictive else DRONE_MEASURES[1:4]
    for position in range(at + 1, len(sentence)):
        unit = sentence[position]
        if (unit.kind in ("number", "mark", "clause") and not unit.article) or unit.has("particle", "and", "part"):
            break
        if unit.has("measure", *fates):
            if _counts_another(sentence, position):
                break
            return position
    if clauses.of[at] == own:
        return at
    for position in range(at + 1, len(sentence)):
        unit = sentence[position]
        if unit.kind == "number" and unit.role != "time":
            break
        if unit.has("measure", *DRONE_MEASURES[1:]) and clauses.of[position] <= clauses.of[at] + 1:
            return position if clauses.of[position] != clauses.of[at] else at
    return at


def _fate_of_wave(sentence: Units, index: int) -> int | None:
    """What became of drones that a noun brings up ("the first wave of nine drones was shot down")."""
    ahead = range(index + 1, min(index + _WAVE, len(sentence)))
    drone = next((position for position in ahead if sentence[position].kind == "drone"), None)
    fate = next(
        (p for p in ahead if drone is not None and p > drone and sentence[p].kind not in ("word", "idle")), None
    )
    if fate is None or not sentence[fate].has("measure", *DRONE_MEASURES[1:4]) or _counts_another(sentence, fate):
        return None
    return fate


def _counts_another(sentence: Units, fate: int) -> bool:
    """Tell whether a number stands right behind a fate, of which it is then told ("launched 120, shot down 90")."""
    behind = sentence[fate + 1] if fate + 1 < len(sentence) else None
    return behind is not None and behind.kind == "number" and behind.role != "time" and not behind.article


def _fate_before(sentence: Units, index: int) -> int | None:
    """The verb of a fate that leads to a number far behind it ("shot down, over A and B, 38 drones sent by …")."""
    for position in range(index - 1, -1, -1):
        unit = sentence[position]
        if unit.has("measure", *DRONE_MEASURES[1:4]):
            return position
        counted = unit.kind == "number" and unit.role != "time" and not unit.article
        if counted or unit.kind in ("clause", "measure", "drone", "attack") or unit.has("mark", ";", ":", ".", "("):
            return None
    return None


def _has_number_behind(sentence: Units, at: int, clauses: Clauses) -> bool:
    """Tell whether a verb has a number of its own right behind it, and no noun ("…, shot down: 61")."""
    for position in range(at + 1, min(at + 3, len(sentence))):
        unit = sentence[position]
        if clauses.of[position] != clauses.of[at] or unit.kind not in ("word", "number", "mark"):
            return False
        if unit.kind == "number" and not unit.article and unit.role != "time":
            after = sentence[position + 1] if position + 1 < len(sentence) else None
            return after is None or after.kind == "mark" or after.has("particle", "and", "part")
    return False


def _of_place_before(sentence: Units, position: int) -> bool:
    """Tell whether a number stands behind its place ("over Kursk – 12", "Bryansk (4 drones)")."""
    mark, before = sentence[position - 1], sentence[position - 2] if position > 1 else None
    if mark.has("mark", ":") and before is not None and before.kind == "mark":
        before = sentence[position - 3] if position > 2 else None  # the name of a drone in quotes
    if mark.has("mark", "(") or (mark.has("mark", ":") and (before is None or before.kind != "drone")):
        return True
    return mark.has("mark", "–") and before is not None and before.kind in ("place", "head", "unit", "nation", "word")


def nearest_attack(
    sentence: Units, index: int, clauses: Clauses, *, same: bool, raids: Collection[str] = ()
) -> int | None:
    """Return the index of the nearest word for an attack, in the same clause only if `same`.

    `raids` are words for attacks that are counted as a rule: such a one right before a number says who came.
    """
    if index and sentence[index - 1].form in raids:
        return index - 1
    spots = sentence.positions("attack")
    if same:
        spots = [position for position in spots if clauses.of[position] == clauses.of[index]]
    return min(spots, key=lambda position: abs(position - index), default=None)


def jammed(sentence: Units, at: int, clauses: Clauses, index: int = 0) -> str:
    """What was shot down "by electronic warfare" was suppressed; by it and by guns together: neutralised.

    What a country strikes with, counted at `index`, was sent.
    """
    value = sentence[at].value
    if strikes_with(sentence, at, index):
        return "launched"
    own = clauses.of[at]
    if value in ("intercepted", "neutralised") and _denied(sentence, at, clauses):
        return "hit"
    defended = any(clauses.of[position] == own for position in sentence.positions("defence"))
    if value == "hit" and (defended or _acts(sentence, at, clauses)):
        return "intercepted"
    if sentence[at].kind == "jamming":
        return "suppressed"
    if (
        value in ("intercepted", "suppressed", "neutralised")
        and sentence[at].role != "joint"
        and any(clauses.of[position] == own for position in sentence.positions("jamming"))
    ):
        defended = defended or _listed_with_guns(sentence, at, own, clauses)
        return "neutralised" if defended and value != "suppressed" else "suppressed"
    return value


def told_of(sentence: Units, index: int, number: int, at: int, clauses: Clauses, grammar: Grammar) -> str:
    """What the verb at `at` tells of `number` drones at `index`.

    A verb in the singular before several has another subject, which struck with them ("противник ударил 12 дронами").
    """
    several = number > 1 and number % 10 != 1 and at < index  # "ударил 21 дрон" may agree
    if several and sentence[at].value == "hit" and sentence[at].form in grammar.strikes:
        sentence[at].value = "launched"  # for whoever looks at the verb again
    return jammed(sentence, at, clauses, index)


def _listed_with_guns(sentence: Units, at: int, own: int, clauses: Clauses) -> bool:
    """Tell whether jammers end a list of who shot down, which commas part ("the air force, jammers … downed 11")."""
    jammer = next(position for position in sentence.positions("jamming") if clauses.of[position] == own)
    return any(
        clauses.of[position] < own
        and not any(unit.kind in ("measure", "number", "clause", "report") for unit in sentence[position:jammer])
        for position in sentence.positions("claimant", "defence")
        if position < min(jammer, at)
    )


def _denied(sentence: Units, at: int, clauses: Clauses) -> bool:
    """Tell whether a verb is denied ("17 were not intercepted"): what was not stopped got through."""
    for position in range(at - 1, max(at - _DENIAL_REACH, -1), -1):
        unit = sentence[position]
        if clauses.of[position] != clauses.of[at] or unit.kind not in ("word", "particle", "preposition"):
            return False
        if unit.has("particle", "no"):
            return not sentence[position + 1].has("particle", "only")
    return False


def strikes_with(sentence: Units, at: int, index: int) -> bool:
    """Tell whether a country strikes another with so many drones ("Russia hit Ukraine with 88 drones").

    Then they were sent; how many of them got through is not said.
    """
    if sentence[at].value != "hit" or not at + 1 < index <= at + _WAVE:
        return False
    before = next((unit for unit in reversed(sentence[max(0, at - _STRIKER) : at]) if unit.kind != "word"), None)
    between = sentence[at + 1 : index]
    struck = next((unit for unit in between if unit.kind not in ("word", "head", "particle")), None)
    return (
        before is not None
        and before.kind in ("nation", "claimant", "place")
        and not before.value.endswith(_OWNING)
        and struck is not None
        and struck.kind == "nation"
        and not struck.value.endswith(_OWNING)
        and all(unit.kind in _STRUCK_WITH for unit in between)
    )


def destroys(sentence: Units, head: int | None, at: int) -> bool:
    """Tell whether a single drone is what destroys ("a drone destroyed a house"), not what is destroyed."""
    if head is None or at != head + 1 or sentence[at].value != "intercepted" or at + 1 >= len(sentence):
        return False
    after = sentence[at + 1]
    return after.kind in ("unit", "person", "word") or (after.kind == "number" and after.article)


def _acts(sentence: Units, at: int, clauses: Clauses) -> bool:
    """Tell whether an air defence before an insertion in commas is the subject of the verb behind it."""
    own = clauses.of[at]
    before = [position for position in range(at) if clauses.of[position] == own - 2]
    between = [sentence[position] for position in range(at) if clauses.of[position] >= own - 2]
    return any(sentence[position].kind == "defence" for position in before) and not any(
        unit.kind in ("measure", "drone") for unit in between
    )


def _ends_list(sentence: Units, index: int, at: int) -> bool:
    """Tell whether a verb ends a list of numbers with places ("42 drones over A and twelve over B were downed")."""
    if at <= index or at - index > _LONGEST_LIST or sentence[at].value not in DRONE_MEASURES[1:4]:
        return False
    numbers = [p for p in sentence.positions("number") if index <= p < at and sentence[p].role in ("", "claim")]
    if len(numbers) < 2 or numbers[0] != index:
        return False
    for number, following in pairwise((*numbers, at)):
        own = sentence[number + 1 : following]
        placed = any(unit.has("preposition", "at") for unit in own) and any(unit.kind == "place" for unit in own)
        if not placed or not all(unit.kind in _LISTED or unit.has("mark", ",") for unit in own):
            return False
        if any(unit.has("particle", "part", "of", "no") for unit in own):
            return False
    return True


def has_its_own_number(sentence: Units, index: int, at: int, clauses: Clauses) -> bool:
    """Tell whether a verb of a later clause says what happened to another number ("62 drones overnight, 48 downed")."""
    if _ends_list(sentence, index, at):
        return False
    if clauses.of[at] > clauses.of[index] and _has_number_behind(sentence, at, clauses):
        return True
    own = clauses.of[index]
    # "They spotted 190 drones, of which 162 were downed over Voronezh": what was spotted came, and a part was downed.
    spotted = any(sentence[p].value == "counted" and clauses.of[p] == own for p in sentence.positions("report"))
    return clauses.of[at] > own and any(
        index < position < at
        and clauses.of[position] > own
        and (spotted or at == position + 1 or not sentence[position - 1].has("particle", "part"))
        and not _of_place_before(sentence, position)
        and sentence[position].role != "time"
        and not sentence[position].article
        and not any(unit.kind == "weapon" for unit in sentence[position + 1 : position + 3])
        for position in sentence.positions("number")
    )
