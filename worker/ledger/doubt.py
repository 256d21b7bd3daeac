"""Newer numbers that are no news: what one outlet misread does not replace what the others print.

The newest value of a slot wins, since officials correct themselves. But claims are read by a program from outlets that
confuse figures, and a misread one is as new as its article.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from worker.ledger.statements import Statement
from worker.ledger.wording import family, is_military

SEVERAL: Final = 3
"""So many outlets do not print one wrong number independently of each other."""


def is_doubtful(statement: Statement, values: Sequence[Statement]) -> bool:
    """Whether another value of the slot is to be believed though it is older."""
    return statement.point is not None and any(
        _alone(statement, v) or _aside(statement, v) or _looser(statement, v) for v in values
    )


def _alone(statement: Statement, other: Statement) -> bool:
    """Whether only one outlet prints it, several the other.

    Counts on the spot grow: a larger one is heard at once. A bulletin of a military is final, or corrected for all.
    """
    grown = other.low < (statement.point or 0) and not (
        is_military(statement.claimant) and family(statement.measure) == "drones"
    )
    other_number = other.low == other.high != statement.point
    return other_number and not grown and statement.outlets == 1 and other.outlets >= SEVERAL


def _looser(statement: Statement, other: Statement) -> bool:
    """Whether it says only about how many drones a military counted ("nearly half of them"), the other exactly."""
    final = is_military(statement.claimant) and family(statement.measure) == "drones"
    return final and statement.low != statement.high and other.low == other.high


def _aside(statement: Statement, other: Statement) -> bool:
    """Whether it only stands beside the other in the same texts, which others print without it."""
    return (
        statement.low == statement.high
        and other.low == other.high
        and all(other.low in wording.beside for wording in statement.wordings)
        and any(statement.low not in wording.beside for wording in other.wordings)
    )


def few(outlets: Collection[str]) -> frozenset[str] | None:
    """All of the outlets that decides here: which they are while they are few."""
    return frozenset(outlets) if len(outlets) < SEVERAL else None
