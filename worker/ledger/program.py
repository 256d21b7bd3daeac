"""Exact bounds where the sums cross: whole-number programs, solved by HiGHS.

Reached only by the few systems that propagation and trees leave open, and asked only what `witness` cannot prove; so
the solver is loaded on first use.
Floating point never decides alone: an optimum counts as a whole number only if its rounded point satisfies
every row in integer arithmetic; otherwise branch and bound decides, and where that is cut off (a fixed number
of nodes, never a time, so that the same input gives the same answer) the bound of the relaxation stays: wider,
but never wrong.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

from worker.ledger.witness import Row, endless, point

NODES: Final = 500
_NEAR: Final = 1e-5


class Program:
    """Whole numbers within bounds that satisfy rows; asked for the extremes of sums."""

    def __init__(self, columns: Sequence[tuple[int, int | None]], rows: Sequence[Row]) -> None:
        self.columns = tuple(columns)
        self.rows = tuple(rows)
        self._whole = False  # what the solver takes the columns for now

    @cached_property
    def _solver(self) -> Any:
        import highspy  # here, since most ledgers never need this tenth of a second
        import numpy as np

        solver = highspy.Highs()
        for option, setting in (
            ("output_flag", False),
            ("threads", 1),
            ("presolve", "off"),  # so that "unbounded" is told apart from "infeasible"
            ("mip_max_nodes", NODES),
            ("simplex_iteration_limit", 100_000),
        ):
            solver.setOptionValue(option, setting)
        model = highspy.HighsLp()
        count = len(self.columns)
        model.num_col_ = count
        model.num_row_ = len(self.rows)
        model.col_cost_ = np.zeros(count)
        model.col_lower_ = np.array([low for low, _ in self.columns], dtype=float)
        model.col_upper_ = np.array([highspy.kHighsInf if h is None else h for _, h in self.columns], dtype=float)
        model.row_lower_ = np.array([-highspy.kHighsInf if r.low is None else r.low for r in self.rows], dtype=float)
        model.row_upper_ = np.array([highspy.kHighsInf if r.high is None else r.high for r in self.rows], dtype=float)
        starts, index, value = [0], [], []
        for row in self.rows:
            index += [column for column, _ in row.terms]
            value += [factor for _, factor in row.terms]
            starts.append(len(index))
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.array(starts, dtype=np.int32)
        model.a_matrix_.index_ = np.array(index, dtype=np.int32)
        model.a_matrix_.value_ = np.array(value, dtype=float)
        solver.passModel(model)
        return solver

    @cached_property
    def feasible(self) -> bool:
        """Whether any whole numbers satisfy all rows; in doubt (search cut off) yes."""
        if point(self.columns, self.rows, {}, ()) is not None:
            return True
        found, _ = self._optimum({}, maximise=False)
        return found

    def least(self, wanted: frozenset[int]) -> int:
        """The least sum of the wanted columns. Only for feasible programs."""
        least = sum(self.columns[c][0] for c in wanted)
        if point(self.columns, self.rows, {}, wanted) is not None:
            return least
        _, bound = self._optimum(dict.fromkeys(wanted, 1), maximise=False)
        return least if bound is None else bound

    def greatest(self, wanted: frozenset[int]) -> int | None:
        """The greatest sum of the wanted columns, None if unbounded. Only for feasible programs."""
        most = {column: high for column in wanted if (high := self.columns[column][1]) is not None}
        if len(most) < len(wanted):
            if endless(self.columns, self.rows, wanted):
                return None
        elif point(self.columns, self.rows, most, wanted) is not None:
            return sum(most.values())
        _, bound = self._optimum(dict.fromkeys(wanted, 1), maximise=True)
        return bound

    def _optimum(self, costs: dict[int, int], *, maximise: bool) -> tuple[bool, int | None]:
        """(feasible, bound): the relaxation first, whole numbers only if it does not hit them itself."""
        import highspy
        import numpy as np

        solver = self._solver
        count = len(self.columns)
        solver.changeColsCost(
            count, np.arange(count, dtype=np.int32), np.array([costs.get(c, 0) for c in range(count)], dtype=float)
        )
        solver.changeObjectiveSense(highspy.ObjSense.kMaximize if maximise else highspy.ObjSense.kMinimize)
        self._integrality(whole=False)
        solver.clearSolver()  # no warm start: the path to an answer must not depend on earlier questions
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return False, None
        if status != highspy.HighsModelStatus.kOptimal:
            return True, None  # unbounded, or the search was cut off
        relaxed = solver.getInfo().objective_function_value
        outer = math.floor(relaxed + _NEAR) if maximise else math.ceil(relaxed - _NEAR)
        if self._holds(solver.getSolution().col_value, costs, outer):
            return True, outer
        self._integrality(whole=True)
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return False, None
        if status == highspy.HighsModelStatus.kOptimal:
            best = round(solver.getInfo().objective_function_value)
            if self._holds(solver.getSolution().col_value, costs, best):
                return True, best
        return True, outer

    def _integrality(self, *, whole: bool) -> None:
        if whole == self._whole:
            return
        import highspy
        import numpy as np

        count, kind = len(self.columns), highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
        self._solver.changeColsIntegrality(count, np.arange(count, dtype=np.int32), np.array([kind] * count))
        self._whole = whole

    def _holds(self, point: Sequence[float], costs: dict[int, int], worth: int) -> bool:
        """Whether the rounded point satisfies everything exactly and is worth what was said."""
        whole = [round(x) for x in point]
        if sum(factor * whole[c] for c, factor in costs.items()) != worth:
            return False
        for value, (low, high) in zip(whole, self.columns, strict=True):
            if value < low or (high is not None and value > high):
                return False
        for row in self.rows:
            total = sum(factor * whole[c] for c, factor in row.terms)
            if (row.low is not None and total < row.low) or (row.high is not None and total > row.high):
                return False
        return True
