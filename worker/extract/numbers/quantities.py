"""How much a number says: exactly, at least, about; of a whole, in addition, each, as the rest."""

from __future__ import annotations

from worker.extract.grammar.clauses import Clauses
from worker.extract.grammar.units import Units

# Units between a number and the verb that says it was reached.
_GROWN_REACH = 4


def quantity(sentence: Units, index: int, number: int) -> tuple[int, int | None, str]:
    """Return (low, high, qualifier) of the number at `index`; `high` None is unbounded."""
    if sentence[index].kind == "vague":
        return number, None, "vague"
    lower = lower_end(sentence, index)
    if lower is not None:
        return lower, None, "at_least"
    if index + 1 < len(sentence) and sentence[index + 1].has("mark", "+"):
        return number, None, "at_least"
    for unit in reversed(sentence[max(0, index - 3) : index]):
        if unit.kind == "qualifier":
            if unit.value == "at_least":
                return number, None, "at_least"
            if unit.value == "more_than":
                return number + 1, None, "more_than"
            if unit.value == "up_to":
                if _grown(sentence, index):
                    return number, number, "exact"  # "rose to six", "до шести выросло"
                return 0, number, "up_to"
            return number, number, "about"
        if unit.kind in ("mark", "measure", "drone", "place", "number", "status") and not unit.has("mark", "."):
            break  # (a stop inside a sentence only ends an abbreviation)
    return number, number, "about" if sentence[index].rough else "exact"


def opens_range(sentence: Units, index: int) -> bool:
    """Tell whether a number is the lower end of a range."""
    if not index or index + 2 >= len(sentence) or sentence[index].kind != "number":
        return False
    return (
        sentence[index + 2].kind == "number"
        and sentence[index - 1].has("preposition", "from")
        and sentence[index + 1].has("qualifier", "up_to")
        and (sentence[index].number or 0) < (sentence[index + 2].number or 0)
        and not _grown(sentence, index)  # "rose from seven to eleven": both were counted
    )


def lower_end(sentence: Units, index: int) -> int | None:
    """Return the lower number of a range that ends at `index` ("between 20 and 25 drones", "two or three")."""
    if index < 2 or sentence[index].kind != "number" or sentence[index - 2].kind != "number":
        return None
    lower, joint = sentence[index - 2], sentence[index - 1]
    opened = index > 2 and sentence[index - 3].has("bound", "between")
    joined = joint.has("particle", "or") or joint.has("mark", "–") or (opened and joint.has("particle", "and"))
    joined = joined or opens_range(sentence, index - 2)
    if not joined or lower.number is None or lower.role == "time" or lower.article:
        return None
    return lower.number if lower.number < (sentence[index].number or 0) <= 2 * lower.number else None


def cues(sentence: Units, index: int, head: int | None, clauses: Clauses) -> tuple[bool, bool, bool, bool]:
    """Return whether words beside the number say (part, further, each, rest)."""
    part = further = rest = False
    each = sentence[index].has("number", "each")  # "as many"
    last = head if head is not None and head > index else index
    for position in range(max(0, index - 5), min(last + 6, len(sentence))):
        unit = sentence[position]
        if unit.kind != "particle" or (clauses.of[position] != clauses.of[index] and position > index):
            continue
        if any(
            other.kind == "number"
            for other in sentence[min(position, last) + 1 : max(position, index)]
            if other is not sentence[index]
        ):
            continue
        of_another = position < index and position and sentence[position - 1].kind == "number"
        if of_another and clauses.of[position] != clauses.of[index]:
            continue  # "29 of them were shot down, one man died"
        part = part or unit.value == "part"
        further = further or (unit.value in ("further", "others") and abs(position - index) <= 3)
        each = each or (unit.value == "each" and (position == index - 1 or position > index))
        rest = rest or (unit.value == "rest" and abs(position - index) <= 2)
    return part, further, each, rest


def _grown(sentence: Units, index: int) -> bool:
    """Tell whether a number is what another one rose to."""
    rises = [position for position in sentence.positions("status") if sentence[position].value == "grown"]
    if any(abs(position - index) <= _GROWN_REACH for position in rises):
        return True
    # "число погибших выросло до пяти, раненых – до 46"
    return index > 1 and sentence[index - 2].has("mark", "–") and any(position < index for position in rises)
