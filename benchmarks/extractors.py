"""The extraction's row of docs/performance.md: speed and quality beside two baselines."""

from __future__ import annotations

from benchmarks.comparison import EXPRESSIONS, MATCHER, OURS, measure, speed, texts_with_labels
from benchmarks.scale import Scale
from benchmarks.table import Row
from benchmarks.worker.articles import articles
from worker import codec


def rows(name: str, scale: Scale) -> list[Row]:
    """Measure on the texts with labels, and the speed on the mix of a news stream as well."""
    texts = texts_with_labels()
    found = measure(texts if scale.judged else texts[:50])
    mixed = speed([codec.decode_article(each.value) for each in articles(min(scale.articles, 2_000))], scale.rounds)
    made = []
    for peer, bar in ((EXPRESSIONS, 4), (MATCHER, 30)):
        if peer not in found:
            continue
        ratio, dense = mixed[OURS] / mixed[peer], found[OURS].per_second / found[peer].per_second
        full = {who: found[who].scores["full"].f1 for who in (OURS, peer)}
        value = {who: found[who].scores["value"].f1 for who in (OURS, peer)}
        better = full[OURS] > full[peer] and value[OURS] > value[peer]
        measured = (
            f"{ratio:.2f} × on the mix ({mixed[OURS]:,.0f} against {mixed[peer]:,.0f}/s), {dense:.2f} × where every"
            f" text counts drones ({found[OURS].per_second:,.0f} against {found[peer].per_second:,.0f}/s);"
            f" F1 of numbers {value[OURS]:.2f} against {value[peer]:.2f},"
            f" of whole statements {full[OURS]:.2f} against {full[peer]:.2f}"
        )
        made.append(
            Row(
                f"{name}-{'regex' if peer == EXPRESSIONS else 'spacy'}",
                "extraction, articles/s on one core",
                peer,
                f"≥ {bar} × at better quality",
                measured,
                scale.verdict(ratio >= bar and better),
            )
        )
    return made
