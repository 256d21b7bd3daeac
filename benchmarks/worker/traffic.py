"""What the worker writes to Kafka for an article, on the brokers' disks: claims, changelogs, tallies, conflicts."""

from __future__ import annotations

from pathlib import Path

from benchmarks.scale import Scale
from benchmarks.table import Row
from benchmarks.worker import contenders
from benchmarks.worker.articles import articles
from benchmarks.worker.race import running, send
from tests.stream.workers import World
from worker import topics


async def row(bootstrap: str, storage: Path, name: str, scale: Scale) -> Row:
    """Let the worker count articles, and look at the sizes of the topics' files before and after."""
    world = World(bootstrap)
    sent = list(articles(scale.articles))
    specs = topics.specs(world.settings)
    async with running(world, contenders.worker()) as (process, meter):
        before = {spec.role: _size(storage, spec.name) for spec in specs}
        await send(world, sent)
        await meter.finished(process)
        written = {spec.role: _size(storage, spec.name) - before[spec.role] for spec in specs}
    size = sum(len(each.key) + len(each.value) for each in sent)
    own = sum(count for role, count in written.items() if role != "articles")
    ratio = own / size
    shares = ", ".join(
        f"{role} {count / size:.2f}" for role, count in sorted(written.items()) if count and role != "articles"
    )
    return Row(
        name,
        "bytes on Kafka per article (claims, changelogs, tallies, conflicts)",
        "size of the article",
        "≤ 1.0 × on the mix",
        f"{ratio:.2f} × of {size / len(sent):,.0f} bytes: {shares}",
        scale.verdict(ratio <= 1),
    )


def _size(storage: Path, topic: str) -> int:
    return sum(file.stat().st_size for file in storage.glob(f"{topic}-[0-9]*/*.log"))
