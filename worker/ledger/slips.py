"""Numbers that look like slips of the pen: found for people, never corrected, since a slip may be right.

840 printed as 804 is a slip, 805 corrected to 810 is news. Only the figures of one claimant are compared: copies of
one statement have to agree, sides of a war have not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, Literal, NamedTuple

from worker.ledger.places import FRONT
from worker.ledger.result import Slip
from worker.ledger.statements import Statement
from worker.ledger.wording import TELLING

Kind = Literal["transposed", "one_digit", "factor_ten"]
MOST_PARTS: Final = 10
_COPIES: Final = 3
"""So many outlets must agree before another last digit is a slip of one: interim figures differ by little."""


class Pair(NamedTuple):
    """A number and what it looks like: another figure of the same slot, or the parts that should add up to it."""

    kind: Kind
    one: Statement
    others: tuple[Statement, ...]


def likeness(one: int, other: int) -> Kind | None:
    """How two different numbers of two digits and more may come from one another by a slip; None: not at all."""
    if one == other or min(one, other) < 10:
        return None
    if one * 10 == other or other * 10 == one:
        return "factor_ten"
    first, second = str(one), str(other)
    if len(first) != len(second):
        return None
    differing = [i for i, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    if len(differing) == 1 and len(first) > 2:
        return "one_digit"
    if len(differing) == 2 and differing[1] == differing[0] + 1:
        i, j = differing
        if (first[i], first[j]) == (second[j], second[i]):
            return "transposed"
    return None


def pairs(stated: Sequence[Statement]) -> list[Pair]:
    """All pairs of a family of measures that may be a slip; who prints them decides afterwards."""
    exact = sorted((s for s in stated if s.low == s.high), key=lambda s: s.order)
    found: list[Pair] = []
    alike: dict[tuple[object, ...], list[Statement]] = {}
    for statement in exact:
        alike.setdefault(statement.slot[:5], []).append(statement)
    for group in alike.values():
        for one, other in combinations(group, 2):
            kind = likeness(one.low, other.low)
            if kind and one.period[0] < other.period[1] and other.period[0] < one.period[1]:
                found.append(Pair(kind, one, (other,)))
    return found + list(_sums(exact))


def _sums(exact: Sequence[Statement]) -> Iterator[Pair]:
    """Totals beside a whole list of regions that adds up to what the total looks like."""
    lists: dict[tuple[object, ...], list[Statement]] = {}
    for statement in exact:
        if statement.regions != FRONT and not statement.rest:
            lists.setdefault((statement.claimant, statement.measure, statement.decoy, statement.period), []).append(
                statement
            )
    for total in exact:
        if total.regions == FRONT and total.low >= TELLING:
            parts = lists.get((total.claimant, total.measure, total.decoy, total.period), ())
            named = [region for part in parts for region in part.regions]
            kind = likeness(total.low, sum(part.low for part in parts))
            if len(parts) > 2 and len(named) == len(set(named)) and kind and kind != "one_digit":
                yield Pair(kind, total, tuple(parts))


def slips(found: Sequence[Pair], told: set[str]) -> list[tuple[Slip, tuple[Statement, ...]]]:
    """Which of the pairs are slips now, each claim once and none that is `told` as a conflict already.

    The number that fewer outlets print is the slip, of equally many the later; it is settled when every outlet that
    printed it prints the other.
    """
    listed: list[tuple[Slip, tuple[Statement, ...]]] = []
    known = set(told)
    for kind, one, others in found:
        slip, meant = one, others
        if len(others) == 1:
            slip, meant = _sides(one, others[0])
            if not _stands(kind, slip, meant[0]):
                continue
        claim_id = slip.first.claim_id
        if claim_id not in known:
            known.add(claim_id)
            against = tuple(sorted(s.first.claim_id for s in meant[:MOST_PARTS]))
            listed.append((Slip(claim_id, kind, against), (slip, *meant[:MOST_PARTS])))
    return listed


def _sides(one: Statement, other: Statement) -> tuple[Statement, tuple[Statement, ...]]:
    def rank(s: Statement) -> tuple[int, float, str]:
        outlets = len(s.crowds[0].outlets) if len(s.crowds) == 1 else s.outlets
        return (outlets, -s.first.at.timestamp(), s.first.claim_id)

    return (one, (other,)) if rank(one) < rank(other) else (other, (one,))


def _stands(kind: Kind, slip: Statement, meant: Statement) -> bool:
    prints = {outlet for crowd in slip.crowds for outlet in crowd.outlets}
    if all(any(outlet in crowd.outlets for crowd in meant.crowds) for outlet in prints):
        return False
    last_digit = kind == "one_digit" and slip.low // 10 == meant.low // 10
    return not last_digit or (len(prints) == 1 and meant.outlets >= _COPIES and meant.first.at < slip.first.at)
