"""How well claims agree with labels: precision, recall and F1 by language, measure and level.

Two levels: `value` is measure and number; `full` is also attacker, regions and status. Left out on both sides:
attacks without a number, places hit, missiles and mixed totals, plans and denials. A label `intercepted` may be
answered by `neutralised`; Moscow and its oblast are one place; a number said of each of several regions is one
statement per region.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from worker.model import Claim, Struct

Level = Literal["value", "full"]
LEVELS: tuple[Level, ...] = ("value", "full")
_LEFT_OUT_MEASURES = frozenset(("attack", "hit_locations"))
_LEFT_OUT_WEAPONS = frozenset(("missile", "mixed", "drone+missile"))
_STATUS = {"part": "current", "historical": "historic", "record": "historic"}


class Statement(Struct, frozen=True):
    """What is compared of a claim or label; `text` shows it to a person."""

    measure: str
    number: int
    attacker: str | None
    regions: frozenset[str]
    status: str
    text: str
    any_regions: bool = False


class Case(Struct, frozen=True):
    """One article: what was claimed and what a careful reader labelled."""

    article_id: str
    language: str
    claims: tuple[Claim, ...]
    labels: tuple[Statement, ...]


class Score(Struct, frozen=True):
    """Right, wrong and missed statements, and the usual ratios (0 where nothing is to divide by)."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of claims that are right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """The share of labels that were found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


class Difference(Struct, frozen=True):
    """A label without a claim, or a claim without a label, at one level."""

    article_id: str
    level: Level
    statement: Statement


class Evaluation(Struct, frozen=True):
    """Scores by (level, group), where a group is "all", a language, or a measure."""

    scores: dict[tuple[Level, str], Score]
    misses: tuple[Difference, ...]
    false_claims: tuple[Difference, ...]


def evaluate(cases: Iterable[Case]) -> Evaluation:
    """Compare claims with labels."""
    return evaluate_statements(
        (case.article_id, case.language, [told for claim in case.claims for told in of_claim(claim)], case.labels)
        for case in cases
    )


def evaluate_statements(
    texts: Iterable[tuple[str, str, Sequence[Statement], Sequence[Statement]]],
) -> Evaluation:
    """Compare what anything claims with labels; a text is its id, its language, what was claimed and labelled."""
    right: Counter[tuple[Level, str]] = Counter()
    wrong: Counter[tuple[Level, str]] = Counter()
    missed: Counter[tuple[Level, str]] = Counter()
    misses: list[Difference] = []
    false_claims: list[Difference] = []
    for article_id, language, claimed, wanted in texts:
        for level in LEVELS:
            rest = list(claimed)
            for label in wanted:
                match = next((claim for claim in rest if _agree(label, claim, level)), None)
                groups = ("all", language, label.measure)
                if match is None:
                    missed.update((level, group) for group in groups)
                    misses.append(Difference(article_id=article_id, level=level, statement=label))
                else:
                    rest.remove(match)
                    right.update((level, group) for group in groups)
            for claim in rest:
                wrong.update((level, group) for group in ("all", language, claim.measure))
                false_claims.append(Difference(article_id=article_id, level=level, statement=claim))
    keys = sorted(set(right) | set(wrong) | set(missed))
    scores = {key: Score(right=right[key], wrong=wrong[key], missed=missed[key]) for key in keys}
    return Evaluation(scores=scores, misses=tuple(misses), false_claims=tuple(false_claims))


def of_claim(claim: Claim) -> list[Statement]:
    """Return what is compared of a claim: one statement per region where the number is said of each."""
    quantity = claim.quantity
    left_out = claim.measure in _LEFT_OUT_MEASURES or claim.weapon in _LEFT_OUT_WEAPONS
    if quantity is None or left_out or claim.status in ("planned", "negated"):
        return []
    number = number_said(claim)
    if number is None:
        return []
    text = claim.span.text if claim.span is not None else ""
    return _spread(claim.measure, number, claim.attacker, claim.regions, claim.scope, status_said(claim), text)


def number_said(said: Claim | Mapping[str, Any]) -> int | None:
    """The number of a claim or label as it was said, None where it is vague or there is none."""
    if isinstance(said, Claim):
        quantity = said.quantity
        return _number(quantity.low, quantity.high, quantity.qualifier) if quantity is not None else None
    labelled = said.get("quantity")
    if labelled is not None:
        return _number(labelled["low"], labelled["high"], labelled["qualifier"])
    count: int | None = said.get("count") if said.get("count") is not None else said.get("count_max")
    return count


def status_said(said: Claim | Mapping[str, Any]) -> str:
    """The status of a claim or label as it is compared: a part is current, a record historic."""
    status = said.status if isinstance(said, Claim) else said.get("status") or said.get("kind") or "current"
    return _STATUS.get(status, status)


def labels(raw: Mapping[str, Any]) -> tuple[Statement, ...]:
    """Return what is compared of a labelled article: labels with `quantity` and `status`, or with `count` and `kind`.

    Raises:
        KeyError: a label lacks a field that both forms need.
    """
    found: list[Statement] = []
    for label in raw.get("claims", ()):
        left_out = label["measure"] in _LEFT_OUT_MEASURES or label.get("weapon", "drone") in _LEFT_OUT_WEAPONS
        status = status_said(label)
        if left_out or status in ("planned", "negated"):
            continue
        number = number_said(label)
        if number is None:
            continue
        text = label.get("text") or label.get("evidence") or ""
        statements = _spread(
            label["measure"], number, label["attacker"], label.get("regions") or (), label["scope"], status, text
        )
        if label.get("region_cut_off"):
            statements = [msgspec.structs.replace(statement, any_regions=True) for statement in statements]
        found.extend(statements)
    return tuple(found)


def _spread(
    measure: str, number: int, attacker: str | None, regions: Sequence[str], scope: str, status: str, text: str
) -> list[Statement]:
    shares = [[region] for region in regions] if scope == "each" and len(regions) > 1 else [list(regions)]
    return [
        Statement(
            measure="intercepted" if measure == "neutralised" else measure,
            number=number,
            attacker=attacker,
            regions=frozenset(
                "RU-MOS" if region == "RU-MOW" else region for region in share if region not in ("RU", "UA")
            ),
            status=status,
            text=text,
        )
        for share in shares
    ]


def _number(low: int, high: int | None, qualifier: str) -> int | None:
    """The number as said: "more than 100" is 101 or more, and was said as 100."""
    if qualifier == "more_than":
        return low - 1
    if qualifier == "up_to":
        return high
    return None if qualifier == "vague" else low


def _agree(label: Statement, claim: Statement, level: Level) -> bool:
    if (label.measure, label.number) != (claim.measure, claim.number):
        return False
    if level == "value":
        return True
    return (
        label.attacker in (None, claim.attacker)
        and (label.any_regions or label.regions == claim.regions)
        and label.status == claim.status
    )
