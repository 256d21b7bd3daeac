"""The ledger's rows of docs/performance.md."""

from __future__ import annotations

from benchmarks.ledger.cost import LARGE, SMALL, ratios
from benchmarks.ledger.recovery import measure
from benchmarks.scale import Scale
from benchmarks.table import Row


async def recovery(bootstrap: str, name: str, scale: Scale) -> Row:
    """Compare the return of a worker with a plain consumer of the same topics; an empty worker's start is taken off."""
    found = await measure(bootstrap, scale.claims)
    wall, cpu = ((found.ready[kind] - found.empty[kind]) / found.read[kind] for kind in (0, 1))
    told = ", ".join(
        f"{what} {seconds[0]:.1f} s ({seconds[1]:.1f} s CPU)"
        for what, seconds in (
            ("empty worker ready", found.empty),
            ("ready", found.ready),
            ("next tally out", found.published),
            ("plain consumer", found.read),
        )
    )
    return Row(
        name,
        f"recovery of {found.claims:,} stored claims",
        "reading the same topics with a plain consumer",
        "≤ 3 ×",
        f"{wall:.2f} × on the wall, {cpu:.2f} × CPU, without what an empty worker needs; {told};"
        f" {found.bytes_per_claim:.0f} bytes per claim on Kafka, {found.memory_per_claim:.0f} in memory",
        scale.verdict(wall <= 3),
    )


def growth(name: str, scale: Scale) -> Row:
    """Compare what an article costs in a large ledger with what it costs in a small one."""
    small, large = (SMALL, LARGE) if scale.judged else (SMALL, 2 * SMALL)
    found = ratios(small, large, rounds=scale.rounds if scale.judged else 1)
    told = ", ".join(f"{what} {times[1] / times[0]:.2f} ({times[0] * 1e6:,.0f} µs)" for what, times in found.items())
    usual = found["usual mix, published"]
    return Row(
        name,
        f"cost per article as the ledger grows {small:,} → {large:,}",
        "itself",
        "≤ 1.3 ×",
        f"usual mix, published: {usual[1] / usual[0]:.2f} ×; {told}",
        scale.verdict(usual[1] / usual[0] <= 1.3),
    )
