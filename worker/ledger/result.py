"""What a day or a week of one front comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from worker.ledger.crowd import Coverage
from worker.ledger.places import Regions
from worker.model import Cell, Check, JointCell, Measure


@dataclass(frozen=True, slots=True)
class Conflict:
    """A claim that could not be kept, why, and the claims it cannot be true together with.

    Reasons: `impossible_sum` (the same claimant's arithmetic), `contradicts` (a claimant with precedence).
    Each distinct wording is listed once, by its earliest appearance.
    """

    claim_id: str
    reason: str
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """A claim whose number looks like a slip of the pen, and those it looks like; no cell is changed by it.

    `kind`: `transposed` (804 for 840), `one_digit` (841 for 241), `factor_ten`.
    """

    claim_id: str
    kind: Literal["transposed", "one_digit", "factor_ten"]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetAside:
    """A claim that moved no cell and the named reason; each distinct wording once, by its earliest appearance.

    Reasons: `superseded`, `part_of_same` (a sub-type of a number already given), `floating`, `check`,
    `historic`, `record`, `planned`, `negated`, `mixed_weapon`, `missile`, `remainder`, `unquantified`, `crowded_out`,
    `impossible_period`, `impossible_quantity`. Contradicted ones are `Conflict`s.
    """

    claim_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Account:
    """What became of one distinct statement of a day, and who carries it.

    `claim_id` and `article_id` are those of its earliest appearance, `articles` and `outlets` count all that carry it.
    `verdict` is `counted`, or the reason of its `SetAside` or `Conflict`; `against` names the articles and claims that
    a contradicted one cannot be true together with, or that one whose number looks like a slip (`slip` says of which
    kind) should agree with.
    """

    claim_id: str
    article_id: str
    articles: int
    outlets: int
    verdict: str
    against: tuple[tuple[str, str], ...] = ()
    slip: str = ""


@dataclass(frozen=True, slots=True)
class DayResult:
    """All cells of one front and operational day; a pure function of the live entries.

    The whole front is the region with the defender's country code. `coverage` and `claims` are per region;
    `claims` holds one claim for each statement, the earliest that carries it; `articles` tells the article of
    each claim that a conflict or a slip names.
    """

    date: date
    cells: Mapping[tuple[str, Measure], Cell] = field(default_factory=dict)
    joints: Mapping[tuple[Regions, Measure], JointCell] = field(default_factory=dict)
    coverage: Mapping[str, Coverage] = field(default_factory=dict)
    claims: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    slips: tuple[Slip, ...] = ()
    articles: Mapping[str, str] = field(default_factory=dict)
    set_aside: tuple[SetAside, ...] = ()
    checks: Mapping[str, tuple[Check, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WeekResult:
    """The seven days that end with `last`, oldest first, and what stands behind them together."""

    last: date
    days: tuple[DayResult, ...]
    coverage: Mapping[str, Coverage]
