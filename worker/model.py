"""The vocabulary of the whole program: articles, claims, cells, tallies.

All types are frozen; times are timezone-aware UTC datetimes; every one has a name (`published_at`, `period`,
`as_of`). Nothing here reads a clock, an environment variable or a broker. Field names are those of the wire
contract (see `schemas/`).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, get_args

import msgspec

Measure = Literal[
    "launched",
    "intercepted",
    "suppressed",
    "neutralised",
    "hit",
    "hit_locations",
    "killed",
    "injured",
    "attack",
]
Weapon = Literal["drone", "decoy", "missile", "mixed"]
Qualifier = Literal["exact", "at_least", "more_than", "up_to", "about", "vague"]
Scope = Literal["total", "each", "rest", "affected"]
Status = Literal["current", "historic", "record", "cumulative", "planned", "negated"]
Basis = Literal["explicit", "relative", "lead", "anaphoric", "none"]
Precision = Literal["minute", "hour", "part_of_day", "day", "week", "month", "year"]
Field = Literal["title", "body"]
WindowSize = Literal["P1D", "P7D"]

MEASURES: tuple[Measure, ...] = get_args(Measure)
DRONE_MEASURES: tuple[Measure, ...] = ("launched", "intercepted", "suppressed", "neutralised", "hit")


class Struct(msgspec.Struct, frozen=True, kw_only=True):
    """Base of every message part: frozen, keyword-only, encoded in field order."""


class Article(Struct, frozen=True):
    """One published text as received on the input topic.

    `version` grows with each edit; `updated_at` is the time of that edit. `published_at` is None where the
    producer does not know it: then no relative expression of the text can be resolved.
    """

    id: str
    title: str = ""
    body: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    language: str | None = None
    source: str | None = None
    url: str | None = None
    version: int = 0


class Quantity(Struct, frozen=True):
    """A number as said: `low..high`, both inclusive; `high` None means unbounded."""

    low: int
    high: int | None
    qualifier: Qualifier


class Period(Struct, frozen=True):
    """The reported stretch of time, how it was found (`basis`) and how finely it was given (`precision`)."""

    start: datetime
    end: datetime
    basis: Basis
    precision: Precision


class Span(Struct, frozen=True):
    """Where a claim stands: Unicode code point offsets into a field of the article as received."""

    field: Field
    start: int
    end: int
    text: str


class Claim(Struct, frozen=True):
    """One quantified (or un-quantified) statement of one article about drone attacks.

    `regions` are ISO 3166-2 codes or `SEA-BLACK` / `SEA-AZOV`; empty means the whole front. `quantity` is None
    only for `attack`. `source` is who asserts the statement (`RU-MOD`, `UA-AF`, `local:<region>`, `media`).
    """

    claim_id: str
    measure: Measure
    weapon: Weapon
    quantity: Quantity | None
    attacker: str
    defender: str
    regions: tuple[str, ...]
    scope: Scope
    period: Period | None
    status: Status
    part_of: str | None
    source: str
    span: Span | None = None
    rule: str = ""

    @property
    def front(self) -> str:
        """The direction, attacker → defender, as `UA>RU`."""
        return f"{self.attacker}>{self.defender}"


class Edition(Struct, frozen=True, order=True):
    """Which of two messages about one article is the newer one; greater wins, whatever the order of arrival.

    `version`, then `at` (edit time, else publication; ISO 8601 UTC, "" if unknown), then `digest` (SHA-256 of
    the message's bytes, hex) decide. A withdrawal sorts behind every text of its version.
    """

    version: int
    withdrawn: bool = False
    at: str = ""
    digest: str = ""


FOR_GOOD = 2**53 - 1
"""The version of a withdrawal without a version of its own: above every text's (and exact in any JSON reader)."""


class ArticleClaims(Struct, frozen=True):
    """All claims of one edition of one article: over all fronts (`front` None) or about one front.

    `updated_at`, else `published_at`, dates the statements; undated ones float on the day of `published_at`, else of
    `received_at`. An empty `claims` retracts whatever an older edition said about the front.
    """

    article_id: str
    version: int = 0
    language: str = "und"
    published_at: datetime | None = None
    updated_at: datetime | None = None
    source: str = ""
    relevant: bool = False
    claims: tuple[Claim, ...] = ()
    front: str | None = None
    edition: Edition | None = None
    received_at: datetime | None = None

    @property
    def stated_at(self) -> datetime | None:
        """When the article said what it says: its edit, else its publication, else its arrival."""
        return self.updated_at or self.published_at or self.received_at


class Cell(Struct, frozen=True):
    """One (region, measure) of a window: what is certain, the figure to quote, what is possible."""

    low: int
    best: int | None
    high: int | None
    contested: bool = False
    floating: int = 0


class JointCell(Struct, frozen=True):
    """A cell over several regions together, sorted by code."""

    measure: Measure
    regions: tuple[str, ...]
    low: int
    best: int | None
    high: int | None
    contested: bool = False
    floating: int = 0


class Check(Struct, frozen=True, omit_defaults=True):
    """A total that enters no cell (a claimed week, a year so far), published beside the window it ends in.

    `regions` are those it counts together; empty means the whole front. `undated`: nobody says since when, and `start`
    and `end` are both the time at which it was first told.
    """

    claim_id: str
    measure: Measure
    low: int
    high: int | None
    source: str
    start: datetime
    end: datetime
    regions: tuple[str, ...] = ()
    undated: bool = False


class Window(Struct, frozen=True):
    """A stretch of local days in the configured zone; `date` is its last day, `end` is exclusive."""

    date: date
    size: WindowSize
    start: datetime
    end: datetime


class Tally(Struct, frozen=True):
    """The published value of all cells of one region, one front and one window: absolute, never a delta."""

    key: str
    region: str
    region_name: str
    front: str
    window: Window
    measures: dict[str, Cell]
    joint: tuple[JointCell, ...]
    articles: int
    outlets: int
    claimants: tuple[str, ...]
    languages: tuple[str, ...]
    claims: tuple[str, ...]
    checks: tuple[Check, ...] = ()
    revision: int = 0
    as_of: datetime | None = None
    final: bool = False


class Assertion(Struct, frozen=True):
    """One side of a conflict: who says what, in which words, printed by whom."""

    claim_id: str
    article_id: str
    outlet: str
    claimant: str
    measure: Measure
    regions: tuple[str, ...]
    quantity: Quantity | None
    period: Period | None
    published_at: datetime | None
    quote: str


class Conflict(Struct, frozen=True):
    """A claim that was set aside because it contradicts others, and those it contradicts."""

    claim: Assertion
    reason: str
    against: tuple[Assertion, ...]


class Slip(Struct, frozen=True):
    """A claim whose number looks like a slip of the pen beside those of the same claimant; nothing is changed by it."""

    claim: Assertion
    kind: Literal["transposed", "one_digit", "factor_ten"]
    against: tuple[Assertion, ...]


class ConflictReport(Struct, frozen=True):
    """All contradictions and likely slips of one front and day as they stand; empty lists say that they are settled."""

    key: str
    front: str
    date: date
    conflicts: tuple[Conflict, ...]
    slips: tuple[Slip, ...] = ()
    revision: int = 0
    as_of: datetime | None = None
