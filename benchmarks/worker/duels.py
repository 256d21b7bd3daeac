"""The worker beside a peer on the same articles, by turns: articles for each second of a core, wall, memory."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from benchmarks.scale import Scale
from benchmarks.table import Row, middle
from benchmarks.worker import contenders
from benchmarks.worker.articles import articles
from benchmarks.worker.contenders import Contender
from benchmarks.worker.race import Run, race

_WHAT = "whole worker, 20 % relevant mix"


_LONGER = 4
"""Times as many articles for two processes: what each starts and ends with once should not decide."""


async def alternately(
    bootstrap: str, who: Sequence[Contender], scale: Scale, *, written_before: bool = False
) -> list[list[Run]]:
    """Run each as often as the scale says, in turns, the first one first in every second round."""
    sent = list(articles(scale.articles * (_LONGER if written_before else 1)))
    runs: list[list[Run]] = [[] for _ in who]
    for number in range(scale.rounds):
        order = list(range(len(who)))
        for position in order if number % 2 == 0 else reversed(order):
            run = await race(bootstrap, who[position], sent, written_before=written_before)
            runs[position].append(run)
            print(f"  {who[position].name}: {run}", flush=True)
    return runs


async def against_peer(bootstrap: str, name: str, peer: Contender, bar: float, scale: Scale) -> Row:
    """Compare the worker with a peer by articles for each second of a core."""
    ours, theirs = await alternately(bootstrap, (contenders.worker(), peer), scale)
    ratios = [mine.per_cpu_second / other.per_cpu_second for mine, other in zip(ours, theirs, strict=True)]
    return Row(
        name,
        f"{_WHAT}, {scale.articles:,} articles, {scale.rounds} rounds by turns",
        peer.name,
        f"≥ {bar} × articles per core-second",
        f"{middle(ratios)} ×; {_told(ours)} against {_told(theirs)}",
        scale.verdict(statistics.median(ratios) >= bar),
    )


async def two_processes(bootstrap: str, name: str, scale: Scale) -> Row:
    """Compare two processes with one: articles for each second on the wall, and what an article costs."""
    both_and_one = (contenders.worker(2), contenders.worker())
    two, one = await alternately(bootstrap, both_and_one, scale, written_before=True)
    faster = [both.per_second / alone.per_second for both, alone in zip(two, one, strict=True)]
    dearer = [alone.per_cpu_second / both.per_cpu_second for both, alone in zip(two, one, strict=True)]
    return Row(
        name,
        f"{_WHAT}, {scale.articles * _LONGER:,} articles written before, {scale.rounds} rounds;"
        " `--processes 2` on two cores, broker and all",
        "one process",
        "≥ 1.5 × articles/s, CPU per article ≤ 1.15 ×",
        f"{middle(faster)} × articles/s, {middle(dearer)} × CPU; {_told(two)} against {_told(one)}",
        scale.verdict(statistics.median(faster) >= 1.5 and statistics.median(dearer) <= 1.15),
    )


def _told(runs: Sequence[Run]) -> str:
    cores = statistics.median(run.per_cpu_second for run in runs)
    wall = statistics.median(run.per_second for run in runs)
    memory = statistics.median(run.memory for run in runs)
    return f"{cores:,.0f}/core-s, {wall:,.0f}/s on the wall, {memory / 1e6:,.0f} MB"
