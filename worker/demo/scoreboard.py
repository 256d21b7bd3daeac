"""What the tally topics say so far, arranged for an audience: pure bookkeeping, no broker and no terminal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from worker.demo.script import quote
from worker.model import MEASURES, ArticleClaims, Cell, Claim, JointCell, Struct, Tally

_ORDER: dict[str, int] = {measure: place for place, measure in enumerate(MEASURES)}


class Ground(Struct, frozen=True):
    """A claim that a number rests on, with the outlet that printed it and its sentence."""

    claim: Claim
    outlet: str
    sentence: str


class Row(Struct, frozen=True):
    """One number on the board; `changed` counts up with every change of any number."""

    key: tuple[str, ...]
    date: date
    front: str
    place: str
    measure: str
    low: int
    best: int | None
    high: int | None
    contested: bool
    joint: bool
    claimants: tuple[str, ...]
    ground: Ground | None
    changed: int

    @property
    def value(self) -> tuple[int, int | None, int | None, bool]:
        """What makes it another number than before."""
        return self.low, self.best, self.high, self.contested


def figure(low: int, best: int | None, high: int | None) -> str:
    """Write low, best and high shortly: `26`, `26 (20–30)`, `1–157`, `24 or more`."""
    span = f"{low} or more" if high is None else str(low) if low == high else f"{low}–{high}"
    return span if best is None or low == high else f"{best} ({span})"


class Scoreboard:
    """The newest tally of every key, and the claims they name.

    Args:
        texts: the articles' fields by id and version, for sentences around the quoted words.
    """

    def __init__(self, texts: Mapping[tuple[str, int], Mapping[str, str]]) -> None:
        self._texts = texts
        self._tallies: dict[str, Tally] = {}
        self._grounds: dict[str, Ground] = {}
        self._values: dict[tuple[str, ...], object] = {}
        self._changed: dict[tuple[str, ...], int] = {}
        self._changes = 0

    def take_claims(self, claims: ArticleClaims) -> None:
        """Remember the claims of one article."""
        text = self._texts.get((claims.article_id, claims.version), {})
        for claim in claims.claims:
            span = claim.span
            sentence = ""
            if span is not None:
                whole = text.get(span.field)
                sentence = quote(whole, span.start, span.end) if whole else span.text
            self._grounds[claim.claim_id] = Ground(claim=claim, outlet=claims.source, sentence=sentence)

    def take_tally(self, key: str, tally: Tally | None) -> None:
        """Put a tally in the place of the one with the same key; None takes it off the board."""
        if tally is None:
            self._tallies.pop(key, None)
            return
        self._tallies[key] = tally
        for measure, cell in tally.measures.items():
            self._note((key, measure), cell)
        for joint in tally.joint:
            self._note((key, joint.measure, *joint.regions), joint)

    def rows(self) -> list[Row]:
        """List every number that a claim speaks of: newest day first, then front, whole front first, regions."""
        found: list[Row] = []
        joint_seen: set[tuple[object, ...]] = set()
        for key in sorted(self._tallies, key=self._place_of):
            tally = self._tallies[key]
            for measure, cell in sorted(tally.measures.items(), key=lambda pair: _ORDER.get(pair[0], len(_ORDER))):
                ground = self._ground(tally, measure, cell, self._regions_of(tally))
                if ground is not None:
                    found.append(self._row(tally, tally.region_name, measure, cell, ground, (key, measure)))
            for joint in tally.joint:
                same = (tally.front, tally.window.date, joint.measure, joint.regions)
                if same not in joint_seen:
                    joint_seen.add(same)
                    ground = self._ground(tally, joint.measure, joint, frozenset(joint.regions))
                    place = " + ".join(code.partition("-")[2] or code for code in joint.regions)
                    own = (key, joint.measure, *joint.regions)
                    found.append(self._row(tally, f"{place} together", joint.measure, joint, ground, own))
        return found

    @property
    def mark(self) -> int:
        """The number of the latest change."""
        return self._changes

    def _note(self, place: tuple[str, ...], cell: Cell | JointCell) -> None:
        value = (cell.low, cell.best, cell.high, cell.contested)
        if self._values.get(place) != value:
            self._values[place] = value
            self._changes += 1
            self._changed[place] = self._changes

    def _place_of(self, key: str) -> tuple[int, str, bool, str]:
        tally = self._tallies[key]
        return -tally.window.date.toordinal(), tally.front, not self._is_whole(tally), tally.region_name

    @staticmethod
    def _is_whole(tally: Tally) -> bool:
        return tally.region == tally.front.partition(">")[2]

    def _regions_of(self, tally: Tally) -> frozenset[str]:
        return frozenset() if self._is_whole(tally) else frozenset({tally.region})

    def _ground(self, tally: Tally, measure: str, cell: Cell | JointCell, regions: frozenset[str]) -> Ground | None:
        """Find the claim that a number rests on best: about these regions, with the number itself, the newest."""
        known = (self._grounds[claim_id] for claim_id in tally.claims if claim_id in self._grounds)
        said = [ground for ground in known if ground.claim.measure == measure and _speaks_of(ground.claim, regions)]
        return max(said, key=lambda ground: _fit(ground.claim, cell, regions), default=None)

    def _row(
        self,
        tally: Tally,
        place: str,
        measure: str,
        cell: Cell | JointCell,
        ground: Ground | None,
        own: tuple[str, ...],
    ) -> Row:
        return Row(
            key=own,
            date=tally.window.date,
            front=tally.front,
            place=place,
            measure=measure,
            low=cell.low,
            best=cell.best,
            high=cell.high,
            contested=cell.contested,
            joint=isinstance(cell, JointCell),
            claimants=tally.claimants,
            ground=ground,
            changed=self._changed.get(own, 0),
        )


def _speaks_of(claim: Claim, regions: frozenset[str]) -> bool:
    return not regions or bool(regions & set(claim.regions))


def _fit(claim: Claim, cell: Cell | JointCell, regions: frozenset[str]) -> tuple[bool, bool, int]:
    stated = claim.quantity.low if claim.quantity is not None else -1
    # Among equals the last one listed would win by accident; the widest period is the one people know a number by.
    length = int((claim.period.end - claim.period.start).total_seconds()) if claim.period is not None else 0
    return stated in (cell.best, cell.low), frozenset(claim.regions) == regions, length
