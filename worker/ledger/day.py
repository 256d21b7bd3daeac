"""The ledger of one operational day: distinct wordings with the crowds behind them, solved when they change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from worker.ledger.cells import Solution, solve
from worker.ledger.chorus import Chorus
from worker.ledger.crowd import Coverage, Crowd, Presence, drop, together
from worker.ledger.doubt import SEVERAL, few
from worker.ledger.places import Regions, places
from worker.ledger.plan import Footprint
from worker.ledger.reading import EPOCH
from worker.ledger.record import Appearance, Record
from worker.ledger.result import Account, Conflict, DayResult, SetAside
from worker.ledger.slips import Pair, slips
from worker.ledger.wording import Wording, family
from worker.model import Cell, Check, JointCell, Measure


@dataclass(frozen=True, slots=True)
class _Solved:
    """The part of a day's result that reprints do not change."""

    result: DayResult
    weighed: bool
    doubted: bool
    pairs: list[Pair]
    pieces: frozenset[Wording]


@dataclass(frozen=True, slots=True)
class _Family:
    """What the solution of one family rests on."""

    said: list[tuple[Wording, Crowd, Appearance]]
    carriers: list[frozenset[str] | frozenset[Chorus] | None]
    solution: Solution


class DayLedger:
    """Everything said about one operational day of one front."""

    def __init__(self, front: str, day: date) -> None:
        self.front = front
        self.day = day
        self.crowds: dict[Wording, Crowd] = {}
        self._presence: dict[str, Presence] = {}
        self._choruses: dict[Chorus, Footprint] = {}
        self._newest: datetime | None = None  # None: to be looked up among the choruses
        self._solved: _Solved | None = None
        self._families: dict[str, _Family] = {}

    @property
    def empty(self) -> bool:
        """Whether nothing speaks of the day."""
        return not self._choruses

    def enter(self, chorus: Chorus, wordings: Iterable[tuple[Wording, int]], footprint: Footprint) -> None:
        """Count one more chorus, which says these wordings and speaks of these regions."""
        self._choruses[chorus] = footprint
        for wording, position in wordings:
            crowd = self.crowds.get(wording)
            if crowd is None:
                crowd = self.crowds[wording] = Crowd()
                self._solved = None
            outlets = len(crowd.outlets)
            self._compare(crowd, outlets, earliest=crowd.enter(chorus, position) or self._in_pieces(wording))
        for region, claimants in footprint:
            presence = self._presence.get(region)
            if presence is None:
                presence = self._presence[region] = Presence()
            presence.enter(chorus, claimants)
        if self._newest is not None:
            self._newest = max(self._newest, chorus.newest)

    def leave(self, chorus: Chorus, wordings: Iterable[tuple[Wording, int]]) -> None:
        """Take a chorus out again."""
        footprint = self._choruses.pop(chorus)
        for wording, _ in wordings:
            crowd = self.crowds[wording]
            outlets = len(crowd.outlets)
            earliest = crowd.leave(chorus)
            if crowd.choruses:
                self._compare(crowd, outlets, earliest=earliest or self._in_pieces(wording))
            else:
                del self.crowds[wording]
                self._solved = None
        for region, claimants in footprint:
            presence = self._presence[region]
            presence.leave(chorus, claimants)
            if not presence.articles:
                del self._presence[region]
        self._newest = None

    def joined(self, chorus: Chorus, record: Record, wordings: Iterable[tuple[Wording, int]]) -> None:
        """One more article is in a chorus."""
        outlet = record.outlet if chorus.outlets[record.outlet] == 1 else None
        language = record.language if chorus.languages[record.language] == 1 else None
        first = chorus.first is record
        if outlet is not None or first:
            for wording, _ in wordings:
                crowd = self.crowds[wording]
                outlets = len(crowd.outlets)
                if outlet is not None:
                    crowd.outlets[outlet] += 1
                self._compare(crowd, outlets, earliest=first and crowd.risen(chorus))
        at = record.stamp.at
        for region, _ in self._choruses[chorus]:
            presence = self._presence[region]
            presence.articles += 1
            if outlet is not None:
                presence.outlets[outlet] += 1
            if language is not None:
                presence.languages[language] += 1
            presence.seen(at)
        if self._newest is not None and self._newest < at:
            self._newest = at

    def parted(self, chorus: Chorus, record: Record, wordings: Iterable[tuple[Wording, int]], *, first: bool) -> None:
        """One article less is in a chorus; `first`: it was the earliest."""
        outlet = record.outlet if record.outlet not in chorus.outlets else None
        language = record.language if record.language not in chorus.languages else None
        if outlet is not None or first:
            for wording, _ in wordings:
                crowd = self.crowds[wording]
                outlets = len(crowd.outlets)
                if outlet is not None:
                    drop(crowd.outlets, outlet)
                self._compare(crowd, outlets, earliest=first and crowd.fallen(chorus))
        at = record.stamp.at
        for region, _ in self._choruses[chorus]:
            presence = self._presence[region]
            presence.articles -= 1
            if outlet is not None:
                drop(presence.outlets, outlet)
            if language is not None:
                drop(presence.languages, language)
            presence.lost(at)
        if self._newest == at:
            self._newest = None

    def _in_pieces(self, wording: Wording) -> bool:
        """Whether it matters which other numbers a text gives with this one."""
        return self._solved is not None and wording in self._solved.pieces

    def _compare(self, crowd: Crowd, outlets: int, *, earliest: bool) -> None:
        """Solve anew only if the order of appearance or, where they may decide, the outlets changed."""
        solved = self._solved
        changed = solved is not None and len(crowd.outlets) != outlets
        few = min(len(crowd.outlets), outlets) < SEVERAL
        if earliest or (changed and solved is not None and (solved.weighed or (solved.doubted and few))):
            self._solved = None

    @property
    def newest(self) -> datetime:
        """The time of the newest article that says anything about the day."""
        if self._newest is None:
            self._newest = max((chorus.newest for chorus in self._choruses), default=EPOCH)
        return self._newest

    @property
    def presence(self) -> Mapping[str, Presence]:
        """What speaks of each region."""
        open_ones = {region for region, presence in self._presence.items() if presence.as_of is None}
        if open_ones:
            newest = dict.fromkeys(open_ones, EPOCH)
            for chorus, footprint in self._choruses.items():
                at = chorus.newest
                for region, _ in footprint:
                    if region in newest and newest[region] < at:
                        newest[region] = at
            for region, at in newest.items():
                self._presence[region].as_of = at
        return self._presence

    def result(self) -> DayResult:
        """The day as it is now; cheap if no new statement came in since the last time."""
        if self._solved is None:
            self._solved = self._reconcile()
        presence = self.presence
        coverage: dict[str, Coverage] = {region: together([presence[region]]) for region in sorted(presence)}
        result = self._solved.result
        if not self._solved.pairs:
            return replace(result, coverage=coverage)
        found = slips(self._solved.pairs, {conflict.claim_id for conflict in result.conflicts})
        firsts = {s.first.claim_id: s.first.article_id for _, sides in found for s in sides}
        return replace(
            result,
            coverage=coverage,
            slips=tuple(sorted((slip for slip, _ in found), key=lambda slip: slip.claim_id)),
            articles={**result.articles, **firsts},
        )

    def accounts(self) -> list[Account]:
        """What became of each distinct statement, in the order in which they appeared."""
        result = self.result()
        verdicts = {aside.claim_id: aside.reason for aside in result.set_aside}
        against = {}
        for conflict in result.conflicts:
            verdicts[conflict.claim_id] = conflict.reason
            against[conflict.claim_id] = tuple((result.articles[other], other) for other in conflict.against)
        slipped = {slip.claim_id: slip.kind for slip in result.slips}
        for slip in result.slips:
            against[slip.claim_id] = tuple((result.articles[other], other) for other in slip.against)
        found = []
        for crowd in sorted(self.crowds.values(), key=lambda crowd: crowd.first):
            _, article_id, claim_id = crowd.first
            verdict = verdicts.get(claim_id, "counted")
            outlets = len(crowd.outlets)
            others, slip_kind = against.get(claim_id, ()), slipped.get(claim_id, "")
            found.append(Account(claim_id, article_id, crowd.articles, outlets, verdict, others, slip_kind))
        return found

    def _reconcile(self) -> _Solved:
        crowds, defender = self.crowds, self.front.split(">")[1]
        families: dict[str, dict[Wording, Crowd]] = {}
        attacks: list[Wording] = []
        floating: list[Wording] = []
        reasons: list[tuple[str, str]] = []
        checks: dict[str, list[Check]] = {}
        for wording in sorted(crowds, key=lambda w: crowds[w].first):
            first = crowds[wording].first.claim_id
            if wording.reason:
                reasons.append((first, wording.reason))
                if wording.reason == "check" and wording.low is not None:
                    _check(checks, wording, crowds[wording].first, defender)
            elif wording.measure == "attack":
                attacks.append(wording)
            elif wording.low is None:
                reasons.append((first, "unquantified"))
            elif wording.period is None:
                floating.append(wording)
                reasons.append((first, "floating"))
            else:
                families.setdefault(family(wording.measure), {})[wording] = crowds[wording]
        board = _Board(defender)
        conflicts: list[Conflict] = []
        articles: dict[str, str] = {}
        weighed = doubted = False
        pairs: list[Pair] = []
        pieces: frozenset[Wording] = frozenset()
        for name in sorted(families):
            solution = self._solve(name, families[name])
            weighed |= solution.weighed
            doubted |= solution.doubted
            board.enter(solution)
            conflicts += _conflicts(solution)
            pairs += solution.pairs
            pieces |= solution.pieces
            articles.update(_articles(solution))
            reasons += [(crowds[w].first.claim_id, "part_of_same") for w in solution.subtypes]
            reasons += [(crowds[w].first.claim_id, "crowded_out") for w in solution.crowded]
            reasons += [(crowds[w].first.claim_id, reason) for s, reason in solution.aside for w in s.wordings]
        for wording in attacks:
            board.attack(wording, crowds[wording].first.claim_id)
        board.float(floating, crowds)
        result = DayResult(
            date=self.day,
            cells={key: board.cells[key] for key in sorted(board.cells)},
            joints={key: board.joints[key] for key in sorted(board.joints)},
            claims={region: tuple(sorted(board.claims[region])) for region in sorted(board.claims)},
            conflicts=tuple(sorted(conflicts, key=lambda c: (c.claim_id, c.reason))),
            articles={claim_id: articles[claim_id] for claim_id in sorted(articles)},
            set_aside=tuple(SetAside(claim_id, reason) for claim_id, reason in sorted(set(reasons))),
            checks={region: tuple(checks[region]) for region in sorted(checks)},
        )
        return _Solved(result, weighed, doubted, pairs, pieces)

    def _solve(self, name: str, crowds: dict[Wording, Crowd]) -> Solution:
        """Reconcile one family; nothing to do if only other families changed."""
        said = [(wording, crowd, crowd.first) for wording, crowd in crowds.items()]
        known = self._families.get(name)
        # Which outlets, not only how many: one that tells of two minutes tells of two events.
        if known is None or known.said != said or known.carriers != _carriers(crowds, known.solution):
            solution = solve(crowds, self.front)
            known = self._families[name] = _Family(said, _carriers(crowds, solution), solution)
        return known.solution


def _carriers(crowds: Mapping[Wording, Crowd], solution: Solution) -> list[frozenset[str] | frozenset[Chorus] | None]:
    """The outlets as far as they may have decided, and which texts tell what may be one number in pieces."""
    found: list[frozenset[str] | frozenset[Chorus] | None] = []
    if solution.weighed:
        found += [frozenset(crowd.outlets) for crowd in crowds.values()]
    elif solution.doubted:
        found += [few(crowd.outlets) for crowd in crowds.values()]
    return found + [frozenset(crowd.choruses) for wording, crowd in crowds.items() if wording in solution.pieces]


class _Board:
    """The cells of a day while they are filled in."""

    def __init__(self, defender: str) -> None:
        self.defender = defender
        self.cells: dict[tuple[str, Measure], Cell] = {}
        self.joints: dict[tuple[Regions, Measure], JointCell] = {}
        self.claims: dict[str, set[str]] = {}

    def enter(self, solution: Solution) -> None:
        """Take over the cells of one family and the statements behind them."""
        for (group, measure), cell in solution.cells.items():
            if len(group) > 1:
                self.joints[group, measure] = JointCell(
                    measure=measure,
                    regions=group,
                    low=cell.low,
                    best=cell.best,
                    high=cell.high,
                    contested=cell.contested,
                )
            else:
                self.cells[group[0] if group else self.defender, measure] = cell
        for statement in solution.kept:
            self._behind(statement.regions, statement.first.claim_id)

    def attack(self, wording: Wording, claim_id: str) -> None:
        """A stated attack without a number: at least one, how many nobody says."""
        for region in (self.defender, *wording.regions):
            self.cells[region, "attack"] = Cell(low=1, best=None, high=None)
        self._behind(wording.regions, claim_id)

    def float(self, wordings: Iterable[Wording], crowds: Mapping[Wording, Crowd]) -> None:
        """Numbers that found no day may or may not be part of this one: they only raise what is possible."""
        counted: set[tuple[str, str, Regions, int, int | None]] = set()
        for wording in wordings:
            self._behind(wording.regions, crowds[wording].first.claim_id)
            key = (wording.claimant, wording.measure, wording.regions, wording.low or 0, wording.high)
            if key in counted:
                continue
            counted.add(key)
            measure = wording.measure
            for region in (self.defender, *wording.regions):
                cell = self.cells.get((region, measure), Cell(low=0, best=None, high=0))
                self.cells[region, measure] = Cell(
                    low=cell.low,
                    best=cell.best,
                    high=_raised(cell.high, wording.high),
                    contested=cell.contested,
                    floating=cell.floating + 1,
                )
            if len(wording.regions) > 1:
                empty = JointCell(measure=measure, regions=wording.regions, low=0, best=None, high=0)
                joint = self.joints.get((wording.regions, measure), empty)
                self.joints[wording.regions, measure] = JointCell(
                    measure=measure,
                    regions=wording.regions,
                    low=joint.low,
                    best=joint.best,
                    high=_raised(joint.high, wording.high),
                    contested=joint.contested,
                    floating=joint.floating + 1,
                )

    def _behind(self, regions: Regions, claim_id: str) -> None:
        for region in (self.defender, *regions):
            self.claims.setdefault(region, set()).add(claim_id)


def _raised(high: int | None, by: int | None) -> int | None:
    return None if high is None or by is None else high + by


def _conflicts(solution: Solution) -> list[Conflict]:
    found = []
    for clash, reason in solution.clashes:
        against = tuple(sorted({s.first.claim_id for s in clash.against}))
        crowds = clash.statement.crowds
        found += [Conflict(crowd.first.claim_id, reason, against) for crowd in crowds]
    return found


def _articles(solution: Solution) -> dict[str, str]:
    """The article of each claim that `_conflicts` names."""
    firsts = [s.first for clash, _ in solution.clashes for s in clash.against]
    firsts += [crowd.first for clash, _ in solution.clashes for crowd in clash.statement.crowds]
    return {first.claim_id: first.article_id for first in firsts}


def _check(checks: dict[str, list[Check]], wording: Wording, first: Appearance, defender: str) -> None:
    """List a total with each region it is about, and one over several with the front, as joint totals are."""
    period = wording.period
    for group in places(wording.regions) if wording.scope == "each" else (wording.regions,):
        check = Check(
            claim_id=first.claim_id,
            measure=wording.measure,
            low=wording.low or 0,
            high=wording.high,
            source=wording.claimant,
            start=first.at if period is None else period.start,
            end=first.at if period is None else period.end,
            regions=group,
            undated=period is None,
        )
        for region in (defender, *group) if len(group) != 1 else group:
            checks.setdefault(region, []).append(check)
