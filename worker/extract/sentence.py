"""What one sentence of an article says, before anything is decided that needs the text around it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from worker.extract.grammar.clauses import Clauses
from worker.extract.grammar.units import Units
from worker.extract.numbers.counted import Count
from worker.extract.when.times import TimeMention
from worker.extract.where.places import PlaceGroup
from worker.model import Field

NAME = 4  # letters that tell two names of places apart in whatever case they stand


@dataclasses.dataclass(slots=True)
class SentenceReading:
    """All that one sentence says, before anything is decided that needs the text around it."""

    field: Field
    number: int
    paragraph: int
    heading: bool
    units: Units
    times: list[TimeMention]
    groups: list[PlaceGroup]
    counts: list[Count] = dataclasses.field(default_factory=list)
    about_drones: bool = False
    not_by_drones: bool = False
    other_weapon: bool = False
    of_drones: bool = False
    struck: bool = False
    of_title: bool = False
    speakers: Sequence[tuple[int, str]] | None = None
    taken: frozenset[str] | None = None
    _clauses: Clauses | None = None
    _towns: frozenset[str] | None = None

    @property
    def clauses(self) -> Clauses:
        """The clauses of the sentence."""
        if self._clauses is None:
            self._clauses = Clauses(self.units, self.groups)
        return self._clauses

    @property
    def targets(self) -> list[PlaceGroup]:
        """The groups of places that drones came to."""
        return [group for group in self.groups if group.role == "target"]

    @property
    def towns(self) -> frozenset[str]:
        """The beginnings of the names, without regions, that drones came to; asked for each pair of counts."""
        if self._towns is None:
            named = (self.units[group.first : group.last + 1] for group in self.targets)
            self._towns = frozenset(
                name[0].form[:NAME] for name in named if not any(unit.has("head", "region") for unit in name)
            )
        return self._towns
