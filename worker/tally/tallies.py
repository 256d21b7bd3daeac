"""From the cells of days to tallies: one published value per region, front and window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from worker.ledger import Coverage, DayResult, WeekResult
from worker.model import Cell, Check, JointCell, Measure, Tally, Window
from worker.tally.window import window

Cells = Mapping[tuple[str, Measure], Cell]
Joints = Mapping[tuple[tuple[str, ...], Measure], JointCell]


@dataclass(frozen=True, slots=True)
class Scene:
    """What every tally of one front shares.

    `watermark` is the newest article time of the front (None: not known), `quiet` how much event time must
    pass after the end of a window until it is called final. `name_of` gives the printed name of a region code.
    """

    front: str
    zone: ZoneInfo
    name_of: Callable[[str], str]
    watermark: datetime | None = None
    quiet: timedelta = timedelta(days=2)

    def final(self, span: Window) -> bool:
        """Whether so much event time has passed since the window that changes are not expected any more."""
        return self.watermark is not None and self.watermark > span.end + self.quiet


@dataclass(frozen=True, slots=True)
class _Evidence:
    coverage: Mapping[str, Coverage]
    claims: Mapping[str, tuple[str, ...]]
    checks: Mapping[str, tuple[Check, ...]]


def day_tallies(scene: Scene, result: DayResult) -> dict[str, Tally]:
    """The tallies of one front and day by key `region|front|date`, by region; empty if nothing was said."""
    evidence = _Evidence(result.coverage, result.claims, result.checks)
    return _tallies(scene, window(result.date, "P1D", scene.zone), result.cells, result.joints, evidence)


def week_tallies(scene: Scene, result: WeekResult) -> dict[str, Tally]:
    """The tallies of the seven days that end with `result.last`: bounds add up over the days with claims.

    `best` is the sum only where every such day has one. A claimed total that ends with the week stands beside
    it as a check and is never added.
    """
    cells: dict[tuple[str, Measure], list[Cell]] = {}
    joints: dict[tuple[tuple[str, ...], Measure], list[JointCell]] = {}
    claims: dict[str, set[str]] = {}
    for day in result.days:
        for key, cell in day.cells.items():
            cells.setdefault(key, []).append(cell)
        for group, joint in day.joints.items():
            joints.setdefault(group, []).append(joint)
        for region, behind in day.claims.items():
            claims.setdefault(region, set()).update(behind)
    evidence = _Evidence(
        result.coverage,
        {region: tuple(sorted(behind)) for region, behind in claims.items()},
        result.days[-1].checks if result.days else {},
    )
    summed = {key: days[0] if len(days) == 1 else _sum(days) for key, days in cells.items()}
    summed_joints = {key: days[0] if len(days) == 1 else _sum_joints(days) for key, days in joints.items()}
    return _tallies(scene, window(result.last, "P7D", scene.zone), summed, summed_joints, evidence)


def key_of(region: str, front: str, last: date) -> str:
    """The key of a tally on its topic."""
    return f"{region}|{front}|{last.isoformat()}"


def _tallies(scene: Scene, span: Window, cells: Cells, joints: Joints, evidence: _Evidence) -> dict[str, Tally]:
    defender = scene.front.split(">")[1]
    measures: dict[str, dict[str, Cell]] = {}
    groups: dict[str, list[JointCell]] = {}
    for (region, measure), cell in sorted(cells.items()):
        measures.setdefault(region, {})[measure] = cell
    for (regions, _), joint in sorted(joints.items()):
        for region in (defender, *regions):
            groups.setdefault(region, []).append(joint)
    tallies: dict[str, Tally] = {}
    for region in sorted(measures.keys() | groups.keys()):
        coverage = evidence.coverage.get(region)
        key = key_of(region, scene.front, span.date)
        tallies[key] = Tally(
            key=key,
            region=region,
            region_name=scene.name_of(region),
            front=scene.front,
            window=span,
            measures=measures.get(region, {}),
            joint=tuple(groups.get(region, ())),
            articles=coverage.articles if coverage else 0,
            outlets=coverage.outlets if coverage else 0,
            claimants=coverage.claimants if coverage else (),
            languages=coverage.languages if coverage else (),
            claims=evidence.claims.get(region, ()),
            checks=evidence.checks.get(region, ()),
            as_of=coverage.as_of if coverage else None,
            final=scene.final(span),
        )
    return tallies


def _sum(cells: Sequence[Cell | JointCell]) -> Cell:
    return Cell(
        low=sum(c.low for c in cells),
        best=_whole(c.best for c in cells),
        high=_whole(c.high for c in cells),
        contested=any(c.contested for c in cells),
        floating=sum(c.floating for c in cells),
    )


def _sum_joints(days: list[JointCell]) -> JointCell:
    cell = _sum(days)
    return JointCell(
        measure=days[0].measure,
        regions=days[0].regions,
        low=cell.low,
        best=cell.best,
        high=cell.high,
        contested=cell.contested,
        floating=cell.floating,
    )


def _whole(figures: Iterable[int | None]) -> int | None:
    """The sum, unknown as soon as one figure is."""
    total = 0
    for figure in figures:
        if figure is None:
            return None
        total += figure
    return total
